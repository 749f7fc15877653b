package dev.playcall.command.run;

import dev.playcall.command.AlertCommand;
import dev.playcall.command.BatchCommand;
import dev.playcall.command.Caller;
import dev.playcall.command.Command;
import dev.playcall.command.ContentCommand;
import dev.playcall.command.EnvironmentCommand;
import dev.playcall.command.HostCommand;
import dev.playcall.command.IdentityCommand;
import dev.playcall.command.LockCommand;
import dev.playcall.command.PlaybookCommand;
import dev.playcall.command.QueueCommand;
import dev.playcall.command.ReportCommand;
import dev.playcall.command.RunCommand;
import dev.playcall.command.ScheduleCommand;
import dev.playcall.command.SecretCommand;
import dev.playcall.command.SettingsCommand;
import dev.playcall.command.StartCommand;
import dev.playcall.domain.RunState;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Person;
import dev.playcall.journal.EventStore;
import java.util.function.ToIntFunction;

/** How many runs a command asks for, and of whom it is said that they asked. This is the one place that says so. */
public final class RequestedRuns {
    private final RunRequestFactory runRequestFactory;
    private final EventStore store;
    private final ToIntFunction<BatchCommand.StartRollout> waves;

    /** @param waves how many waves a rollout has */
    public RequestedRuns(
            RunRequestFactory runRequestFactory, EventStore store, ToIntFunction<BatchCommand.StartRollout> waves) {
        this.waves = waves;
        this.runRequestFactory = runRequestFactory;
        this.store = store;
    }

    /** Whether runs come of this command. */
    public static boolean makesRun(Command command) {
        return switch (command) {
            case StartCommand _,
                    RunCommand.Retry _,
                    RunCommand.Rerun _,
                    BatchCommand.StartBatch _,
                    BatchCommand.RetryBatch _,
                    BatchCommand.StartRollout _,
                    BatchCommand.RetryDeployment _,
                    BatchCommand.RollBackDeployment _,
                    ScheduleCommand.RunSchedule _,
                    AlertCommand.RunAction _ -> true;
            case RunCommand _,
                    BatchCommand _,
                    ScheduleCommand _,
                    AlertCommand _,
                    QueueCommand _,
                    ReportCommand _,
                    LockCommand _,
                    EnvironmentCommand _,
                    HostCommand _,
                    PlaybookCommand _,
                    ContentCommand _,
                    SettingsCommand _,
                    SecretCommand _,
                    IdentityCommand _ -> false;
        };
    }

    /** At least one where any come of it. */
    public int runs(Command command, Caller caller) {
        if (!makesRun(command)) {
            return 0;
        }
        return command instanceof BatchCommand batch ? Math.max(1, inBatch(batch, caller)) : 1;
    }

    private int inBatch(BatchCommand command, Caller caller) {
        return switch (command) {
            case BatchCommand.StartBatch start
            when start.environments().equals(BatchCommandHandler.EVERYWHERE) -> seen(caller);
            case BatchCommand.StartBatch start -> start.environments().size();
            case BatchCommand.RetryBatch(var batch, var _, var rest) ->
                (int) store.batches().runs(batch).stream()
                        .filter(r -> r.state() != RunState.SUCCESS)
                        .filter(r -> !rest || r.startedAt().isEmpty())
                        .count();
            case BatchCommand.StartRollout rollout -> waves.applyAsInt(rollout);
            case BatchCommand.RetryDeployment(var deployment, var _, var _) ->
                store.deployments()
                        .find(deployment)
                        .map(d -> (int) store.batches().runs(d.batch().id()).stream()
                                .filter(r -> r.state() != RunState.SUCCESS)
                                .count())
                        .orElse(1);
            case BatchCommand.RollBackDeployment _ -> 1;
            case BatchCommand.CancelBatch _, BatchCommand.CancelDeployment _, BatchCommand.ResumeDeployment _ -> 0;
        };
    }

    private int seen(Caller caller) {
        var visible = runRequestFactory.rights().visibleEnvironments(caller);
        return (int) runRequestFactory.catalogs().current().environments().keySet().stream()
                .filter((EnvironmentName e) -> visible.sees(e))
                .count();
    }

    /** One identity that stands for the human behind this one and for everything that acts for them. */
    public Person human(Person person) {
        return runRequestFactory.rights().people().representative(person);
    }
}
