package dev.playcall.notify;

import dev.playcall.notify.event.Notification;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Messages to tell, for tests. */
public final class NotificationSamples {
    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private NotificationSamples() {}

    public static Notification.Item item(
            NotificationEvent.Status status, Severity severity, String title, String text, String link) {
        var labels = new TreeMap<>(Map.of("environment", "production", "severity", severity.word(), "team", "db"));
        return new Notification.Item(status, severity, "run.failed", title, text, link, NOW, labels);
    }

    public static Notification.Content content(Notification.Item... items) {
        var all = List.of(items);
        var worst = all.stream()
                .map(Notification.Item::severity)
                .max(Severity::compareTo)
                .orElse(Severity.INFO);
        return new Notification.Content(
                false,
                worst,
                count(all, NotificationEvent.Status.OPEN),
                count(all, NotificationEvent.Status.RESOLVED),
                count(all, NotificationEvent.Status.EVENT),
                new TreeMap<>(Map.of("environment", "production")),
                all);
    }

    private static int count(List<Notification.Item> items, NotificationEvent.Status status) {
        return (int) items.stream().filter(i -> i.status() == status).count();
    }

    public static Notification of(long id, Optional<String> earlier, Notification.Content content) {
        return new Notification(id, "ops", "group/1", earlier, earlier.isEmpty(), 0, NOW, false, content);
    }

    public static Notification of(Notification.Content content) {
        return of(7, Optional.empty(), content);
    }

    public static Notification open(String title, String text) {
        return of(content(
                item(NotificationEvent.Status.OPEN, Severity.ERROR, title, text, "https://page.example.org/runs/7")));
    }
}
