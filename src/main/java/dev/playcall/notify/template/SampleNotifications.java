package dev.playcall.notify.template;

import dev.playcall.notify.event.Notification.Content;
import dev.playcall.notify.event.Notification.Item;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.Severity;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Messages that templates are tried with before there is anything to tell. */
public final class SampleNotifications {
    private static final Instant AT = Instant.parse("2026-01-31T03:00:00Z");

    private SampleNotifications() {}

    static Content full() {
        return one(
                Severity.ERROR,
                new TreeMap<>(Map.of("environment", "production", "event", "run.failed", "instance", "web-1")));
    }

    /** One notice with these labels, as it would be told. */
    public static Content one(Severity severity, SortedMap<String, String> labels) {
        return new Content(
                false, severity, 1, 0, 0, labels, List.of(item(NotificationEvent.Status.OPEN, severity, labels)));
    }

    private static Item item(NotificationEvent.Status status, Severity severity, SortedMap<String, String> labels) {
        return new Item(
                status,
                severity,
                labels.getOrDefault("event", "alert"),
                "#7 deploy → production failed: web-1",
                "web-1: copy files: No space left on device",
                "https://playcall.example.org/runs/7",
                AT,
                labels);
    }

    /** Something of every kind. */
    static List<Content> all() {
        var none = new TreeMap<String, String>();
        var bare = new Item(NotificationEvent.Status.EVENT, Severity.INFO, "notice", "x", "", "", AT, none);
        return List.of(
                full(),
                one(Severity.CRITICAL, none),
                new Content(true, Severity.INFO, 0, 0, 1, none, List.of(bare)),
                new Content(
                        false,
                        Severity.INFO,
                        0,
                        1,
                        0,
                        none,
                        List.of(item(NotificationEvent.Status.RESOLVED, Severity.ERROR, none))),
                new Content(false, Severity.WARNING, 300, 20, 10, none, Collections.nCopies(Content.MOST_ITEMS, bare)));
    }
}
