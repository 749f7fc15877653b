package dev.playcall.command.router;

import dev.playcall.command.Caller;
import dev.playcall.command.Command;
import dev.playcall.command.Reply;
import dev.playcall.command.Rights;
import dev.playcall.command.run.RequestedRuns;
import dev.playcall.journal.RunJournal;
import dev.playcall.runner.queue.Hold.Kind;
import dev.playcall.runner.queue.HoldStore;
import dev.playcall.security.access.Permission;
import java.util.Optional;

/** Refuses what would start a run while the gateway is drained. */
final class IntakeCheck {
    private final HoldStore holds;
    private final RunJournal journal;
    private final Rights rights;

    IntakeCheck(HoldStore holds, RunJournal journal, Rights rights) {
        this.holds = holds;
        this.journal = journal;
        this.rights = rights;
    }

    /**
     * Why this command is not accepted now; empty when it is. A request that was accepted before is not refused when it is
     * delivered again, and whoever may start nothing is not told of the drain.
     */
    Optional<Reply> refusal(Command command, Caller caller) {
        if (!RequestedRuns.makesRun(command)) {
            return Optional.empty();
        }
        return holds.all().stream()
                .filter(h -> h.kind() == Kind.INTAKE)
                .findFirst()
                .filter(_ -> journal.read().made(caller.origin()).isEmpty())
                .filter(_ -> journal.read().batches().made(caller.origin()).isEmpty())
                .filter(_ -> rights.anywhere(caller, Permission.START).isEmpty())
                .map(h -> new Reply.Denied(h.line()));
    }
}
