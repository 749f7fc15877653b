package dev.playcall.notify.dispatch;

import java.time.Duration;
import java.time.Instant;

/**
 * Spares a receiver that is down: after some failures in a row only one message at a time tries whether it is back, and
 * when the receiver asked for a pause nothing goes out before it is over. Used by one thread at a time.
 */
final class CircuitBreaker {
    /** So many messages at a time no receiver minds. */
    static final int USUAL = 4;

    private static final int FAILURES = 5;
    private static final int BURST = 8;
    private static final int MOST = 10_000;
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private int failures;
    /** Delivered in a row. */
    private int streak;

    private Instant closedUntil = Instant.MIN;

    /** How many messages may be on their way now: more than a few only while it takes one after the other. */
    int room(Instant now, int most) {
        if (now.isBefore(closedUntil)) {
            return 0;
        }
        return Math.min(most, failures >= FAILURES ? 1 : USUAL + streak / USUAL);
    }

    void delivered() {
        failures = 0;
        streak = Math.min(streak + 1, MOST);
        closedUntil = Instant.MIN;
    }

    /** @param asked the pause the receiver asked for, zero for none */
    void failed(Instant now, Duration asked) {
        streak = 0;
        // Many that were on their way together say no more than a few: a moment's trouble is not answered with a
        // minute.
        if (failures < BURST || !now.isBefore(closedUntil)) {
            failures++;
        }
        var pause = asked;
        if (failures >= FAILURES) {
            var own = FIRST.multipliedBy(1L << Math.min(failures - FAILURES, 5));
            var capped = own.compareTo(LONGEST) > 0 ? LONGEST : own;
            pause = pause.compareTo(capped) > 0 ? pause : capped;
        }
        var until = now.plus(pause);
        if (until.isAfter(closedUntil)) {
            closedUntil = until;
        }
    }

    /** The clock was set. */
    void shift(Duration by) {
        if (!closedUntil.equals(Instant.MIN)) {
            closedUntil = closedUntil.plus(by);
        }
    }

    boolean isOpen() {
        return failures >= FAILURES;
    }

    Instant closedUntil() {
        return closedUntil;
    }
}
