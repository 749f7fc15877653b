package dev.playcall.command.router;

import dev.playcall.command.AlertCommand;
import dev.playcall.command.BatchCommand;
import dev.playcall.command.Caller;
import dev.playcall.command.Command;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.ContentCommand;
import dev.playcall.command.ContentCommand.VenvCommand;
import dev.playcall.command.EnvironmentCommand;
import dev.playcall.command.FamilyHandler;
import dev.playcall.command.HostCommand;
import dev.playcall.command.IdentityCommand;
import dev.playcall.command.LockCommand;
import dev.playcall.command.PlaybookCommand;
import dev.playcall.command.QueueCommand;
import dev.playcall.command.Reply;
import dev.playcall.command.ReportCommand;
import dev.playcall.command.Rights;
import dev.playcall.command.RunCommand;
import dev.playcall.command.ScheduleCommand;
import dev.playcall.command.SecretCommand;
import dev.playcall.command.SettingsCommand;
import dev.playcall.command.StartCommand;
import dev.playcall.journal.RunJournal;
import dev.playcall.runner.queue.HoldStore;

/** Hands every command to the handler of its family. A command that nobody handles does not compile. */
public final class CommandRouter implements CommandHandler {
    private final IntakeCheck intake;
    private final CommandHandlers handlers;

    /** @param holds says whether new work is taken */
    public CommandRouter(HoldStore holds, RunJournal journal, Rights rights, CommandHandlers handlers) {
        this.intake = new IntakeCheck(holds, journal, rights);
        this.handlers = handlers;
    }

    @Override
    public Reply handle(Command command, Caller caller) {
        return intake.refusal(command, caller).orElseGet(() -> route(command, caller));
    }

    private Reply route(Command command, Caller caller) {
        return switch (command) {
            case StartCommand start -> handlers.starts().handle(start, caller);
            case RunCommand run -> handlers.runs().handle(run, caller);
            case BatchCommand batch -> handlers.batches().handle(batch, caller);
            case QueueCommand queue -> handlers.queue().handle(queue, caller);
            case ScheduleCommand schedule -> handlers.schedules().handle(schedule, caller);
            case ReportCommand report -> handlers.reports().handle(report, caller);
            case LockCommand lock -> handlers.locks().handle(lock, caller);
            case AlertCommand alert -> handlers.alerts().handle(alert, caller);
            case EnvironmentCommand environment -> handlers.environments().handle(environment, caller);
            case HostCommand host -> handlers.hosts().handle(host, caller);
            case PlaybookCommand playbook -> handlers.playbooks().handle(playbook, caller);
            case ContentCommand.Sync sync -> handlers.sync().handle(sync, caller);
            case ContentCommand.InstallGalaxy galaxy -> handlers.galaxy().handle(galaxy, caller);
            case VenvCommand venv -> handlers.venvs().handle(venv, caller);
            case ContentCommand.RefreshInventory refresh ->
                handlers.inventories().handle(refresh, caller);
            case SettingsCommand setting -> handlers.settings().handle(setting, caller);
            case SecretCommand secret -> handlers.secrets().handle(secret, caller);
            case IdentityCommand identity -> handlers.identities().handle(identity, caller);
        };
    }

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
            FamilyHandler<VenvCommand> venvs,
            FamilyHandler<ContentCommand.RefreshInventory> inventories,
            FamilyHandler<SettingsCommand> settings,
            FamilyHandler<SecretCommand> secrets,
            FamilyHandler<IdentityCommand> identities) {}
}
