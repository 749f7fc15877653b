package dev.playcall.notify.alert;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A mute: events that match it are not sent until it ends.
 *
 * @param matchers conditions as in routes; every one has to hold
 * @param channel where it was said
 * @param until when it ends by itself
 * @param hidden how many messages it kept back so far
 */
public record Silence(
        long id,
        List<String> matchers,
        String reason,
        String by,
        String channel,
        Instant at,
        Optional<Instant> until,
        int hidden) {
    public Silence {
        matchers = List.copyOf(matchers);
    }

    /** What is muted, in words. */
    public String what() {
        return String.join(", ", matchers);
    }
}
