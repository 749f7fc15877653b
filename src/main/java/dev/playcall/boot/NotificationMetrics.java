package dev.playcall.boot;

import dev.playcall.notify.alert.Alerts;
import dev.playcall.notify.dispatch.NotificationEngine;
import dev.playcall.notify.event.Delivery;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;

/** What became of notifications, in figures. The ledger is counted once for all of them. */
final class NotificationMetrics {
    private static final long FRESH = Duration.ofSeconds(2).toNanos();

    private final NotificationEngine notificationEngine;
    private final Alerts alerts;
    private Map<Delivery.State, Long> counts = Map.of();
    private long counted;

    NotificationMetrics(NotificationEngine notificationEngine, Alerts alerts) {
        this.notificationEngine = notificationEngine;
        this.alerts = alerts;
    }

    void measure(MeterRegistry registry) {
        for (var state : Delivery.State.values()) {
            Gauge.builder("playcall.deliveries", this, f -> f.count(state))
                    .description("Stored deliveries")
                    .tag("state", state.word())
                    .strongReference(true)
                    .register(registry);
        }
        Gauge.builder("playcall.alerts.open", alerts, a -> a.count(_ -> true))
                .description("Open alerts")
                .strongReference(true)
                .register(registry);
    }

    private synchronized double count(Delivery.State state) {
        if (counts.isEmpty() || System.nanoTime() - counted > FRESH) {
            counts = notificationEngine.counts();
            counted = System.nanoTime();
        }
        return counts.getOrDefault(state, 0L);
    }
}
