package dev.playcall.command.run;

import dev.playcall.command.Caller;
import dev.playcall.command.Reply;
import dev.playcall.command.Rights;
import dev.playcall.domain.Run;
import dev.playcall.domain.Truncate;
import dev.playcall.journal.History.Pin;
import dev.playcall.journal.RunJournal;
import dev.playcall.security.access.Permission;
import java.time.Clock;
import java.util.Optional;

/** Keeping runs whatever their age, and letting them go again. */
final class RunPinning {
    private static final int LONGEST_REASON = 300;

    private final RunJournal journal;
    private final Rights rights;
    private final Clock clock;

    public RunPinning(RunJournal journal, Rights rights, Clock clock) {
        this.journal = journal;
        this.rights = rights;
        this.clock = clock;
    }

    public Reply pin(Run run, String why, Caller caller) {
        var refusal = rights.refusal(caller, Permission.START, run);
        var reason = Truncate.line(why);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            var wrong = reason.isEmpty()
                    ? "reason required: it is shown to people who clean up"
                    : "the reason has more than " + LONGEST_REASON + " characters";
            return new Reply.Invalid(
                    "reason", wrong, Optional.of("pin " + run.id().value() + " evidence for the incident report"));
        }
        return journal.read().history().pin(run.id(), new Pin(caller.person(), reason, clock.instant()))
                ? new Reply.Done(run.id() + " is exempt from retention until unpin "
                        + run.id().value())
                : new Reply.NotFound("there is no run " + run.id());
    }

    public Reply unpin(Run run, Caller caller) {
        return rights.refusal(caller, Permission.START, run)
                .<Reply>map(d -> d)
                .orElseGet(() -> journal.read().history().unpin(run.id())
                        ? new Reply.Done(run.id() + " is subject to retention again")
                        : new Reply.Invalid("run", run.id() + " was not pinned", Optional.empty()));
    }
}
