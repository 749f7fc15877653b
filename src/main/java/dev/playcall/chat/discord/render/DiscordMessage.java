package dev.playcall.chat.discord.render;

import dev.playcall.chat.message.UntrustedText;
import dev.playcall.config.ReceiverConfig.Mention;
import dev.playcall.notify.routing.Mentions;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.dv8tion.jda.api.EmbedBuilder;
import net.dv8tion.jda.api.components.actionrow.ActionRow;
import net.dv8tion.jda.api.components.buttons.Button;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.entities.Message.MentionType;
import net.dv8tion.jda.api.entities.MessageEmbed;
import net.dv8tion.jda.api.utils.data.DataObject;
import net.dv8tion.jda.api.utils.messages.MessageEditBuilder;
import net.dv8tion.jda.api.utils.messages.MessageEditData;

/**
 * How a message looks on Discord.
 *
 * @param content what a phone shows in its notification
 * @param texts descriptions of the coloured boxes under it
 * @param rows of at most five buttons
 * @param calls who is called; nobody else is, whatever the texts say
 */
public record DiscordMessage(
        String content, int colour, List<String> texts, List<List<Button>> rows, List<Mention> calls) {
    public static final int EPHEMERAL = 1 << 6;
    public static final int SILENT = 1 << 12;
    /** Leads nowhere by the rules of the net. */
    public static final String MARK = "https://playcall.invalid/";

    /** What a new message and an edit have alike. */
    private static final List<String> FIELDS = List.of("content", "embeds", "components", "allowed_mentions");

    private static final String NOTHING_TO_SEE = "\u200b";

    public DiscordMessage {
        texts = List.copyOf(texts);
        rows = List.copyOf(rows);
        calls = List.copyOf(calls);
    }

    public DiscordMessage(String content, int colour, List<String> texts, List<List<Button>> rows) {
        this(content, colour, texts, rows, List.of());
    }

    /** The same with its text in a box, where it can be marked; for what no phone has to show. */
    public DiscordMessage boxed() {
        return texts.isEmpty() ? new DiscordMessage("", colour, List.of(content), rows, calls) : this;
    }

    public DiscordMessage withoutButtons() {
        return new DiscordMessage(content, colour, texts, List.of(), calls);
    }

    /** Everything is said, also what is empty, so that the same serves for an edit. */
    public DataObject json() {
        return json(Optional.empty());
    }

    /**
     * The same with a mark by which the message can be found again.
     *
     * @param mark where a box leads that has no title to click on, so that nobody sees it; a message without a box has none
     */
    public DataObject json(Optional<String> mark) {
        var all = message(mark).toData();
        var said = DataObject.empty();
        FIELDS.forEach(field -> said.put(field, all.opt(field).orElse(null)));
        return said;
    }

    /**
     * JDA refuses what exceeds a limit of Discord's; the renderer keeps them. Its builder of new messages also refuses one without
     * any text, which that of a file is.
     */
    private MessageEditData message(Optional<String> mark) {
        return new MessageEditBuilder()
                .setReplace(true)
                .setContent(UntrustedText.cut(
                        calls.isEmpty() ? content : Mentions.discord(calls) + " " + defused(),
                        Message.MAX_CONTENT_LENGTH))
                .setEmbeds(boxes(mark))
                .setComponents(rows.stream().map(ActionRow::of).toList())
                .setAllowedMentions(
                        Mentions.callsAll(calls) ? EnumSet.of(MentionType.EVERYONE) : EnumSet.noneOf(MentionType.class))
                .mentionUsers(Mentions.ids(calls, Mention.Kind.PERSON))
                .mentionRoles(Mentions.ids(calls, Mention.Kind.GROUP))
                .mentionRepliedUser(false)
                .build();
    }

    private List<MessageEmbed> boxes(Optional<String> mark) {
        var shown = texts.stream().filter(t -> !t.isBlank()).toList();
        return IntStream.range(0, shown.size())
                .mapToObj(i -> new EmbedBuilder()
                        .setColor(colour)
                        .setDescription(shown.get(i))
                        .setUrl(i == 0 ? mark.map(m -> MARK + m).orElse(null) : null)
                        .build())
                .toList();
    }

    /** Where @everyone is meant to call, one that somebody else wrote must not. */
    private String defused() {
        return content.replace("@", "@" + NOTHING_TO_SEE);
    }

    /** Whether this message calls somebody, who is then to hear it. */
    public static boolean calls(DataObject message) {
        var allowed = message.getObject("allowed_mentions");
        return allowed.hasKey("users")
                || allowed.hasKey("roles")
                || !allowed.getArray("parse").isEmpty();
    }
}
