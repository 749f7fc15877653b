package dev.playcall.notify;

import java.time.Clock;
import java.util.Comparator;
import java.util.List;

/** Turns groups whose time has come into messages for the outbox. */
final class Grouper {
    private static final int AT_ONCE = 100;

    private final NotifyStore store;
    private final Clock clock;

    Grouper(NotifyStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Tells every group that is due now; returns how many there were. */
    int tick() {
        int told = 0;
        while (true) {
            int now = store.tellDue(clock.instant(), AT_ONCE, Grouper::content);
            told += now;
            if (now < AT_ONCE) {
                return told;
            }
        }
    }

    private static Parcel.Content content(NotifyStore.Group group) {
        var items = group.items();
        var shown = items.stream()
                .sorted(Comparator.comparing((Parcel.Item i) -> i.status() == Notice.Status.RESOLVED)
                        .thenComparing(Parcel.Item::severity, Comparator.reverseOrder())
                        .thenComparing(Parcel.Item::at))
                .limit(Parcel.Content.MOST_ITEMS)
                .toList();
        var worst = items.stream()
                .filter(i -> i.status() != Notice.Status.RESOLVED)
                .map(Parcel.Item::severity)
                .max(Comparator.naturalOrder())
                .orElse(Severity.INFO);
        return new Parcel.Content(
                false,
                worst,
                count(items, Notice.Status.OPEN),
                count(items, Notice.Status.RESOLVED),
                count(items, Notice.Status.EVENT),
                group.labels(),
                shown);
    }

    private static int count(List<Parcel.Item> items, Notice.Status status) {
        return (int) items.stream().filter(i -> i.status() == status).count();
    }
}
