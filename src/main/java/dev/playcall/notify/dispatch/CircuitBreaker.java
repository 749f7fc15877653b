package dev.playcall.notify.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Spares a receiver that is down: after some failures in a row only one message at a time tries whether it is back, at
 * first soon and then with growing pauses. A pause that the receiver asked for holds instead of ours, until it is over.
 * Used by one thread at a time.
 */
final class CircuitBreaker {
    private static final int FAILURES = 5;
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int MOST_DOUBLED = 7;

    private final RandomGenerator random;
    private int failures;
    private Instant probeAt = Instant.MIN;
    private Instant askedUntil = Instant.MIN;
    private Optional<Instant> failingSince = Optional.empty();
    private Optional<Instant> rejectingSince = Optional.empty();

    /** @param random shortens each of our own pauses by up to a quarter */
    CircuitBreaker(RandomGenerator random) {
        this.random = random;
    }

    /** How many messages may be on their way now, of those that would be if it were well. */
    int capacity(Instant now, int most) {
        if (now.isBefore(closedUntil())) {
            return 0;
        }
        return isOpen() ? Math.min(most, 1) : most;
    }

    /** Whether it had been spared, so that what waits for it can go out now. */
    boolean delivered() {
        boolean wasOpen = isOpen();
        forgive();
        return wasOpen;
    }

    /** What failed says nothing about the receiver. */
    void forgive() {
        failures = 0;
        probeAt = Instant.MIN;
        failingSince = Optional.empty();
        rejectingSince = Optional.empty();
    }

    /** It could not take it now, and perhaps said after what pause it can. */
    void failed(Instant now, Optional<Duration> asked) {
        rejectingSince = Optional.empty();
        failingSince = failingSince.or(() -> Optional.of(now));
        var pause = asked.filter(Duration::isPositive).map(RetryPolicy::capped);
        if (pause.isPresent()) {
            failures = Math.max(failures, Math.min(failures + 1, FAILURES));
            askedUntil = later(askedUntil, now.plus(pause.get()));
            probeAt = Instant.MIN;
        } else {
            count(now);
        }
    }

    /** It refused in a way that usually does not change. */
    void rejected(Instant now) {
        rejectingSince = rejectingSince.or(() -> Optional.of(now));
        failingSince = failingSince.or(() -> Optional.of(now));
        count(now);
    }

    /** Those that were on their way together say no more than one. */
    private void count(Instant now) {
        if (now.isBefore(closedUntil())) {
            return;
        }
        failures++;
        if (isOpen()) {
            probeAt = now.plus(pause(failures - FAILURES));
        }
    }

    private Duration pause(int failedProbes) {
        var whole = FIRST.multipliedBy(1L << Math.min(failedProbes, MOST_DOUBLED));
        long most = Math.min(whole.toMillis(), LONGEST.toMillis());
        return Duration.ofMillis(most - random.nextLong(most / 4));
    }

    /** The clock was set. */
    void shift(Duration by) {
        probeAt = shifted(probeAt, by);
        askedUntil = shifted(askedUntil, by);
        failingSince = failingSince.map(t -> t.plus(by));
        rejectingSince = rejectingSince.map(t -> t.plus(by));
    }

    private static Instant shifted(Instant time, Duration by) {
        return time.equals(Instant.MIN) ? time : time.plus(by);
    }

    boolean isOpen() {
        return failures >= FAILURES;
    }

    /** Nothing goes out before. */
    Instant closedUntil() {
        return later(probeAt, askedUntil);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    /** Since when nothing arrived; empty while it takes what it is sent, or once it may have. */
    Optional<Instant> failingSince() {
        return failingSince;
    }

    /** Since when everything is refused in a way that usually does not change. */
    Optional<Instant> rejectingSince() {
        return rejectingSince;
    }
}
