package dev.playcall.boot;

import dev.playcall.web.http.ReadinessCheck;
import dev.playcall.web.http.ReadinessCheck.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether the clock is behind what was recorded last: then schedules, approvals and sessions are held against a wrong
 * time. A clock that goes wrong forwards cannot be told from one that is right.
 */
final class ClockCheck {
    private static final Duration TOLERATED = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final Supplier<Optional<Instant>> recorded;

    /** @param recorded the time of the newest record */
    ClockCheck(InstantSource clock, Supplier<Optional<Instant>> recorded) {
        this.clock = clock;
        this.recorded = recorded;
    }

    ReadinessCheck check() {
        return new ReadinessCheck("clock", this::look);
    }

    Optional<Problem> look() {
        var now = clock.instant();
        return recorded.get()
                .filter(r -> Duration.between(now, r).compareTo(TOLERATED) > 0)
                .map(r -> Problem.degrades("the clock was set back: it says " + now + ", and the newest record is of "
                        + r + "; schedules and time limits may be wrong until it is set right"));
    }
}
