package dev.playcall.notify;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Messages to tell, for tests. */
public final class Parcels {
    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private Parcels() {}

    public static Parcel.Item item(Notice.Status status, Severity severity, String title, String text, String link) {
        var labels = new TreeMap<>(Map.of("environment", "production", "severity", severity.word(), "team", "db"));
        return new Parcel.Item(status, severity, "run.failed", title, text, link, NOW, labels);
    }

    public static Parcel.Content content(Parcel.Item... items) {
        var all = List.of(items);
        var worst =
                all.stream().map(Parcel.Item::severity).max(Severity::compareTo).orElse(Severity.INFO);
        return new Parcel.Content(
                false,
                worst,
                count(all, Notice.Status.OPEN),
                count(all, Notice.Status.RESOLVED),
                count(all, Notice.Status.EVENT),
                new TreeMap<>(Map.of("environment", "production")),
                all);
    }

    private static int count(List<Parcel.Item> items, Notice.Status status) {
        return (int) items.stream().filter(i -> i.status() == status).count();
    }

    public static Parcel of(long id, Optional<String> earlier, Parcel.Content content) {
        return new Parcel(id, "ops", "group/1", earlier, earlier.isEmpty(), 0, NOW, false, content);
    }

    public static Parcel of(Parcel.Content content) {
        return of(7, Optional.empty(), content);
    }

    public static Parcel open(String title, String text) {
        return of(content(item(Notice.Status.OPEN, Severity.ERROR, title, text, "https://page.example.org/runs/7")));
    }
}
