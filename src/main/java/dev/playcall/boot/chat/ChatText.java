package dev.playcall.boot.chat;

import dev.playcall.catalog.Catalogs;
import dev.playcall.chat.card.RunCards;
import dev.playcall.chat.console.ConsoleAdapter;
import dev.playcall.chat.conversation.ChatService;
import dev.playcall.chat.message.Answer;
import dev.playcall.chat.message.ChatStore;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.TextRenderer;
import dev.playcall.chat.query.RecordAddress;
import dev.playcall.command.Caller;
import dev.playcall.domain.name.RunId;
import dev.playcall.security.secret.SecretService;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.http.TextConsole;
import java.util.List;
import java.util.Optional;

/** The conversation as text: joins two rooms that do not know each other. */
final class ChatText implements TextConsole {
    private static final int UNWRAPPED = 2000;

    private final ChatService chatService;
    private final Catalogs catalogs;
    private final RunCards cards;
    private final ConsoleAdapter terminals;
    private final ChatStore store;
    private final SecretService secrets;

    ChatText(
            ChatService chatService,
            Catalogs catalogs,
            RunCards cards,
            ConsoleAdapter terminals,
            ChatStore store,
            SecretService secrets) {
        this.chatService = chatService;
        this.catalogs = catalogs;
        this.cards = cards;
        this.terminals = terminals;
        this.store = store;
        this.secrets = secrets;
    }

    @Override
    public Result run(Caller caller, String text, int width, boolean colour) {
        return shown(chatService.answerText(caller, text), width, colour, chatService.mayHoldSecret(text));
    }

    private static Result shown(Answer answer, int width, boolean colour, boolean sensitive) {
        // A refusal is one line for whoever reads it by a program.
        var text = new TextRenderer(answer.refused() ? UNWRAPPED : width, colour).render(answer.message());
        return new Result(text, answer.refused(), answer.run(), sensitive);
    }

    @Override
    public Result run(Caller caller, List<String> words, int width, boolean colour) {
        return shown(chatService.answerText(caller, words), width, colour, true);
    }

    @Override
    public String record(Caller caller, List<String> words) {
        return switch (RecordAddress.of(
                words, caller, catalogs.current(), cards.clock().instant())) {
            case RecordAddress.Located.At(var path) -> path;
            case RecordAddress.Located.Refused(var why) -> throw ProblemException.badRequest("output", why);
        };
    }

    @Override
    public List<Suggestion> suggest(Caller caller, String line) {
        return chatService.complete(caller, line).stream()
                .map(c -> new Suggestion(c.value(), c.label()))
                .toList();
    }

    /** A run that no terminal is told of, or whose messages went with an earlier gateway, is shown as it stands. */
    @Override
    public Optional<Shown> card(RunId run, int width, boolean colour) {
        // Asked first: what is told after this can only be more than is needed.
        var complete = store.isComplete(run, terminals.platform());
        var renderer = new TextRenderer(width, colour);
        var messages = terminals.of(run);
        var headline = messages.isEmpty() ? "" : messages.getFirst().message().headline();
        var shown = messages.stream()
                .map(m -> new Part(m.key(), renderer.render(below(headline, run, m))))
                .toList();
        if (shown.isEmpty()) {
            return cards.details(run).map(m -> new Shown(List.of(part(renderer, m)), complete.orElse(true)));
        }
        return Optional.of(new Shown(shown, complete.orElse(true)));
    }

    private Part part(TextRenderer renderer, Message message) {
        return new Part("now", secrets.redact(renderer.render(message)));
    }

    /** An alert begins with the headline of the card, which a terminal shows just above it; what else it says stays. */
    static Message below(String headline, RunId run, ConsoleAdapter.Shown shown) {
        return shown.key().startsWith("r" + run.value() + ".alert")
                ? shown.message().withoutTitle(headline)
                : shown.message();
    }
}
