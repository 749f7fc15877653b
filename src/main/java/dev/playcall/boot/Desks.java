package dev.playcall.boot;

import dev.playcall.catalog.PlaybookFiles;
import dev.playcall.command.AlertDesk;
import dev.playcall.command.BatchDesk;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.Desk;
import dev.playcall.command.Drafts;
import dev.playcall.command.GalaxyDesk;
import dev.playcall.command.LimitedDesk;
import dev.playcall.command.PlaybookDesk;
import dev.playcall.command.QueueDesk;
import dev.playcall.command.ReachDesk;
import dev.playcall.command.RegisterDesk;
import dev.playcall.command.ReloadDesk;
import dev.playcall.command.ReportDesk;
import dev.playcall.command.RunsAsked;
import dev.playcall.command.ScheduleDesk;
import dev.playcall.command.SettingsDesk;
import dev.playcall.command.StartRules;
import dev.playcall.command.SyncDesk;
import dev.playcall.command.WorkDesk;
import dev.playcall.config.Config;
import dev.playcall.journal.RunJournal;
import dev.playcall.notify.Alerts;
import dev.playcall.schedule.Missed;
import dev.playcall.store.Database;
import java.time.Clock;

/**
 * The desks one behind the other: each does what it knows and hands on the rest.
 *
 * @param starts the innermost one, that starts runs
 * @param all everything that can be asked, limited and on record
 */
record Desks(Desk starts, Drafts drafts, PlaybookFiles files, SyncDesk sync, LimitedDesk all) {

    static Desks of(Ground ground, AnsibleTools ansible, Alerts alerts, ReachDesk.Reach reach) {
        var rights = ground.rights();
        var shelf = ground.shelf();
        var timeout = ground.settings().each(c -> c.ansible().timeout());
        var starts = new CommandHandler(
                ground.catalogs(),
                ground.journal(),
                rights,
                ground.rules(),
                ground.vault(),
                ansible.inventories(),
                timeout);
        var drafts = new Drafts(ground.catalogs(), rights, ground.vault(), timeout);
        var files = ansible.playbooks();
        var scheduling = scheduling(
                starts,
                ground.journal(),
                drafts,
                ground.rules(),
                ground.settings(),
                ground.database(),
                reach,
                ground.clock());
        var hosts = new RegisterDesk(
                scheduling, ground.catalogs(), rights, ground.database().hosts(), ground.vault(), ground.clock());
        var library = new PlaybookDesk(
                hosts, rights, ground.catalogs(), ground.journal(), files, ground.vault(), shelf::elsewhere);
        var sync = new SyncDesk(
                library,
                rights,
                ground.catalogs(),
                ground.journal(),
                shelf.checkouts(),
                shelf.gate(),
                ground.rules(),
                shelf::elsewhere);
        var office = new AlertDesk(
                new SettingsDesk(new GalaxyDesk(sync, rights, shelf.galaxy()), rights, ground.settings()),
                alerts,
                rights,
                ground.catalogs());
        return new Desks(starts, drafts, files, sync, limited(ground, office, drafts));
    }

    /** What is too much is refused before it is recorded; everything else is recorded before it is decided. */
    private static LimitedDesk limited(Ground ground, Desk desk, Drafts drafts) {
        return new LimitedDesk(
                ground.onRecord(desk),
                ground.audit(),
                ground.settings()
                        .each(c -> new LimitedDesk.Allowed(
                                c.limits().runs(), c.limits().per())),
                new RunsAsked(drafts, ground.journal().read()),
                ground.clock());
    }

    /** Batches, schedules, reports, the queue. */
    static Desk scheduling(
            CommandHandler handler,
            RunJournal journal,
            Drafts drafts,
            StartRules rules,
            Settings settings,
            Database database,
            ReachDesk.Reach reach,
            Clock clock) {
        var batches = new BatchDesk(new WorkDesk(handler, journal, drafts.rights()), journal, drafts, rules);
        var schedules =
                new ScheduleDesk(batches, drafts, database.schedules(), settings.each(Desks::scheduling), clock);
        var reports = new ReportDesk(schedules, drafts, database.schedules(), settings.each(Desks::scheduling), clock);
        var queue =
                new QueueDesk(new ReachDesk(reports, drafts.rights(), reach), journal, drafts, database.holds(), clock);
        return new ReloadDesk(queue, drafts.rights(), settings::reload);
    }

    private static ScheduleDesk.Defaults scheduling(Config config) {
        var schedule = config.schedule();
        return new ScheduleDesk.Defaults(
                schedule.timezone(),
                Missed.of(schedule.missed()).orElse(Missed.RUN_ONCE),
                config.limits().schedules());
    }
}
