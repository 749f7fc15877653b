package dev.playcall.chat;

import dev.playcall.catalog.Catalogs;
import dev.playcall.chat.Message.Tone;
import dev.playcall.command.Caller;
import dev.playcall.command.Command;
import dev.playcall.command.Desk;
import dev.playcall.command.Reply;
import dev.playcall.domain.Run;
import dev.playcall.journal.RunJournal;
import java.util.Optional;

/** Understands a line of chat, has it done, and says what came of it. */
public final class Conversation {
    private final Catalogs catalogs;
    private final Desk desk;
    private final RunCards cards;
    private final Questions questions;

    public Conversation(Catalogs catalogs, RunJournal journal, Desk desk, RunCards cards, LogReader logs) {
        this.catalogs = catalogs;
        this.desk = desk;
        this.cards = cards;
        this.questions = new Questions(catalogs, journal, cards, logs);
    }

    public Answer say(Caller caller, String text) {
        return switch (new Grammar(catalogs.current()).parse(text)) {
            case Grammar.Parsed.Nothing() -> Answer.refusal("say what you want, for example help");
            case Grammar.Parsed.Wrong(var message) -> Answer.refusal(message);
            case Grammar.Parsed.Question(var name, var arguments) -> questions.answer(name, arguments, caller);
            case Grammar.Parsed.Deed(var command) -> reply(command, desk.handle(command, caller));
        };
    }

    private Answer reply(Command command, Reply reply) {
        return switch (reply) {
            case Reply.Accepted(var run) -> accepted(command, run);
            case Reply.Again(var run) -> accepted(command, run);
            case Reply.Invalid invalid -> Answer.refusal(invalid.line());
            case Reply.NotFound(var message) -> Answer.refusal(message);
            case Reply.TooLate(var _, var message) -> Answer.refusal(message);
            case Reply.Denied(var message) -> Answer.refusal(message);
        };
    }

    private Answer accepted(Command command, Run run) {
        if (command instanceof Command.Cancel) {
            var text = run.state().isFinal() ? run.id() + " is cancelled" : run.id() + " is being cancelled";
            return new Answer(Message.line(Tone.PLAIN, text), false, false, Optional.of(run.id()));
        }
        return new Answer(cards.of(run), false, false, Optional.of(run.id()));
    }
}
