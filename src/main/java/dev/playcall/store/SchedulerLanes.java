package dev.playcall.store;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.playcall.runner.Lanes;
import java.time.Duration;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Lanes on db-scheduler: one task instance a lock. */
final class SchedulerLanes implements Lanes {
    private static final Duration POLL = Duration.ofMillis(500);
    /** A lane that was made due while it was being worked on is found again by this. */
    private static final Duration SWEEP = Duration.ofSeconds(1);

    private final DataSource source;
    private final DueLanes due;
    private volatile @Nullable Scheduler scheduler;

    SchedulerLanes(DataSource source, DueLanes due) {
        this.source = source;
        this.due = due;
    }

    @Override
    public void start(Consumer<String> lane) {
        var jdbi = Jdbi.create(source);
        jdbi.useTransaction(h -> {
            due.release(h);
            due.makeWaiting(h);
        });
        var lanes = Tasks.custom(DueLanes.TASK, Void.class)
                .onFailureReschedule(FixedDelay.of(Duration.ofSeconds(2)))
                .onDeadExecutionRevive()
                .execute((instance, _) -> {
                    lane.accept(instance.getId());
                    return new CompletionHandler.OnCompleteRemove<>();
                });
        var sweep = Tasks.recurring("lane-sweep", FixedDelay.of(SWEEP)).execute((_, _) -> {
            jdbi.useTransaction(due::makeWaiting);
            nudge();
        });
        var started = Scheduler.create(source, lanes)
                .startTasks(sweep)
                .threads(3)
                .pollingInterval(POLL)
                .heartbeatInterval(Duration.ofSeconds(10))
                .missedHeartbeatsLimit(4)
                .shutdownMaxWait(Duration.ofSeconds(5))
                .enableImmediateExecution()
                .build();
        started.start();
        scheduler = started;
    }

    @Override
    public void wake(String lock) {
        Jdbi.create(source).useHandle(h -> due.make(h, lock));
        nudge();
    }

    /** Looks for due work now instead of at the next poll. */
    void nudge() {
        var running = scheduler;
        if (running != null) {
            running.triggerCheckForDueExecutions();
        }
    }

    @Override
    public void close() {
        var running = scheduler;
        scheduler = null;
        if (running != null) {
            running.stop();
        }
    }
}
