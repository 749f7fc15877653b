package dev.playcall.command.run;

import dev.playcall.command.Caller;
import dev.playcall.command.Command;
import dev.playcall.domain.RunState;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Person;
import dev.playcall.journal.EventStore;

/** How many runs a command asks for, and of whom it is said that they asked. This is the one place that says so. */
public final class RequestedRuns {
    private final RunRequestFactory runRequestFactory;
    private final EventStore store;

    public RequestedRuns(RunRequestFactory runRequestFactory, EventStore store) {
        this.runRequestFactory = runRequestFactory;
        this.store = store;
    }

    /** Whether runs come of this command. */
    public static boolean makesRun(Command command) {
        return switch (command) {
            case Command.Start _,
                    Command.Retry _,
                    Command.Rerun _,
                    Command.Act _,
                    Command.RunSchedule _,
                    Command.StartBatch _,
                    Command.RetryBatch _ -> true;
            case Command.Cancel _,
                    Command.Approve _,
                    Command.Reject _,
                    Command.Pin _,
                    Command.Unpin _,
                    Command.EditHosts _,
                    Command.Lock _,
                    Command.Unlock _,
                    Command.Link _,
                    Command.Unlink _,
                    Command.Mute _,
                    Command.Unmute _,
                    Command.Acknowledge _,
                    Command.Drill _,
                    Command.Redeliver _,
                    Command.OnSecrets _,
                    Command.CancelBatch _,
                    Command.OnWork _,
                    Command.AddSchedule _,
                    Command.AddReport _,
                    Command.ChangeSchedule _,
                    Command.OnLibrary _,
                    Command.OnQueue _ -> false;
        };
    }

    /** At least one where any come of it. */
    public int runs(Command command, Caller caller) {
        if (!makesRun(command)) {
            return 0;
        }
        int runs = switch (command) {
            case Command.StartBatch startBatch
            when startBatch.environments().equals(BatchCommands.EVERYWHERE) -> seen(caller);
            case Command.StartBatch startBatch -> startBatch.environments().size();
            case Command.RetryBatch(var batch, var _) ->
                (int) store.batches().runs(batch).stream()
                        .filter(r -> r.state() != RunState.SUCCESS)
                        .count();
            default -> 1;
        };
        return Math.max(1, runs);
    }

    private int seen(Caller caller) {
        var visible = runRequestFactory.rights().sight(caller);
        return (int) runRequestFactory.catalogs().current().environments().keySet().stream()
                .filter((EnvironmentName e) -> visible.sees(e))
                .count();
    }

    /** One identity that stands for the human behind this one and for everything that acts for them. */
    public Person human(Person person) {
        return runRequestFactory.rights().people().representative(person);
    }
}
