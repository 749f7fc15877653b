package dev.playcall.rehearsal.discord;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** The server's clock, which tests may put forward, and the ids that are made from it. */
final class Pulse {
    private static final long EPOCH = 1_420_070_400_000L;
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final AtomicLong counter = new AtomicLong();
    private final AtomicLong last = new AtomicLong();

    Instant now() {
        return Instant.now().plus(ahead.get());
    }

    void forward(Duration by) {
        ahead.updateAndGet(a -> a.plus(by));
    }

    /** Ids grow with time, also inside one millisecond. */
    String id() {
        var fresh = ((now().toEpochMilli() - EPOCH) << 22) + (counter.incrementAndGet() & 0xFFF);
        return Long.toString(last.updateAndGet(before -> Math.max(before + 1, fresh)));
    }
}
