package dev.playcall.notify.dispatch;

import java.util.HashMap;
import java.util.Map;

/**
 * Messages that a receiver rejected and that will be tried again: tells one that is bad by itself from a receiver that
 * takes none at all. Used by one thread at a time.
 */
final class RejectedMessages {
    /** A message that others overtook is bad when it was rejected so often; with the pauses between that takes 15 s. */
    private static final int TRIES = 5;

    private final Map<Long, Rejection> waiting = new HashMap<>();
    private long delivered;

    /** @param deliveredBefore how many others had arrived when it was rejected for the first time */
    private record Rejection(int times, long deliveredBefore) {}

    void delivered(long message) {
        delivered++;
        waiting.remove(message);
    }

    /** Whether it is this message that is bad; how often it was rejected is what {@link #times} says. */
    boolean rejected(long message) {
        var rejection = waiting.merge(
                message,
                new Rejection(1, delivered),
                (before, _) -> new Rejection(before.times() + 1, before.deliveredBefore()));
        boolean bad = rejection.times() >= TRIES && delivered > rejection.deliveredBefore();
        if (bad) {
            waiting.remove(message);
        }
        return bad;
    }

    int times(long message) {
        var rejection = waiting.get(message);
        return rejection == null ? 0 : rejection.times();
    }

    void clear() {
        waiting.clear();
    }
}
