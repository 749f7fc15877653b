package dev.playcall.boot;

import dev.playcall.catalog.fetched.InventoryRefresh;
import dev.playcall.catalog.playbook.PlaybookFiles;
import dev.playcall.command.access.IdentityCommandHandler;
import dev.playcall.command.access.KeyRotationStarter;
import dev.playcall.command.access.SecretCommandHandler;
import dev.playcall.command.alert.AlertCommandHandler;
import dev.playcall.command.alert.ReceiverCommandHandler;
import dev.playcall.command.content.ContentEdits;
import dev.playcall.command.content.GalaxyCommandHandler;
import dev.playcall.command.content.HostVenvCommands;
import dev.playcall.command.content.PlaybookCommandHandler;
import dev.playcall.command.content.SettingsCommandHandler;
import dev.playcall.command.content.SyncCommandHandler;
import dev.playcall.command.content.VenvCommandHandler;
import dev.playcall.command.inventory.EnvironmentCommandHandler;
import dev.playcall.command.inventory.EnvironmentFolderEditor;
import dev.playcall.command.inventory.EnvironmentPolicyEditor;
import dev.playcall.command.inventory.HostCommandHandler;
import dev.playcall.command.inventory.InstalledVenvsSync;
import dev.playcall.command.inventory.InventoryRefreshHandler;
import dev.playcall.command.inventory.InventoryWriter;
import dev.playcall.command.inventory.RegisteredHostEditor;
import dev.playcall.command.rollout.ListedReach;
import dev.playcall.command.rollout.RolloutCommandHandler;
import dev.playcall.command.rollout.RolloutPlan;
import dev.playcall.command.rollout.WaveRequests;
import dev.playcall.command.router.CommandRouter;
import dev.playcall.command.router.CommandRouter.CommandHandlers;
import dev.playcall.command.router.IntakeCheck;
import dev.playcall.command.router.RateLimitFilter;
import dev.playcall.command.run.BatchCommandHandler;
import dev.playcall.command.run.LockCommandHandler;
import dev.playcall.command.run.QueueCommandHandler;
import dev.playcall.command.run.RequestedRuns;
import dev.playcall.command.run.RunCommandHandler;
import dev.playcall.command.run.RunRequestFactory;
import dev.playcall.command.run.RunTimeouts;
import dev.playcall.command.schedule.ReportCommandHandler;
import dev.playcall.command.schedule.ReportCommandHandler.ReportChannelCheck;
import dev.playcall.command.schedule.ScheduleCommandHandler;
import dev.playcall.config.Config;
import dev.playcall.content.SshKeygen;
import dev.playcall.notify.alert.Alerts;
import dev.playcall.schedule.MissedRun;

/**
 * The router with its handlers, and the two filters around it.
 *
 * @param requests checks what a start asks for
 * @param reach for which hosts there is something to do
 * @param all takes every command: limited, recorded in the audit log, routed
 */
record CommandServices(
        RunRequestFactory requests,
        PlaybookFiles files,
        SyncCommandHandler sync,
        ListedReach reach,
        RateLimitFilter all) {

    static CommandServices of(
            CoreServices core, AnsibleTools ansible, Alerts alerts, ReportChannelCheck reportChannels) {
        var refresh = ansible.inventoryRefresh();
        var requests = new RunRequestFactory(
                core.catalogs(),
                core.rights(),
                core.vault(),
                core.settings()
                        .each(c -> new RunTimeouts(
                                c.ansible().timeout(), c.ansible().forks())),
                refresh::beforeRun);
        var sync = new SyncCommandHandler(
                core.rights(), core.catalogs(), core.journal(), core.content().checkouts(), core.rules());
        var intake = new IntakeCheck(core.database().holds(), core.journal(), core.rights());
        var reach = new ListedReach(requests, ansible.plans());
        var handlers = handlers(core, ansible, reach, sync, refresh, alerts, reportChannels);
        return new CommandServices(
                requests,
                ansible.playbooks(),
                sync,
                reach,
                limited(core, new CommandRouter(intake, handlers), requests));
    }

    private static CommandHandlers handlers(
            CoreServices core,
            AnsibleTools ansible,
            ListedReach reach,
            SyncCommandHandler sync,
            InventoryRefresh refresh,
            Alerts alerts,
            ReportChannelCheck reportChannels) {
        var rights = core.rights();
        var requests = reach.requests();
        var database = core.database();
        var runs = new RunCommandHandler(core.journal(), rights, core.rules(), requests);
        var edits = new ContentEdits(core.content().gate(), core.content()::elsewhere);
        var schedule = core.settings().each(CommandServices::schedule);
        return new CommandHandlers(
                runs::start,
                runs::handle,
                new BatchCommandHandler(
                        core.journal(),
                        requests,
                        core.rules(),
                        new RolloutCommandHandler(
                                core.journal(),
                                requests,
                                new WaveRequests(requests, core.rules()),
                                runs::start,
                                reach)),
                new QueueCommandHandler(core.journal(), requests, database.holds(), core.clock()),
                new ScheduleCommandHandler(runs::start, requests, database.schedules(), schedule, core.clock()),
                new ReportCommandHandler(
                        reportChannels,
                        core.settings().each(c -> c.notifications().receivers().keySet()),
                        requests,
                        database.schedules(),
                        schedule,
                        core.clock()),
                new LockCommandHandler(core.catalogs(), core.rules(), rights),
                new AlertCommandHandler(
                        runs::start,
                        alerts,
                        rights,
                        core.catalogs(),
                        new ReceiverCommandHandler(rights, core.receivers())),
                environments(core, ansible, edits),
                hosts(core, ansible, edits),
                new PlaybookCommandHandler(
                        rights, core.catalogs(), core.journal(), ansible.playbooks(), core.vault(), edits),
                sync,
                new GalaxyCommandHandler(rights, core.content().galaxy()),
                new VenvCommandHandler(
                        rights,
                        core.catalogs(),
                        ansible.venvs(),
                        core.content().galaxy(),
                        core.journal().read(),
                        installedVenvs(core, ansible, edits)::sync,
                        new HostVenvCommands(
                                core.catalogs(),
                                ansible.venvs().hosts(),
                                runs::startPrepared,
                                core.settings()
                                        .each(c -> new HostVenvCommands.Limits(
                                                c.venv().timeout(), c.venv().keep())),
                                core.clock())),
                new InventoryRefreshHandler(
                        rights, core.catalogs(), refresh, core.journal().read(), core.clock()),
                new SettingsCommandHandler(
                        rights, core.settings(), () -> core.settings().reload()),
                new SecretCommandHandler(
                        core.catalogs(),
                        rights,
                        core.vault(),
                        new KeyRotationStarter(
                                core.catalogs(),
                                core.vault(),
                                new SshKeygen(core.config().paths().data().resolve("new-keys")),
                                runs)),
                new IdentityCommandHandler(rights));
    }

    private static EnvironmentCommandHandler environments(CoreServices core, AnsibleTools ansible, ContentEdits edits) {
        var files = ansible.environments();
        var history = core.journal().read();
        var database = core.database();
        var folders = new EnvironmentFolderEditor(
                core.catalogs(), files, database.environments(), history, database.schedules(), core.vault());
        var policies = new EnvironmentPolicyEditor(core.catalogs(), files, history);
        return new EnvironmentCommandHandler(core.rights(), edits, folders, policies);
    }

    private static HostCommandHandler hosts(CoreServices core, AnsibleTools ansible, ContentEdits edits) {
        return new HostCommandHandler(registered(core), writer(core, ansible), edits, core.rights());
    }

    private static InstalledVenvsSync installedVenvs(CoreServices core, AnsibleTools ansible, ContentEdits edits) {
        return new InstalledVenvsSync(
                writer(core, ansible), registered(core), edits, ansible.venvs().hosts());
    }

    private static RegisteredHostEditor registered(CoreServices core) {
        return new RegisteredHostEditor(
                core.catalogs(), core.rights(), core.database().hosts(), core.vault(), core.clock());
    }

    private static InventoryWriter writer(CoreServices core, AnsibleTools ansible) {
        return new InventoryWriter(
                core.catalogs(),
                ansible.inventoryFiles(),
                core.vault(),
                core.journal().read());
    }

    /** What is over the limit is refused before it is recorded; everything else is recorded before it is decided. */
    private static RateLimitFilter limited(CoreServices core, CommandRouter router, RunRequestFactory requests) {
        var filter = new RateLimitFilter(
                core.onRecord(router),
                core.audit(),
                core.settings()
                        .each(c -> new RateLimitFilter.Allowed(
                                c.limits().runs(), c.limits().per())),
                new RequestedRuns(requests, core.journal().read(), r -> RolloutPlan.waves(core.catalogs(), r)),
                core.clock());
        if (core.config().store().cluster().enabled()) {
            filter.share(core.database().allowances());
        }
        return filter;
    }

    static ScheduleCommandHandler.Defaults schedule(Config config) {
        var schedule = config.schedule();
        return new ScheduleCommandHandler.Defaults(
                schedule.timezone(),
                MissedRun.of(schedule.missed()).orElse(MissedRun.RUN_ONCE),
                config.limits().schedules());
    }
}
