package dev.playcall.command.run;

import dev.playcall.command.Caller;
import dev.playcall.command.Reply;
import dev.playcall.command.Rights;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.RunState;
import dev.playcall.domain.Truncate;
import dev.playcall.journal.EventStore.Appended;
import dev.playcall.journal.RunJournal;
import dev.playcall.security.access.Permission;
import java.util.Optional;

/** Pauses a running run and resumes it. Whoever may cancel a run may pause it. */
final class RunPausing {
    private static final int LONGEST_REASON = 300;

    private final RunJournal journal;
    private final Rights rights;

    public RunPausing(RunJournal journal, Rights rights) {
        this.journal = journal;
        this.rights = rights;
    }

    public Reply pause(Run run, String reason, Caller caller) {
        return rights.refusal(caller, Permission.CANCEL, run)
                .<Reply>map(d -> d)
                .orElseGet(() -> suspend(run, reason, caller));
    }

    public Reply resume(Run run, Caller caller) {
        return rights.refusal(caller, Permission.CANCEL, run)
                .<Reply>map(d -> d)
                .orElseGet(() -> record(run, new RunEvent.Resumed(caller.person())));
    }

    private Reply suspend(Run run, String text, Caller caller) {
        var reason = Truncate.line(text);
        if (reason.length() > LONGEST_REASON) {
            return new Reply.Invalid(
                    "reason", "the reason has more than " + LONGEST_REASON + " characters", Optional.empty());
        }
        return record(run, new RunEvent.Paused(caller.person(), reason));
    }

    private Reply record(Run run, RunEvent event) {
        return switch (journal.append(run.id(), event)) {
            case Appended.At(var entry, var _) -> new Reply.Accepted(entry.run());
            case Appended.Refused(var now) -> new Reply.TooLate(now, stateOf(now));
            case Appended.Unknown() -> new Reply.NotFound("there is no run " + run.id());
        };
    }

    private static String stateOf(Run run) {
        if (run.cancelledBy().isPresent() && !run.state().isFinal()) {
            return run.id() + " is being cancelled";
        }
        return run.paused()
                .map(p -> run.id() + " is paused already, by " + p.by().inText())
                .orElseGet(() -> run.id() + " is not paused"
                        + (run.state() == RunState.RUNNING
                                ? ""
                                : ", it is " + run.state().label()
                                        + (run.isWaiting() ? "; what has not begun can be cancelled" : "")));
    }
}
