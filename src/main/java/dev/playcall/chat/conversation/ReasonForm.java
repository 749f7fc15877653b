package dev.playcall.chat.conversation;

import dev.playcall.chat.card.RunCards;
import dev.playcall.chat.message.Action;
import dev.playcall.chat.message.Answer;
import dev.playcall.chat.message.Answer.Form;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.Message.Button;
import dev.playcall.chat.message.Message.Tone;
import dev.playcall.chat.message.Message.Weight;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.command.Caller;
import dev.playcall.command.Command;
import dev.playcall.command.Reply;
import dev.playcall.command.RunCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Asks for the reason that a command needs and was entered without. */
record ReasonForm(PendingRequests requests, RunCards cards) {
    private static final String REASON = "reason";
    /** The field of a run's reason; the reason of everything else is the end of the line. */
    private static final String DESCRIPTION = "description";
    /** Stands at the end of the kept words, where the reason goes. */
    private static final String GAP = "";

    static boolean isAsked(Reply.Invalid invalid) {
        return invalid.field().equals(REASON)
                ? !invalid.message().contains(" characters")
                : invalid.field().equals(DESCRIPTION) && invalid.message().endsWith("requires a reason");
    }

    /** @param typed as it was entered; empty when a button was pressed */
    Answer ask(Caller caller, Command command, Reply.Invalid invalid, List<String> typed) {
        var words = typed.isEmpty() ? ofButton(command) : typed;
        var why = UntrustedText.line(cards.named(invalid.message()), 150);
        if (words.isEmpty()) {
            return Answer.refusal(cards.named(invalid.line()));
        }
        var asked = Stream.concat(
                        words.stream(), invalid.field().equals(REASON) ? Stream.of(GAP) : Stream.of("--reason", GAP))
                .toList();
        long request = requests.keep(caller, command, asked);
        var line = UntrustedText.line(String.join(" ", asked) + "…", 300);
        var message = Message.of(
                new Block.Title(Tone.WAITING, why),
                new Block.Buttons(
                        List.of(new Button("Fill in", new Action(Action.Kind.FILL, request), line, Weight.FIRST, ""))));
        var field = new Form.Field(REASON, "", List.of(), Optional.empty(), true, false);
        return Answer.asking(
                message,
                Optional.of(new Form(request, UntrustedText.line(words.getFirst(), 24), why, List.of(field), "OK")));
    }

    private static List<String> ofButton(Command command) {
        if (command instanceof RunCommand.Retry(var run, var _, var _, var _)) {
            return List.of("retry", Long.toString(run.value()));
        }
        return command instanceof RunCommand.Rerun(var run, var _)
                ? List.of("rerun", Long.toString(run.value()))
                : List.of();
    }

    /** The kept words with the reason; empty when they do not wait for one. */
    static Optional<List<String>> filled(List<String> kept, Map<String, String> values) {
        return isWaiting(kept) && values.containsKey(REASON)
                ? Optional.of(with(kept, values.getOrDefault(REASON, "").strip()))
                : Optional.empty();
    }

    private static boolean isWaiting(List<String> kept) {
        return !kept.isEmpty() && kept.getLast().equals(GAP);
    }

    private static List<String> with(List<String> kept, String reason) {
        var words = new ArrayList<>(kept.subList(0, kept.size() - 1));
        words.add(reason);
        return words;
    }

    /** The kept words as they were entered. */
    static List<String> entered(List<String> kept) {
        if (!isWaiting(kept)) {
            return kept;
        }
        var words = kept.subList(0, kept.size() - 1);
        return words.getLast().equals("--reason") ? words.subList(0, words.size() - 1) : words;
    }
}
