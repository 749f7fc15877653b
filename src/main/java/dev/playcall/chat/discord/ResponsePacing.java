package dev.playcall.chat.discord;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Lets answers out one after the other: Discord bears about fifty calls a second from one bot. */
final class ResponsePacing {
    private static final long GAP = Duration.ofMillis(25).toNanos();

    private final AtomicLong next = new AtomicLong(System.nanoTime());

    /** Returns when it is the caller's turn. */
    void turn() {
        long now = System.nanoTime();
        long mine = Math.max(next.getAndUpdate(n -> Math.max(n, now) + GAP), now);
        while (mine - System.nanoTime() > 0) {
            LockSupport.parkNanos(mine - System.nanoTime());
        }
    }
}
