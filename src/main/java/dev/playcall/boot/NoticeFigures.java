package dev.playcall.boot;

import dev.playcall.notify.Alerts;
import dev.playcall.notify.Delivery;
import dev.playcall.notify.Notifications;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;

/** What became of notifications, in figures. The ledger is counted once for all of them. */
final class NoticeFigures {
    private static final long FRESH = Duration.ofSeconds(2).toNanos();

    private final Notifications notifications;
    private final Alerts alerts;
    private Map<Delivery.State, Long> counts = Map.of();
    private long counted;

    NoticeFigures(Notifications notifications, Alerts alerts) {
        this.notifications = notifications;
        this.alerts = alerts;
    }

    void measure(MeterRegistry registry) {
        for (var state : Delivery.State.values()) {
            Gauge.builder("playcall.deliveries", this, f -> f.count(state))
                    .description("Messages in the ledger")
                    .tag("state", state.word())
                    .strongReference(true)
                    .register(registry);
        }
        Gauge.builder("playcall.alerts.open", alerts, a -> a.count(_ -> true))
                .description("Alerts that are open")
                .strongReference(true)
                .register(registry);
    }

    private synchronized double count(Delivery.State state) {
        if (counts.isEmpty() || System.nanoTime() - counted > FRESH) {
            counts = notifications.counts();
            counted = System.nanoTime();
        }
        return counts.getOrDefault(state, 0L);
    }
}
