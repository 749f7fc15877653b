package dev.playcall.chat.conversation;

import dev.playcall.chat.message.Channel;
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
import dev.playcall.domain.Origin;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.RunJournal;
import dev.playcall.journal.RunQuery;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Makes of a pressed button the same request for everybody who presses it, so that of two people who press at once one is
 * first and the other is told so.
 */
final class ButtonDeduplicator {
    private final RunJournal journal;

    ButtonDeduplicator(RunJournal journal) {
        this.journal = journal;
    }

    /** The caller, with the request that this button stands for. */
    Caller caller(Caller who, Command command) {
        var key = switch (command) {
            case RunCommand.Retry(var run, var _, var _, var _) -> Optional.of("retry:" + run.value());
            case RunCommand.Rerun(var run, var _) -> Optional.of("rerun:" + run.value() + ":" + generation(run));
            case BatchCommand.RetryBatch(var batch, var _, var _) -> Optional.of("retry-batch:" + batch);
            case BatchCommand.RetryDeployment(var deployment, var _, var _) ->
                Optional.of("retry-deployment:" + deployment);
            case StartCommand _,
                    RunCommand _,
                    BatchCommand _,
                    QueueCommand _,
                    ScheduleCommand _,
                    ReportCommand _,
                    LockCommand _,
                    AlertCommand _,
                    EnvironmentCommand _,
                    HostCommand _,
                    PlaybookCommand _,
                    ContentCommand _,
                    SettingsCommand _,
                    SecretCommand _,
                    IdentityCommand _ -> who.origin().messageId();
        };
        return who.with(new Origin(place(who.origin().channel(), command), key));
    }

    /** What comes of a press is shown where the run was shown, not in the thread below it. */
    private String place(String pressed, Command command) {
        var here = Channel.of(pressed);
        var shown = run(command)
                .flatMap(journal.read()::find)
                .flatMap(r -> Channel.of(r.origin().channel()))
                .filter(c -> here.filter(h -> h.isIn(c)).isPresent());
        return shown.or(() -> here.map(h -> new Channel(h.platform(), h.place())))
                .map(Channel::toString)
                .orElse(pressed);
    }

    private static Optional<RunId> run(Command command) {
        return command instanceof RunCommand.Pin || command instanceof RunCommand.Unpin
                ? Optional.empty()
                : command.runId();
    }

    /** A run may be started again once the last one like it has ended. */
    private long generation(RunId id) {
        return journal.read()
                .find(id)
                .flatMap(r -> journal.read().list(ended(r)).runs().stream().findFirst())
                .map(r -> r.id().value())
                .orElse(0L);
    }

    private static RunQuery ended(Run run) {
        return RunQuery.of(run.request().environment().value(), 1)
                .states(Arrays.stream(RunState.values())
                        .filter(RunState::isFinal)
                        .collect(Collectors.toSet()))
                .operation(Optional.of(run.request().operation().value()));
    }
}
