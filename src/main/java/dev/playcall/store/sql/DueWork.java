package dev.playcall.store.sql;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.playcall.journal.node.Node;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;

/** Makes locks due inside the transaction that queued or ended a run. */
public final class DueWork {
    public static final String TASK = "playbook-lane";
    /** An end frees one place; a few are woken, because the first may be taken or unable to go on. */
    private static final int HANDFUL = 8;

    private static final int ALL = 10_000;

    private final SchedulerClient scheduler;
    private final Clock clock;

    public DueWork(DataSource joining, Clock clock) {
        // The client has to know the task's name only; the work itself is given when the lanes start.
        var known = Tasks.custom(TASK, Void.class).execute((_, _) -> new CompletionHandler.OnCompleteRemove<>());
        this.scheduler = SchedulerClient.Builder.create(joining, known).build();
        this.clock = clock;
    }

    /**
     * Counts the wake-up besides scheduling it: while the lane is being worked on its schedule exists already, and the
     * count is how the worker sees that it has to look once more.
     */
    public void make(Handle h, String lock) {
        h.createUpdate("""
                        insert into lane (lock_name, wakes) values (:lock, 1)
                        on conflict (lock_name) do update set wakes = lane.wakes + 1""").bind("lock", lock).execute();
        var now = clock.instant();
        if (!scheduler.scheduleIfNotExists(new TaskInstance<>(TASK, lock), now)
                && !Dialect.of(h).hasOneGateway()) {
            hasten(h, lock, now);
        }
    }

    /** What one gateway did not take is due later, so that others may look; what has changed since need not wait for that. */
    private static void hasten(Handle h, String lock, Instant now) {
        h.createUpdate("update scheduled_tasks set execution_time = :now, version = version + 1"
                        + " where task_name = :task and task_instance = :lock and picked = false"
                        + " and execution_time > :now")
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .bind("task", TASK)
                .bind("lock", lock)
                .execute();
    }

    /** How often this lock was made due. */
    public static long wakes(Handle h, String lock) {
        return h.createQuery("select wakes from lane where lock_name = :lock")
                .bind("lock", lock)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    /** Whether a run of this lock is queued and none works. */
    public static boolean isWaiting(Handle h, String lock) {
        return h.createQuery("select count(*) from run w where state = 'queued' and lock_name = :lock and not exists"
                                + " (select 1 from run a where a.state = 'running' and a.lock_name = w.lock_name)")
                        .bind("lock", lock)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /** Whether a run of this lock waits to which something has happened since then: it was requested, or approved. */
    public static boolean isNew(Handle h, String lock, Instant since) {
        return h.createQuery("select count(*) from run w where state = 'queued' and lock_name = :lock"
                                + " and exists (select 1 from event e where e.run = w.id and e.at >= :since)")
                        .bind("lock", lock)
                        .bind("since", since.toEpochMilli())
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /** After an end: places are shared by all locks, so any that waits may be the next. */
    public boolean makeNext(Handle h) {
        return !makeWaiting(h, HANDFUL).isEmpty();
    }

    /** Every lock that has work and is free. */
    public boolean makeAll(Handle h) {
        return !makeWaiting(h, ALL).isEmpty();
    }

    private List<String> makeWaiting(Handle h, int max) {
        var locks = h.createQuery("""
                        select lock_name from run w
                        where state = 'queued'
                          and not exists (select 1 from run a where a.state = 'running' and a.lock_name = w.lock_name)
                        group by lock_name order by min(requested_at - priority * 60000), min(id) limit :max""").bind("max", max).mapTo(String.class).list();
        locks.forEach(lock -> make(h, lock));
        return locks;
    }

    /** Forgets who was working on what, but for other nodes that are up. */
    public static void release(Handle h, String self) {
        h.createUpdate("update scheduled_tasks set picked = false, picked_by = null, last_heartbeat = null"
                        + " where picked = true and coalesce(picked_by, '') not in (select name from node"
                        + " where name <> :self and stopped = 0 and last_seen > "
                        + Dialect.of(h).now() + " - :silence)")
                .bind("self", self)
                .bind("silence", Node.DOWN_AFTER.toMillis())
                .execute();
    }
}
