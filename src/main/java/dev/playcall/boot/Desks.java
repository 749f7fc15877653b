package dev.playcall.boot;

import dev.playcall.command.BatchDesk;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.Desk;
import dev.playcall.command.Drafts;
import dev.playcall.command.QueueDesk;
import dev.playcall.command.ReloadDesk;
import dev.playcall.command.ReportDesk;
import dev.playcall.command.ScheduleDesk;
import dev.playcall.command.StartRules;
import dev.playcall.command.WorkDesk;
import dev.playcall.config.Config;
import dev.playcall.journal.RunJournal;
import dev.playcall.schedule.Missed;
import dev.playcall.store.Database;
import java.time.Clock;

/** The desks one behind the other: each does what it knows and hands on the rest. */
final class Desks {
    private Desks() {}

    static Desk of(
            CommandHandler handler,
            RunJournal journal,
            Drafts drafts,
            StartRules rules,
            Settings settings,
            Database database,
            Clock clock) {
        var batches = new BatchDesk(new WorkDesk(handler, journal, drafts.rights()), journal, drafts, rules);
        var schedules =
                new ScheduleDesk(batches, drafts, database.schedules(), settings.each(Desks::scheduling), clock);
        var reports = new ReportDesk(schedules, drafts, database.schedules(), settings.each(Desks::scheduling), clock);
        var queue = new QueueDesk(reports, journal, drafts, database.holds(), clock);
        return new ReloadDesk(queue, drafts.rights(), settings::reload);
    }

    private static ScheduleDesk.Defaults scheduling(Config config) {
        var schedule = config.schedule();
        return new ScheduleDesk.Defaults(
                schedule.timezone(), Missed.of(schedule.missed()).orElse(Missed.RUN_ONCE));
    }
}
