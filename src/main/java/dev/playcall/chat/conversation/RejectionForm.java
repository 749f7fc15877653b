package dev.playcall.chat.conversation;

import dev.playcall.chat.card.RunCard;
import dev.playcall.chat.message.Answer;
import dev.playcall.chat.message.Answer.Form;
import dev.playcall.chat.message.ChatStore;
import dev.playcall.chat.message.ChatStore.PendingRequest;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Tone;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.command.Caller;
import dev.playcall.command.Rights;
import dev.playcall.command.RunCommand;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.EventStore;
import dev.playcall.security.access.Permission;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks those who reject a run for the reason, which whoever asked for the run will read. */
record RejectionForm(EventStore runs, ChatStore store, Rights rights, Clock clock) {
    private static final String REASON = "reason";

    /** The form; empty when this person cannot reject this run now, and the command says why. */
    Optional<Answer> ask(Caller caller, RunId id) {
        return runs.find(id)
                .filter(r -> r.state() == RunState.AWAITING_APPROVAL
                        && !r.approvalState().isOver(clock.instant())
                        && rights.refusal(caller, Permission.APPROVE, r).isEmpty())
                .map(r -> form(caller, r));
    }

    private Answer form(Caller caller, Run run) {
        var number = Long.toString(run.id().value());
        long request =
                store.keep(new PendingRequest(caller.person(), List.of("reject", number), Map.of(), clock.instant()));
        var why = "Reject " + run.id() + " " + UntrustedText.line(RunCard.what(run), 150) + "?";
        var field = new Form.Field(
                REASON, "shown on the card and to who requested the run", List.of(), Optional.empty(), false, false);
        var message = Message.of(
                new Message.Block.Title(Tone.WAITING, why),
                new Message.Block.Next(List.of("reject " + number + " REASON")));
        var form = new Form(request, "Reject " + run.id(), why, List.of(field), "Reject");
        return Answer.asking(message, Optional.of(form));
    }

    RunCommand.Reject filled(RunId run, Map<String, String> values) {
        return new RunCommand.Reject(run, values.getOrDefault(REASON, "").strip());
    }
}
