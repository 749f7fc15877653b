package dev.playcall.notify.alert;

import dev.playcall.notify.event.Notification;
import java.time.Instant;
import java.util.Optional;

/**
 * An alert, open or resolved.
 *
 * @param subject its source and what it is about
 * @param item the newest notice about it
 */
public record Alert(
        long id, String subject, Notification.Item item, Notification.Standing standing, Optional<Instant> resolvedAt) {

    /** The environment that it says it is about; an empty text for none. */
    public String environment() {
        return item.labels().getOrDefault("environment", "");
    }
}
