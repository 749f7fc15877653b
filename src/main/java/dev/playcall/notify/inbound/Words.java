package dev.playcall.notify.inbound;

import dev.playcall.notify.Notice;
import dev.playcall.notify.Severity;
import java.util.Locale;
import java.util.Optional;

/** What others say for our words. */
final class Words {
    private Words() {}

    static Optional<Severity> severity(String word) {
        return switch (word.strip().toLowerCase(Locale.ROOT)) {
            case "critical", "crit", "page", "emergency", "disaster", "fatal" -> Optional.of(Severity.CRITICAL);
            case "error", "err", "high", "major" -> Optional.of(Severity.ERROR);
            case "warning", "warn", "average", "minor", "medium" -> Optional.of(Severity.WARNING);
            case "info", "information", "none", "notice", "debug", "ok", "low" -> Optional.of(Severity.INFO);
            default -> Optional.empty();
        };
    }

    static Optional<Notice.Status> status(String word) {
        return switch (word.strip().toLowerCase(Locale.ROOT)) {
            case "open", "firing", "problem", "alerting", "triggered", "down", "active" ->
                Optional.of(Notice.Status.OPEN);
            case "resolved", "ok", "recovered", "recovery", "up", "closed", "inactive" ->
                Optional.of(Notice.Status.RESOLVED);
            case "event" -> Optional.of(Notice.Status.EVENT);
            default -> Optional.empty();
        };
    }
}
