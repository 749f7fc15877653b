package dev.playcall.notify.event;

import dev.playcall.domain.format.TextFormat;
import java.time.Instant;

/**
 * Messages that are not made yet, and why.
 *
 * @param messages how many
 * @param until when the first of them is made
 */
public record PendingMessages(String receiver, String route, int messages, Why why, Instant until) {
    /** What they wait for. */
    public enum Why {
        QUIET("quiet hours"),
        STORM("many notifications, grouped into one"),
        MORE("waiting for more of the same group"),
        INTERVAL("minimum interval between messages");

        private final String words;

        Why(String words) {
            this.words = words;
        }
    }

    /** As people read it. */
    public String words() {
        return TextFormat.count(messages, "message") + " for " + receiver + " deferred until "
                + TextFormat.minute(until) + ": " + why.words;
    }

    /** As programs read it. */
    public String word() {
        return why.name().toLowerCase(java.util.Locale.ROOT);
    }
}
