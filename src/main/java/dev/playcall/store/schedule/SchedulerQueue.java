package dev.playcall.store.schedule;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.playcall.background.BackgroundLoop;
import dev.playcall.runner.queue.WorkQueue;
import dev.playcall.store.sql.DueWork;
import dev.playcall.store.sql.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Lanes on db-scheduler: one task instance a lock. */
final class SchedulerQueue implements WorkQueue {
    private static final int THREADS = 3;

    /**
     * How often it looks.
     *
     * @param poll for what has become due
     * @param sweep for what waits and is not due; nothing is known to need it, it is there for the wake-up that nobody thought of
     * @param again when what was not taken here is due again, at the soonest; others have been told of it
     */
    record Pace(Duration poll, Duration sweep, Duration again) {
        static final Pace USUAL = new Pace(Duration.ofMillis(500), Duration.ofSeconds(5), Duration.ofMillis(600));
    }

    /** A single gateway frees at its start what it had when it was killed. */
    private static final Duration OF_ONE = Duration.ofSeconds(10);

    /** What another gateway had when it was killed is given up after so many of them. */
    private static final Duration OF_SEVERAL = Duration.ofSeconds(2);

    private static final int MISSED = 4;

    /** For so long others are told of what has begun to wait: those with a free place have looked by then. */
    private static final Duration NEW = Duration.ofSeconds(2);

    private static final Duration AFTER_FAULT = Duration.ofSeconds(2);

    private final Transactions transactions;
    private final DueWork due;
    private final SchedulerAlarm alarm;
    private final WorkOffers offers;
    private final Pace pace;
    private final Clock clock;
    private final BackgroundLoop sweeps;
    private volatile @Nullable Scheduler scheduler;
    private volatile @Nullable Instant looked;
    private volatile boolean shared;

    SchedulerQueue(
            Transactions transactions, DueWork due, SchedulerAlarm alarm, WorkOffers offers, Pace pace, Clock clock) {
        this.transactions = transactions;
        this.due = due;
        this.alarm = alarm;
        this.offers = offers;
        this.pace = pace;
        this.clock = clock;
        this.sweeps = new BackgroundLoop("queue", pace.sweep(), clock, this::look);
    }

    @Override
    public void share() {
        shared = true;
    }

    @Override
    public void start(String node, Consumer<String> worker) {
        transactions.run(h -> {
            DueWork.release(h, node);
            h.execute("delete from scheduled_tasks where task_name = 'lane-sweep'"); // of earlier versions
            due.makeAll(h);
            alarm.set(h);
        });
        var started = Scheduler.create(transactions.joining(), queueTask(worker), alarm.task())
                .schedulerName(new SchedulerName.Fixed(node))
                .threads(THREADS)
                .executorService(workers())
                .pollingInterval(shared ? between(pace.poll().dividedBy(2), pace.poll()) : pace.poll())
                .heartbeatInterval(shared ? OF_SEVERAL : OF_ONE)
                .missedHeartbeatsLimit(MISSED)
                // Whoever works says what went wrong, and once.
                .failureLogging(LogLevel.DEBUG, false)
                .shutdownMaxWait(Duration.ofSeconds(5))
                .clock(clock::instant)
                .build();
        looked = clock.instant();
        started.start();
        scheduler = started;
        alarm.onWakeUp(this::wakeUp);
        if (shared) {
            offers.start(node, worker);
        }
        sweeps.start();
    }

    /** What db-scheduler cannot do, as with a full disk, ends its thread: it is told like any other fault. */
    private ExecutorService workers() {
        return Executors.newFixedThreadPool(
                THREADS,
                Thread.ofPlatform()
                        .daemon()
                        .name("queue-", 0)
                        .uncaughtExceptionHandler((_, e) -> sweeps.health().failed(e))
                        .factory());
    }

    private CustomTask<Void> queueTask(Consumer<String> worker) {
        return Tasks.custom(DueWork.TASK, Void.class)
                .onFailureReschedule(FixedDelay.of(AFTER_FAULT))
                .onDeadExecutionRevive()
                .execute((instance, _) -> {
                    var lock = instance.getId();
                    long seen = transactions.in(h -> DueWork.wakes(h, lock));
                    worker.accept(lock);
                    return again(lock, seen);
                });
    }

    /** Removes the lane, unless it was made due again since the worker looked: decided where nobody can come between. */
    private CompletionHandler<Void> again(String lock, long seen) {
        return (done, operations) -> {
            boolean again = transactions.in(h -> {
                boolean forOthers = isForOthers(h, lock);
                if (forOthers && DueWork.isNew(h, lock, clock.instant().minus(NEW))) {
                    offers.offer(h, lock);
                }
                return end(done, operations, DueWork.wakes(h, lock) != seen, forOthers);
            });
            if (again) {
                wakeUp();
            }
        };
    }

    /** Whether something waits that was not taken here, and another node may take. */
    private boolean isForOthers(Handle h, String lock) {
        return shared && DueWork.isWaiting(h, lock);
    }

    private boolean end(
            ExecutionComplete done, ExecutionOperations<Void> operations, boolean dueAgain, boolean forOthers) {
        if (dueAgain) {
            operations.reschedule(done, clock.instant());
        } else if (forOthers) {
            operations.reschedule(
                    done,
                    clock.instant().plus(between(pace.again(), pace.again().plus(pace.poll()))));
        } else {
            operations.remove();
        }
        return dueAgain;
    }

    /**
     * By chance: of nodes that look in the same rhythm the same busy one might always be the first to look, and a free one
     * never.
     */
    private static Duration between(Duration least, Duration most) {
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(least.toMillis(), most.toMillis()));
    }

    private void look() {
        if (transactions.in(due::makeAll)) {
            wakeUp();
        }
        looked = clock.instant();
    }

    @Override
    public Optional<String> problem() {
        return sweeps.problem();
    }

    @Override
    public Optional<Instant> looked() {
        return Optional.ofNullable(looked);
    }

    @Override
    public void wake(String lock) {
        transactions.run(h -> due.make(h, lock));
        wakeUp();
    }

    /** Looks for due work now instead of at the next poll. */
    public void wakeUp() {
        var running = scheduler;
        if (running != null) {
            running.triggerCheckForDueExecutions();
        }
    }

    @Override
    public void close() {
        var running = scheduler;
        scheduler = null;
        looked = null;
        offers.close();
        sweeps.close();
        if (running != null) {
            running.stop();
        }
    }
}
