package dev.playcall.store.schedule;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceException;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.playcall.schedule.ScheduleStore.Alarm;
import dev.playcall.store.sql.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** One execution of db-scheduler that always stands at the next time something is due: one node at a time works on it. */
final class SchedulerAlarm implements Alarm {
    private static final String TASK = "timekeeper";
    private static final String ALL = "all";
    private static final Duration AFTER_FAULT = Duration.ofSeconds(5);
    /** A clock that was put right is noticed after this time. */
    private static final Duration SWEEP = Duration.ofMinutes(1);

    private final Transactions transactions;
    private final SchedulerClient client;
    private final Clock clock;
    private volatile @Nullable Supplier<Optional<Instant>> bell;
    private volatile Runnable wakeUp = () -> {};

    SchedulerAlarm(Transactions transactions, DataSource joining, Clock clock) {
        var known = Tasks.custom(TASK, Void.class).execute((_, _) -> new CompletionHandler.OnCompleteRemove<>());
        this.client = SchedulerClient.Builder.create(joining, known).build();
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public void listen(Supplier<Optional<Instant>> rings) {
        bell = rings;
    }

    /** What to call so that due work is looked for at once. */
    void onWakeUp(Runnable wake) {
        wakeUp = wake;
    }

    void wakeUp() {
        wakeUp.run();
    }

    /** Something else may be due next. One that is at work sees to that itself when it has ended. */
    void set(Handle h) {
        var at = next(h);
        var all = new TaskInstance<Void>(TASK, ALL);
        if (!client.scheduleIfNotExists(all, at)) {
            try {
                client.reschedule(all, at);
            } catch (TaskInstanceException e) {
                // It is being executed, and its end, which comes after this transaction, looks at the table.
                return;
            }
        }
    }

    private Instant next(Handle h) {
        var latest = clock.instant().plus(SWEEP);
        return SqlScheduleStore.nextDue(h).filter(latest::isAfter).orElse(latest);
    }

    CustomTask<Void> task() {
        return Tasks.custom(TASK, Void.class)
                .onFailureReschedule(FixedDelay.of(AFTER_FAULT))
                .onDeadExecutionRevive()
                .execute((_, _) -> {
                    var rings = bell;
                    var wanted = rings == null ? Optional.<Instant>empty() : rings.get();
                    return (done, operations) -> transactions.run(h -> {
                        var table = next(h);
                        var at = wanted.filter(w -> table.isBefore(clock.instant()) || w.isBefore(table))
                                .orElse(table);
                        operations.reschedule(
                                done, rings == null ? clock.instant().plus(AFTER_FAULT) : at);
                    });
                });
    }
}
