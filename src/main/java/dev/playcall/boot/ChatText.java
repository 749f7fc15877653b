package dev.playcall.boot;

import dev.playcall.chat.Conversation;
import dev.playcall.chat.RunCards;
import dev.playcall.chat.TextRenderer;
import dev.playcall.command.Caller;
import dev.playcall.domain.RunId;
import dev.playcall.web.TextConsole;
import java.util.Optional;

/** The conversation as text: joins two rooms that do not know each other. */
final class ChatText implements TextConsole {
    private final Conversation conversation;
    private final RunCards cards;

    ChatText(Conversation conversation, RunCards cards) {
        this.conversation = conversation;
        this.cards = cards;
    }

    @Override
    public Said say(Caller caller, String text, int width, boolean colour) {
        var answer = conversation.say(caller, text);
        return new Said(new TextRenderer(width, colour).render(answer.message()), answer.refused(), answer.run());
    }

    @Override
    public Optional<String> card(RunId run, int width, boolean colour) {
        return cards.details(run).map(new TextRenderer(width, colour)::render);
    }
}
