package dev.playcall.chat.conversation;

import dev.playcall.chat.card.RunCard;
import dev.playcall.chat.message.Answer;
import dev.playcall.chat.message.Channel;
import dev.playcall.chat.message.ChatStore;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Tone;
import dev.playcall.command.Caller;
import dev.playcall.command.RefusalLog;
import dev.playcall.command.Rights;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.EventStore;
import dev.playcall.security.access.Permission;
import dev.playcall.security.audit.AuditLog;
import dev.playcall.security.audit.AuditNote;
import dev.playcall.security.audit.Unrecorded;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code notify me 412}: whoever says it is called below the card when the run begins and when it has ended. */
final class StartReminders {
    private static final Logger log = LoggerFactory.getLogger(StartReminders.class);

    private final EventStore runs;
    private final ChatStore store;
    private final Rights rights;
    private final AuditLog audit;
    private final Clock clock;

    StartReminders(EventStore runs, ChatStore store, Rights rights, AuditLog audit, Clock clock) {
        this.runs = runs;
        this.store = store;
        this.rights = rights;
        this.audit = audit;
        this.clock = clock;
    }

    Answer answer(Caller caller, RunId id) {
        var run = runs.find(id);
        var refusal = run.map(r -> rights.refusal(caller, Permission.VIEW, r))
                .orElseGet(() -> rights.anywhere(caller, Permission.VIEW));
        if (refusal.isPresent()) {
            new RefusalLog(audit, clock).note(caller, "notify.me", id.toString(), refusal.get());
            return Answer.refusal(refusal.get().line());
        }
        return run.map(r -> answer(caller, r)).orElseGet(() -> Answer.refusal("there is no run " + id));
    }

    private Answer answer(Caller caller, Run run) {
        if (run.state().isFinal()) {
            return Answer.refusal(run.id() + " has already finished: " + RunCard.word(run));
        }
        var platform = Channel.of(caller.origin().channel()).map(Channel::platform);
        var shown = platform.flatMap(p -> store.isComplete(first(run), p));
        if (platform.isEmpty() || shown.isEmpty()) {
            return Answer.refusal(
                    "no channel here shows " + run.id() + ", so there is no message to mention you in; subscribe "
                            + run.request().environment() + " shows the next ones");
        }
        if (!caller.person().value().startsWith(platform.get() + ":")) {
            return Answer.refusal("only someone from " + platform.get() + " can be mentioned there");
        }
        return recorded(caller, run).orElseGet(() -> remind(caller, run));
    }

    private Answer remind(Caller caller, Run run) {
        store.call(run.id(), caller.person(), clock.instant());
        var when = run.state() == RunState.RUNNING ? "when it finishes" : "when it starts and when it finishes";
        return Answer.about(
                run.id(), Message.line(Tone.GOOD, "You will be mentioned below the card of " + run.id() + " " + when));
    }

    /** The run whose card shows this one. */
    private RunId first(Run run) {
        return run.batch()
                .flatMap(p -> runs.batches().runs(p.batch()).stream().findFirst())
                .map(Run::id)
                .orElse(run.id());
    }

    /** No record, no action. */
    private Optional<Answer> recorded(Caller caller, Run run) {
        try {
            audit.record(AuditNote.done(
                            caller.person(),
                            caller.origin().channel(),
                            "notify.me",
                            run.id().toString())
                    .with(AuditNote.ENVIRONMENT, run.request().environment().value()));
            return Optional.empty();
        } catch (RuntimeException e) {
            Unrecorded.log(log, "\"notify me\" of " + caller.person(), e);
            return Optional.of(Answer.refusal(Unrecorded.refusal(e)));
        }
    }
}
