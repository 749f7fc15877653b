package dev.playcall.notify.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** When a delivery that failed is tried again: full jitter, doubling from one second to ten minutes, for a day. */
final class RetryPolicy {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration LONGEST_REJECTED = Duration.ofSeconds(30);
    private static final Duration MOST_ASKED = Duration.ofMinutes(15);

    private final Duration total;
    private final RandomGenerator random;

    /** @param total after which a delivery is dead */
    public RetryPolicy(Duration total, RandomGenerator random) {
        this.total = total;
        this.random = random;
    }

    Duration total() {
        return total;
    }

    RandomGenerator random() {
        return random;
    }

    /** When to try again; empty when it is not worth it any more. What the receiver asked for wins, within reason. */
    Optional<Instant> next(int tries, Instant createdAt, Instant now, Optional<Duration> asked) {
        if (!now.isBefore(createdAt.plus(total))) {
            return Optional.empty();
        }
        return Optional.of(now.plus(
                asked.filter(Duration::isPositive).map(RetryPolicy::capped).orElseGet(() -> pause(tries))));
    }

    /** The pause after a message was rejected so often. */
    Duration afterRejection(int times) {
        return Duration.ofMillis(
                Math.min(LONGEST_REJECTED.toMillis(), FIRST.toMillis() << Math.clamp(times - 1, 0, 10)));
    }

    static Duration capped(Duration asked) {
        return asked.compareTo(MOST_ASKED) > 0 ? MOST_ASKED : asked;
    }

    private Duration pause(int tries) {
        long most = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(tries - 1, 20));
        return Duration.ofMillis(Math.max(200, random.nextLong(most + 1)));
    }
}
