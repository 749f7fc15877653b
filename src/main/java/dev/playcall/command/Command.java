package dev.playcall.command;

import dev.playcall.domain.name.RunId;
import java.util.Map;
import java.util.Optional;

/** A request as somebody wrote it: nothing in it has been checked yet. Every command says how the audit log names it. */
public sealed interface Command
        permits StartCommand,
                RunCommand,
                BatchCommand,
                QueueCommand,
                ScheduleCommand,
                ReportCommand,
                LockCommand,
                AlertCommand,
                EnvironmentCommand,
                HostCommand,
                PlaybookCommand,
                ContentCommand,
                SettingsCommand,
                SecretCommand,
                IdentityCommand {

    /** The name of the action in the audit log: {@code schedule.add}. */
    String auditAction();

    /** What the command is about, for the audit log; empty where {@link #runId()} says it. */
    String subject();

    /** The existing run it is about; empty for every other command. */
    default Optional<RunId> runId() {
        return Optional.empty();
    }

    /** The environment it names, as written; empty where it names none or several. */
    default Optional<String> environmentName() {
        return Optional.empty();
    }

    /** Further fields for the audit log, never a value that may be secret; a blank value is left out. */
    default Map<String, String> auditDetails() {
        return Map.of();
    }
}
