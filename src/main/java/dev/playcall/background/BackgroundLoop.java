package dev.playcall.background;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Work that goes on in the background from its start until it is closed, a step at a time. Whatever is thrown ends one
 * step and never the loop; {@link #health} says how it is.
 */
public final class BackgroundLoop implements AutoCloseable {
    /** After a fault, though the loop may be woken in between: what wakes it may be what makes it fail. */
    private static final Duration AFTER_FAULT = Duration.ofSeconds(2);

    /** Work that is due once an hour would otherwise be shown as failed for an hour after a short outage. */
    private static final Duration AFTER_FAULT_AT_MOST = Duration.ofMinutes(1);

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final LoopHealth health;
    private final SkippedItems skipped;
    private final Duration first;
    private final Duration every;
    private final LoopHealth.Step step;
    private final Thread thread;
    private final Semaphore news = new Semaphore(0);
    private volatile BooleanSupplier mayWork = () -> true;
    private volatile Runnable resumed = () -> {};
    private final CountDownLatch closing = new CountDownLatch(1);

    /** @param every from the end of a step to the next one, when nobody wakes it */
    public BackgroundLoop(String name, Duration every, InstantSource clock, LoopHealth.Step step) {
        this(name, Duration.ZERO, every, clock, step);
    }

    /** @param skipped what the steps skip; it is shown as a problem of the loop */
    public BackgroundLoop(
            String name, Duration every, InstantSource clock, SkippedItems skipped, LoopHealth.Step step) {
        this(name, Duration.ZERO, every, clock, skipped, step);
    }

    /** @param first from the start to the first step */
    public BackgroundLoop(String name, Duration first, Duration every, InstantSource clock, LoopHealth.Step step) {
        this(name, first, every, clock, new SkippedItems(clock), step);
    }

    private BackgroundLoop(
            String name,
            Duration first,
            Duration every,
            InstantSource clock,
            SkippedItems skipped,
            LoopHealth.Step step) {
        this.skipped = skipped;
        this.first = first;
        this.every = every;
        this.step = step;
        var pause = pause();
        this.health = new LoopHealth(name, "it is retried in " + pause.toSeconds() + " s", clock);
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::work);
    }

    private Duration pause() {
        var most = every.compareTo(AFTER_FAULT_AT_MOST) < 0 ? every : AFTER_FAULT_AT_MOST;
        return most.compareTo(AFTER_FAULT) > 0 ? most : AFTER_FAULT;
    }

    public void start() {
        thread.start();
    }

    /** Does no step while this says no, and looks again every second; to be said before the start. */
    public void onlyWhile(BooleanSupplier may) {
        mayWork = may;
    }

    /** Whether it may do a step now. */
    public boolean mayWork() {
        return mayWork.getAsBoolean();
    }

    /** What is done before the first step after those that it was not to do: others may have done them; to be said before the start. */
    public void onResume(Runnable before) {
        resumed = before;
    }

    /** Has the next step at once. */
    public void wakeUp() {
        news.release();
    }

    /** Does one step on the thread of the caller; whether it went well. */
    public boolean tick() throws InterruptedException {
        return health.guard(step);
    }

    public LoopHealth health() {
        return health;
    }

    /** What is wrong, if anything. */
    public Optional<String> problem() {
        var state = thread.getState();
        return state == Thread.State.TERMINATED && closing.getCount() > 0
                ? Optional.of("has ended")
                : health.problem().or(skipped::problem);
    }

    private void work() {
        try {
            var _ = closing.await(first.toMillis(), TimeUnit.MILLISECONDS);
            boolean paused = false;
            while (closing.getCount() > 0) {
                if (!mayWork.getAsBoolean()) {
                    paused = true;
                    var _ = closing.await(1, TimeUnit.SECONDS);
                } else if (paused ? resume() : tick()) {
                    paused = false;
                    var _ = news.tryAcquire(every.toMillis(), TimeUnit.MILLISECONDS);
                    news.drainPermits();
                } else {
                    var _ = closing.await(pause().toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean resume() throws InterruptedException {
        return health.guard(() -> {
            resumed.run();
            step.run();
        });
    }

    /** Lets the step that is being done end, for a while; not while steps fail, as with a database that does not answer. */
    @Override
    public void close() {
        closing.countDown();
        wakeUp();
        if (health.problem().isEmpty()) {
            join();
        }
        abort();
    }

    /** Interrupts the step that is being done. */
    public void abort() {
        closing.countDown();
        if (thread.isAlive()) {
            thread.interrupt();
            join();
        }
    }

    private void join() {
        try {
            if (thread.isAlive()) {
                thread.join(TIMEOUT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
