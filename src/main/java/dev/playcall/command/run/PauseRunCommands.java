package dev.playcall.command.run;

import dev.playcall.command.Caller;
import dev.playcall.command.Command;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.Reply;
import dev.playcall.command.Rights;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.RunState;
import dev.playcall.journal.EventStore.Appended;
import dev.playcall.journal.RunJournal;
import dev.playcall.security.access.Permission;
import java.util.Optional;

/** Holds one run still that works, and lets it go on. Who may stop it may do that. */
public final class PauseRunCommands implements CommandHandler {
    private static final int LONGEST_REASON = 300;

    private final CommandHandler commands;
    private final RunJournal journal;
    private final Rights rights;

    public PauseRunCommands(CommandHandler commands, RunJournal journal, Rights rights) {
        this.commands = commands;
        this.journal = journal;
        this.rights = rights;
    }

    @Override
    public Reply handle(Command command, Caller caller) {
        return command instanceof Command.OnWork onWork ? known(onWork, caller) : commands.handle(command, caller);
    }

    /** Who may see nothing is not told which runs there are. */
    private Reply known(Command.OnWork command, Caller caller) {
        return journal.read()
                .find(command.run())
                .map(run -> allowed(command, run, caller))
                .or(() -> rights.anywhere(caller, Permission.VIEW).map(d -> d))
                .orElseGet(() -> new Reply.NotFound("there is no run " + command.run()));
    }

    private Reply allowed(Command.OnWork command, Run run, Caller caller) {
        var refusal = rights.refusal(caller, Permission.CANCEL, run);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        return switch (command) {
            case Command.PauseRun(var _, var reason) -> pause(run, reason, caller);
            case Command.ResumeRun _ -> record(run, new RunEvent.Resumed(caller.person()));
        };
    }

    private Reply pause(Run run, String text, Caller caller) {
        var reason = text.strip().replaceAll("[\\p{Cntrl}\\s]+", " ");
        if (reason.length() > LONGEST_REASON) {
            return new Reply.Invalid(
                    "reason", "the reason has more than " + LONGEST_REASON + " characters", Optional.empty());
        }
        return record(run, new RunEvent.Paused(caller.person(), reason));
    }

    private Reply record(Run run, RunEvent event) {
        return switch (journal.append(run.id(), event)) {
            case Appended.At(var entry, var _) -> new Reply.Accepted(entry.run());
            case Appended.Refused(var now) -> new Reply.TooLate(now, standing(now));
            case Appended.Unknown() -> new Reply.NotFound("there is no run " + run.id());
        };
    }

    private static String standing(Run run) {
        if (run.cancelledBy().isPresent() && !run.state().isFinal()) {
            return run.id() + " is being cancelled";
        }
        return run.paused()
                .map(p -> run.id() + " is paused already, by " + p.by())
                .orElseGet(() -> run.id() + " is not paused"
                        + (run.state() == RunState.RUNNING
                                ? ""
                                : ", it is " + run.state().word().replace('_', ' ')
                                        + (run.isWaiting() ? "; what has not begun can be cancelled" : "")));
    }
}
