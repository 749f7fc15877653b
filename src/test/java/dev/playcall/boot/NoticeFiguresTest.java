package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.notify.dispatch.NotificationEngine;
import dev.playcall.notify.event.Delivery;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.Severity;
import dev.playcall.notify.routing.NotificationRules;
import dev.playcall.store.Database;
import dev.playcall.testing.NoAlerts;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoticeFiguresTest {
    @TempDir
    Path folder;

    @Test
    void everyFigureHasAValueAfterACollectionAndCountsAll() {
        try (var database = Database.open("jdbc:sqlite:" + folder.resolve("f.db"), Clock.systemUTC())) {
            var notificationEngine = new NotificationEngine(
                    database.notices(),
                    database.alerts(),
                    database.events(),
                    () -> NotificationRules.of(Optional.empty()),
                    () -> Map.of(),
                    new NotificationEngine.Texts(t -> t, ""),
                    new NotificationEngine.Timing(Clock.systemUTC(), System::nanoTime, new Random(1)));
            notificationEngine
                    .outbox()
                    .take(IntStream.range(0, 300)
                            .mapToObj(NoticeFiguresTest::open)
                            .toList());
            var registry = new SimpleMeterRegistry();
            new NotificationMetrics(notificationEngine, NoAlerts.of(database)).measure(registry);
            collect();
            for (var state : Delivery.State.values()) {
                assertThat(registry.get("playcall.deliveries")
                                .tag("state", state.word())
                                .gauge()
                                .value())
                        .as(state.word())
                        .isZero();
            }
            assertThat(registry.get("playcall.alerts.open").gauge().value()).isEqualTo(300);
        }
    }

    /** What only weak references hold is gone afterwards. */
    private static void collect() {
        var probe = new WeakReference<>(new Object());
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
            System.gc();
            return probe.get() == null;
        });
    }

    private static NotificationEvent open(int number) {
        return new NotificationEvent(
                "api",
                "k" + number,
                "s" + number,
                Clock.systemUTC().instant(),
                "notice",
                Severity.ERROR,
                NotificationEvent.Status.OPEN,
                new TreeMap<>(),
                "disk full",
                "",
                "");
    }
}
