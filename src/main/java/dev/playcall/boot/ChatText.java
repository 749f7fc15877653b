package dev.playcall.boot;

import dev.playcall.chat.ChatStore;
import dev.playcall.chat.Conversation;
import dev.playcall.chat.Message;
import dev.playcall.chat.RunCards;
import dev.playcall.chat.TextRenderer;
import dev.playcall.chat.console.ConsoleAdapter;
import dev.playcall.command.Caller;
import dev.playcall.domain.RunId;
import dev.playcall.security.Vault;
import dev.playcall.web.TextConsole;
import java.util.List;
import java.util.Optional;

/** The conversation as text: joins two rooms that do not know each other. */
final class ChatText implements TextConsole {
    private final Conversation conversation;
    private final RunCards cards;
    private final ConsoleAdapter terminals;
    private final ChatStore store;
    private final Vault vault;

    ChatText(Conversation conversation, RunCards cards, ConsoleAdapter terminals, ChatStore store, Vault vault) {
        this.conversation = conversation;
        this.cards = cards;
        this.terminals = terminals;
        this.store = store;
        this.vault = vault;
    }

    @Override
    public Said say(Caller caller, String text, int width, boolean colour) {
        var answer = conversation.say(caller, text);
        return new Said(new TextRenderer(width, colour).render(answer.message()), answer.refused(), answer.run());
    }

    /** A run that no terminal is told of, or whose messages went with an earlier gateway, is shown as it stands. */
    @Override
    public Optional<Shown> card(RunId run, int width, boolean colour) {
        // Asked first: what is told after this can only be more than is needed.
        var told = store.isTold(run, terminals.platform());
        var renderer = new TextRenderer(width, colour);
        var shown = terminals.of(run).stream()
                .map(m -> new Part(m.key(), renderer.render(m.message())))
                .toList();
        if (shown.isEmpty()) {
            return cards.details(run).map(m -> new Shown(List.of(part(renderer, m)), told.orElse(true)));
        }
        return Optional.of(new Shown(shown, told.orElse(true)));
    }

    private Part part(TextRenderer renderer, Message message) {
        return new Part("now", vault.redact(renderer.render(message)));
    }
}
