package dev.playcall.boot;

import dev.playcall.catalog.Plans;
import dev.playcall.catalog.fetched.InventoryRefresh;
import dev.playcall.catalog.playbook.PlaybookFiles;
import dev.playcall.command.Reply;
import dev.playcall.command.access.AccessCommands;
import dev.playcall.command.alert.AlertCommands;
import dev.playcall.command.content.ContentCommands;
import dev.playcall.command.content.ContentEdits;
import dev.playcall.command.inventory.InventoryCommands;
import dev.playcall.command.rollout.HostReach;
import dev.playcall.command.rollout.RolloutCommands;
import dev.playcall.command.rollout.RolloutPlan;
import dev.playcall.command.router.CommandRouter;
import dev.playcall.command.router.CommandRouter.CommandHandlers;
import dev.playcall.command.router.RateLimitFilter;
import dev.playcall.command.run.RequestedRuns;
import dev.playcall.command.run.RunCommands;
import dev.playcall.command.run.RunRequestFactory;
import dev.playcall.command.run.RunRequestFactory.RunTimeouts;
import dev.playcall.command.schedule.ScheduleCommands;
import dev.playcall.command.schedule.ScheduleCommands.ReportChannelCheck;
import dev.playcall.config.Config;
import dev.playcall.content.SshKeygen;
import dev.playcall.notify.alert.Alerts;
import dev.playcall.schedule.MissedRun;
import java.util.function.Supplier;

/**
 * The router with its handlers, and the two filters around it.
 *
 * @param requests checks what a start asks for
 * @param plans says what a run would do
 * @param reach for which hosts there is something to do
 * @param sync takes in what the remotes have, for the gateway itself
 * @param all takes every command: limited, recorded in the audit log, routed
 */
record CommandServices(
        RunRequestFactory requests,
        Plans plans,
        PlaybookFiles files,
        Supplier<Reply> sync,
        HostReach reach,
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
        var plans = ansible.plans();
        var reach = RolloutCommands.listed(requests, plans);
        var sync = new ContentCommands(core.catalogs(), core.rights(), core.journal())
                .sync(core.content().checkouts(), core.rules());
        var handlers = new Wiring(core, ansible, requests, reach).handlers(sync, refresh, alerts, reportChannels);
        var router = new CommandRouter(core.database().holds(), core.journal(), core.rights(), handlers);
        return new CommandServices(
                requests, plans, ansible.playbooks(), sync.bySchedule(), reach, limited(core, router, requests));
    }

    /** What the handlers are made of. */
    private record Wiring(CoreServices core, AnsibleTools ansible, RunRequestFactory requests, HostReach reach) {
        CommandHandlers handlers(
                ContentCommands.Sync sync, InventoryRefresh refresh, Alerts alerts, ReportChannelCheck reportChannels) {
            var database = core.database();
            var runs = new RunCommands(core.journal(), requests, core.rules());
            var rollouts = new RolloutCommands(core.journal(), requests, core.rules());
            var schedules = new ScheduleCommands(
                    requests, database.schedules(), core.settings().each(CommandServices::schedule), core.clock());
            var alertCommands = new AlertCommands(core.catalogs(), core.rights());
            var content = new ContentCommands(core.catalogs(), core.rights(), core.journal());
            var edits = new ContentEdits(core.content().gate(), core.content()::elsewhere);
            var inventories = new InventoryCommands(
                    core.catalogs(), core.rights(), core.vault(), core.journal().read(), edits, core.clock());
            var access = new AccessCommands(core.catalogs(), core.rights(), core.vault());
            return new CommandHandlers(
                    runs::start,
                    runs::handle,
                    runs.batches(rollouts.deployments(runs::start, reach)),
                    runs.queue(database.holds(), core.clock()),
                    schedules.schedules(runs::start),
                    schedules.reports(
                            reportChannels,
                            core.settings()
                                    .each(c -> c.notifications().receivers().keySet())),
                    runs.locks(),
                    alertCommands.alerts(alerts, runs::start, alertCommands.receivers(core.receivers())),
                    inventories.environments(ansible.environments(), database.environments(), database.schedules()),
                    inventories.hosts(ansible.inventoryFiles(), database.hosts()),
                    content.playbooks(ansible.playbooks(), core.vault(), edits),
                    sync.commands(),
                    content.galaxy(core.content().galaxy()),
                    content.venvs(
                            ansible.venvs(),
                            core.content().galaxy(),
                            inventories.installedVenvs(
                                    ansible.inventoryFiles(),
                                    database.hosts(),
                                    ansible.venvs().hosts()),
                            venvsOnHosts(runs)),
                    inventories.refresh(refresh),
                    content.settings(core.settings(), core.settings()::reload),
                    access.secrets(access.rotation(keygen(), runs::startPrepared)),
                    access.identities());
        }

        private ContentCommands.VenvsOnHosts venvsOnHosts(RunCommands runs) {
            return new ContentCommands.VenvsOnHosts(
                    runs::startPrepared,
                    core.settings()
                            .each(c -> new ContentCommands.VenvLimits(
                                    c.venv().timeout(), c.venv().keep())),
                    core.clock());
        }

        private SshKeygen keygen() {
            return new SshKeygen(core.config().paths().data().resolve("new-keys"));
        }
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

    static ScheduleCommands.Defaults schedule(Config config) {
        var schedule = config.schedule();
        return new ScheduleCommands.Defaults(
                schedule.timezone(),
                MissedRun.of(schedule.missed()).orElse(MissedRun.RUN_ONCE),
                config.limits().schedules());
    }
}
