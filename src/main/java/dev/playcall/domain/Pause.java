package dev.playcall.domain;

import dev.playcall.domain.name.Person;
import java.time.Duration;
import java.time.Instant;

/**
 * The pause of a running run: its processes are stopped until it is resumed.
 *
 * @param reason empty when nothing was said
 */
public record Pause(Person by, String reason, Instant since) {

    /** How long it lasts by now. */
    public Duration at(Instant now) {
        return now.isBefore(since) ? Duration.ZERO : Duration.between(since, now);
    }
}
