package dev.playcall.store.schedule;

import dev.playcall.runner.queue.WorkQueue;
import dev.playcall.schedule.ScheduleStore;
import dev.playcall.schedule.ScheduleStore.Alarm;
import dev.playcall.store.sql.DueWork;
import dev.playcall.store.sql.Transactions;
import java.time.Clock;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/**
 * What is due and when.
 *
 * @param wakeUp called after a commit that made work due, so that it is looked for at once
 */
public record ScheduleStores(Alarm alarm, WorkQueue queue, Runnable wakeUp, ScheduleStore schedules) {

    /** @param notices where others on the database tell each other what is due; empty where there are none */
    public static ScheduleStores of(
            Transactions transactions, Jdbi readers, DueWork due, Optional<DataSource> notices, Clock clock) {
        var alarm = new SchedulerAlarm(transactions, transactions.joining(), clock);
        var queue = new SchedulerQueue(
                transactions, due, alarm, new WorkOffers(notices, clock), SchedulerQueue.Pace.USUAL, clock);
        return new ScheduleStores(alarm, queue, queue::wakeUp, new SqlScheduleStore(transactions, readers, alarm));
    }
}
