package dev.playcall.chat.discord.render;

import dev.playcall.chat.message.Action;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.UntrustedText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.dv8tion.jda.api.components.buttons.Button;

/** What is written into a button, and read back when it is pressed. */
public sealed interface ButtonId {
    String ASK = "ask:";
    String SURE = "sure:";

    /** It is meant as it is; {@code sure} when a question before it was answered. */
    record Now(Action action, boolean sure) implements ButtonId {}

    /** It has to be asked first. */
    record Ask(Action action, String question) implements ButtonId {}

    /** The question stands in the button, so that a button of last year still asks the right thing. */
    static String id(Message.Button button) {
        var written = button.action().written();
        if (button.confirm().isBlank()) {
            return written;
        }
        var start = ASK + written + ":";
        return start + UntrustedText.line(button.confirm(), DiscordRenderer.LONGEST_ID - start.length());
    }

    static Optional<ButtonId> of(String id) {
        if (id.startsWith(SURE)) {
            return Action.of(id.substring(SURE.length())).map(a -> new Now(a, true));
        }
        if (!id.startsWith(ASK)) {
            return Action.of(id).map(a -> new Now(a, false));
        }
        var parts = id.substring(ASK.length()).split(":", 4);
        return parts.length < 4
                ? Optional.empty()
                : Action.of(parts[0] + ":" + parts[1] + ":" + parts[2]).map(a -> new Ask(a, parts[3]));
    }

    /** The question, for the one who pressed. */
    static DiscordMessage question(Ask ask, String label) {
        var yes = Button.danger(
                SURE + ask.action().written(),
                UntrustedText.line(label.isBlank() ? "Yes" : "Yes, " + label.toLowerCase(Locale.ROOT), 80));
        return new DiscordMessage(
                "⏳ " + DiscordMarkdown.bold(ask.question(), 200),
                DiscordRenderer.colour(Message.Tone.WAITING),
                List.of(),
                List.of(List.of(yes)));
    }
}
