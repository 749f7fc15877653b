package dev.playcall.chat.slack;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waits longer after each failure, and never as long as another who failed at the same moment. */
final class Backoff {
    private static final long FIRST = 500;
    private static final long LONGEST = 60_000;

    private final RandomGenerator random;
    private int failures;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    Duration next() {
        long most = Math.min(LONGEST, FIRST << Math.min(failures, 10));
        failures++;
        return Duration.ofMillis(most / 4 + random.nextLong(most - most / 4));
    }

    void reset() {
        failures = 0;
    }
}
