package dev.playcall.background;

import dev.playcall.domain.format.TextFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How work is that is done again and again: when it last went well, since when it fails, and why. A fault is logged when
 * it is a new one, not each time it comes.
 */
public final class LoopHealth {
    private static final Logger log = LoggerFactory.getLogger(LoopHealth.class);
    /** A fault that comes and goes is logged again after this time at the earliest. */
    private static final Duration LOGGED_AGAIN = Duration.ofMinutes(10);

    private static final int KINDS = 50;
    /** No step takes this long unless it is stuck. */
    private static final Duration STUCK = Duration.ofMinutes(10);

    private final String name;
    private final String next;
    private final InstantSource clock;
    private final Map<String, Instant> logged = new LinkedHashMap<>();
    private volatile State state = new State(null, null, "");
    private volatile @Nullable Instant stepSince;

    private record State(@Nullable Instant lastOk, @Nullable Instant failingSince, String error) {}

    /** One step of the work. */
    @FunctionalInterface
    public interface Step {
        void run() throws InterruptedException;
    }

    /** @param next what happens after a fault, for the log: {@code it is retried in 2 s} */
    public LoopHealth(String name, String next, InstantSource clock) {
        this.name = name;
        this.next = next;
        this.clock = clock;
    }

    public String name() {
        return name;
    }

    /** When a step last went well. */
    public Optional<Instant> lastOk() {
        return Optional.ofNullable(state.lastOk());
    }

    /** Since when none goes well, should that be so. */
    public Optional<Instant> failingSince() {
        return Optional.ofNullable(state.failingSince());
    }

    /** What is wrong now, in one line. */
    public Optional<String> problem() {
        var now = state;
        if (now.failingSince() != null) {
            return Optional.of(
                    "has failed since " + TextFormat.second(now.failingSince()) + ": " + now.error() + "; " + next);
        }
        var since = stepSince;
        return since == null || Duration.between(since, clock.instant()).compareTo(STUCK) < 0
                ? Optional.empty()
                : Optional.of("has been busy with one step since " + TextFormat.second(since));
    }

    /**
     * Does one step. Whatever is thrown, an {@link Error} too, ends the step and nothing else: without memory a step may
     * fail and the next one go well, and whoever wants the process to end then tells the JVM ({@code
     * -XX:+ExitOnOutOfMemoryError}).
     *
     * @return whether it went well
     */
    public boolean guard(Step step) throws InterruptedException {
        stepSince = clock.instant();
        try {
            step.run();
            ok();
            return true;
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable e) {
            failed(e);
            return false;
        } finally {
            stepSince = null;
        }
    }

    private synchronized void ok() {
        var before = state;
        state = new State(clock.instant(), null, "");
        if (before.failingSince() != null) {
            log.info("{} works again; it was failing since {}", name, TextFormat.second(before.failingSince()));
        }
    }

    /** Without memory not even this may be possible. */
    @SuppressWarnings("EmptyCatch")
    public synchronized void failed(Throwable fault) {
        try {
            var now = seconds(clock.instant());
            var before = state;
            var why = Faults.isDiskFull(fault) ? "the disk is full (" + Faults.reason(fault) + ")" : reason(fault);
            state = new State(before.lastOk(), before.failingSince() == null ? now : before.failingSince(), why);
            if (isNew(fault.getClass().getName() + why, now)) {
                log(fault, why);
            }
        } catch (Throwable e) {
            // The state before says enough: the next step is tried all the same.
        }
    }

    private static String reason(Throwable fault) {
        var why = Faults.reason(fault);
        return Faults.isOutside(fault) || why.equals(fault.getClass().getSimpleName())
                ? why
                : fault.getClass().getSimpleName() + ": " + why;
    }

    private boolean isNew(String kind, Instant now) {
        var last = logged.get(kind);
        if (last != null && last.plus(LOGGED_AGAIN).isAfter(now)) {
            return false;
        }
        if (last == null && logged.size() >= KINDS) {
            logged.clear();
        }
        logged.put(kind, now);
        return true;
    }

    private void log(Throwable fault, String why) {
        if (Faults.isOutside(fault)) {
            log.error("{} failed: {}; {}", name, why, next);
        } else {
            log.error("{} failed: {}; {}", name, why, next, fault);
        }
    }

    private static Instant seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS);
    }
}
