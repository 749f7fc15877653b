package dev.playcall.chat.discord;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** How much is sent at a time: answers one after the other, as Discord bears about fifty calls a second from one bot. */
final class ResponsePacing {
    private static final long GAP = Duration.ofMillis(25).toNanos();
    private static final long LONGEST_WAIT = Duration.ofSeconds(3).toNanos();
    /**
     * So many first answers are on their way at a time. All of a thousand at once would be slower than the time each
     * may take, and what ran out of time would be sent again.
     */
    private static final int FIRST_AT_ONCE = 32;

    private final AtomicLong next = new AtomicLong(System.nanoTime());
    private final Semaphore first = new Semaphore(FIRST_AT_ONCE, true);

    /** Returns when it is the caller's turn. */
    void turn() {
        long now = System.nanoTime();
        long mine = Math.max(next.getAndUpdate(n -> Math.max(n, now) + GAP), now);
        while (mine - System.nanoTime() > 0) {
            LockSupport.parkNanos(mine - System.nanoTime());
        }
    }

    /** Returns when no first answer waits, at the latest after the time one has: what is asked for can wait longer. */
    void afterFirst() {
        long end = System.nanoTime() + LONGEST_WAIT;
        while (first.hasQueuedThreads() && System.nanoTime() < end) {
            LockSupport.parkNanos(GAP);
        }
    }

    /** Sends a first answer in the order in which they came. */
    <T> T first(Supplier<T> send) {
        first.acquireUninterruptibly();
        try {
            return send.get();
        } finally {
            first.release();
        }
    }
}
