package dev.playcall.notify.dispatch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Notices that the clock was set: it went further, or less far, than time did. */
final class ClockShiftDetector {
    private static final Duration LEAP = Duration.ofSeconds(5);

    private final Clock clock;
    private final LongSupplier nanos;
    private Instant wall;
    private long time;

    public ClockShiftDetector(Clock clock, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
        this.wall = clock.instant();
        this.time = nanos.getAsLong();
    }

    /** By how much it was set since this was last asked, when that is more than a moment. */
    public Optional<Duration> since() {
        var now = clock.instant();
        long then = nanos.getAsLong();
        var leap = Duration.between(wall, now).minusNanos(then - time);
        wall = now;
        time = then;
        return leap.abs().compareTo(LEAP) > 0 ? Optional.of(leap) : Optional.empty();
    }
}
