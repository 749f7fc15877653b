package dev.playcall.notify;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something that nobody is to be told of for a time.
 *
 * @param matchers conditions as in routes; every one has to hold
 * @param channel where it was said
 * @param until when it ends by itself
 * @param hidden how many messages it kept back so far
 */
public record Mute(
        long id,
        List<String> matchers,
        String reason,
        String by,
        String channel,
        Instant at,
        Optional<Instant> until,
        int hidden) {
    public Mute {
        matchers = List.copyOf(matchers);
    }

    /** What is muted, in words. */
    public String what() {
        return String.join(", ", matchers);
    }
}
