package dev.playcall.notify.inbound;

import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.Severity;
import java.util.Locale;
import java.util.Optional;

/** What others say for our words. */
final class InboundText {
    private InboundText() {}

    static Optional<Severity> severity(String word) {
        return switch (word.strip().toLowerCase(Locale.ROOT)) {
            case "critical", "crit", "page", "emergency", "disaster", "fatal" -> Optional.of(Severity.CRITICAL);
            case "error", "err", "high", "major" -> Optional.of(Severity.ERROR);
            case "warning", "warn", "average", "minor", "medium" -> Optional.of(Severity.WARNING);
            case "info", "information", "none", "notice", "debug", "ok", "low" -> Optional.of(Severity.INFO);
            default -> Optional.empty();
        };
    }

    static Optional<NotificationEvent.Status> status(String word) {
        return switch (word.strip().toLowerCase(Locale.ROOT)) {
            case "open", "firing", "problem", "alerting", "triggered", "down", "active" ->
                Optional.of(NotificationEvent.Status.OPEN);
            case "resolved", "ok", "recovered", "recovery", "up", "closed", "inactive" ->
                Optional.of(NotificationEvent.Status.RESOLVED);
            case "event" -> Optional.of(NotificationEvent.Status.EVENT);
            default -> Optional.empty();
        };
    }
}
