package dev.playcall.store;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Makes locks due inside the transaction that queued or ended a run, by writing the scheduler's own row: so a run and its
 * wake-up are either both there or both not.
 */
final class DueLanes {
    static final String TASK = "playbook-lane";

    private final Clock clock;

    DueLanes(Clock clock) {
        this.clock = clock;
    }

    void make(Handle handle, String lock) {
        handle.createUpdate("""
                        insert into scheduled_tasks
                          (task_name, task_instance, execution_time, picked, consecutive_failures, version, priority)
                        values (:task, :lock, :now, false, 0, 1, 0)
                        on conflict (task_name, task_instance) do nothing""")
                .bind("task", TASK)
                .bind("lock", lock)
                .bind("now", Timestamp.from(clock.instant()))
                .execute();
    }

    /** Every lock that has work and is free: after an end, because slots are shared by all locks. */
    List<String> makeWaiting(Handle handle) {
        var locks = handle.createQuery("""
                        select lock_name from run w
                        where state = 'queued'
                          and not exists (select 1 from run a where a.state = 'running' and a.lock_name = w.lock_name)
                        group by lock_name order by min(id) limit 100""").mapTo(String.class).list();
        locks.forEach(lock -> make(handle, lock));
        return locks;
    }

    /** Forgets who was working on what: at the start of the only process nobody is. */
    void release(Handle handle) {
        handle.execute("update scheduled_tasks set picked = false, picked_by = null, last_heartbeat = null"
                + " where picked = true");
    }
}
