package dev.playcall.command.router;

import dev.playcall.command.AlertCommand;
import dev.playcall.command.BatchCommand;
import dev.playcall.command.ContentCommand;
import dev.playcall.command.EnvironmentCommand;
import dev.playcall.command.FamilyHandler;
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

/** One handler for each family of commands. */
public record CommandHandlers(
        FamilyHandler<StartCommand> starts,
        FamilyHandler<RunCommand> runs,
        FamilyHandler<BatchCommand> batches,
        FamilyHandler<QueueCommand> queue,
        FamilyHandler<ScheduleCommand> schedules,
        FamilyHandler<ReportCommand> reports,
        FamilyHandler<LockCommand> locks,
        FamilyHandler<AlertCommand> alerts,
        FamilyHandler<EnvironmentCommand> environments,
        FamilyHandler<HostCommand> hosts,
        FamilyHandler<PlaybookCommand> playbooks,
        FamilyHandler<ContentCommand.Sync> sync,
        FamilyHandler<ContentCommand.InstallGalaxy> galaxy,
        FamilyHandler<SettingsCommand> settings,
        FamilyHandler<SecretCommand> secrets,
        FamilyHandler<IdentityCommand> identities) {}
