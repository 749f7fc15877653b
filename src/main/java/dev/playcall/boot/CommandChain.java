package dev.playcall.boot;

import dev.playcall.boot.settings.Settings;
import dev.playcall.catalog.playbook.PlaybookFiles;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.alert.AlertCommands;
import dev.playcall.command.content.GalaxyCommands;
import dev.playcall.command.content.PlaybookCommands;
import dev.playcall.command.content.ReloadCommands;
import dev.playcall.command.content.SettingsCommands;
import dev.playcall.command.content.SyncCommands;
import dev.playcall.command.inventory.RegisteredHostCommands;
import dev.playcall.command.router.RateLimitFilter;
import dev.playcall.command.router.RunCommands;
import dev.playcall.command.run.BatchCommands;
import dev.playcall.command.run.PauseRunCommands;
import dev.playcall.command.run.QueueCommands;
import dev.playcall.command.run.RequestedRuns;
import dev.playcall.command.run.RunRequestFactory;
import dev.playcall.command.run.StartPolicy;
import dev.playcall.command.schedule.ReportChannelCheck;
import dev.playcall.command.schedule.ReportCommands;
import dev.playcall.command.schedule.ScheduleCommands;
import dev.playcall.config.Config;
import dev.playcall.journal.RunJournal;
import dev.playcall.notify.alert.Alerts;
import dev.playcall.schedule.MissedRun;
import dev.playcall.store.Database;
import java.time.Clock;

/**
 * The desks one behind the other: each does what it knows and hands on the rest.
 *
 * @param starts the innermost one, that starts runs
 * @param all everything that can be asked, limited and on record
 */
record CommandChain(
        CommandHandler starts, RunRequestFactory drafts, PlaybookFiles files, SyncCommands sync, RateLimitFilter all) {

    static CommandChain of(CoreServices core, AnsibleTools ansible, Alerts alerts, ReportChannelCheck.Reach reach) {
        var rights = core.rights();
        var content = core.shelf();
        var timeout = core.settings().each(c -> c.ansible().timeout());
        var starts = new RunCommands(
                core.catalogs(), core.journal(), rights, core.rules(), core.vault(), ansible.inventories(), timeout);
        var runRequestFactory = new RunRequestFactory(core.catalogs(), rights, core.vault(), timeout);
        var files = ansible.playbooks();
        var scheduling = scheduling(
                starts,
                core.journal(),
                runRequestFactory,
                core.rules(),
                core.settings(),
                core.database(),
                reach,
                core.clock());
        var hosts = new RegisteredHostCommands(
                scheduling, core.catalogs(), rights, core.database().hosts(), core.vault(), core.clock());
        var library = new PlaybookCommands(
                hosts, rights, core.catalogs(), core.journal(), files, core.vault(), content::elsewhere);
        var sync = new SyncCommands(
                library,
                rights,
                core.catalogs(),
                core.journal(),
                content.checkouts(),
                content.gate(),
                core.rules(),
                content::elsewhere);
        var commands = new AlertCommands(
                new SettingsCommands(new GalaxyCommands(sync, rights, content.galaxy()), rights, core.settings()),
                alerts,
                rights,
                core.catalogs());
        return new CommandChain(starts, runRequestFactory, files, sync, limited(core, commands, runRequestFactory));
    }

    /** What is too much is refused before it is recorded; everything else is recorded before it is decided. */
    private static RateLimitFilter limited(
            CoreServices core, CommandHandler commands, RunRequestFactory runRequestFactory) {
        return new RateLimitFilter(
                core.onRecord(commands),
                core.audit(),
                core.settings()
                        .each(c -> new RateLimitFilter.Allowed(
                                c.limits().runs(), c.limits().per())),
                new RequestedRuns(runRequestFactory, core.journal().read()),
                core.clock());
    }

    /** Batches, schedules, reports, the queue. */
    static CommandHandler scheduling(
            RunCommands handler,
            RunJournal journal,
            RunRequestFactory runRequestFactory,
            StartPolicy rules,
            Settings settings,
            Database database,
            ReportChannelCheck.Reach reach,
            Clock clock) {
        var batches = new BatchCommands(
                new PauseRunCommands(handler, journal, runRequestFactory.rights()), journal, runRequestFactory, rules);
        var schedules = new ScheduleCommands(
                batches, runRequestFactory, database.schedules(), settings.each(CommandChain::scheduling), clock);
        var reports = new ReportCommands(
                schedules, runRequestFactory, database.schedules(), settings.each(CommandChain::scheduling), clock);
        var queue = new QueueCommands(
                new ReportChannelCheck(reports, runRequestFactory.rights(), reach),
                journal,
                runRequestFactory,
                database.holds(),
                clock);
        return new ReloadCommands(queue, runRequestFactory.rights(), settings::reload);
    }

    private static ScheduleCommands.Defaults scheduling(Config config) {
        var schedule = config.schedule();
        return new ScheduleCommands.Defaults(
                schedule.timezone(),
                MissedRun.of(schedule.missed()).orElse(MissedRun.RUN_ONCE),
                config.limits().schedules());
    }
}
