package dev.playcall.notify.dispatch;

import java.time.Duration;
import java.util.Optional;

/** How fast a receiver may be told things. */
public interface ReceiverRate {
    /** As fast as it takes them. */
    ReceiverRate ANY = wanted -> wanted;

    /** Takes leave for so many messages at most; how many may go out now. */
    int take(int wanted);

    /** Leave that was not needed. */
    default void giveBack(int unused) {}

    /** How far back it looks, when it does. */
    default Optional<Duration> window() {
        return Optional.empty();
    }

    /** What was sent within that time by a process before this one. */
    default void recordSent(long messages) {}
}
