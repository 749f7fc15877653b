package dev.playcall.notify.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.playcall.background.SkippedItems;
import dev.playcall.config.ReceiverConfig.Rate;
import dev.playcall.notify.NotificationSamples;
import dev.playcall.notify.event.Delivery;
import dev.playcall.notify.sink.Sinks;
import dev.playcall.store.Database;
import dev.playcall.testing.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is too much for a receiver waits: it is no try that failed, and a restart is no way around it. */
class DeliveryRateTest {
    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final AtomicInteger sent = new AtomicInteger();
    private Database database;
    private Dispatcher dispatcher;

    @TempDir
    private Path folder;

    @BeforeEach
    void open() {
        database = Database.open("jdbc:sqlite:" + folder.resolve("n.db"), clock);
        dispatcher = courier();
    }

    private Dispatcher courier() {
        Sink sink = _ -> {
            sent.incrementAndGet();
            return new Sink.Result.Delivered("");
        };
        var rated = Sinks.rated(sink, new Rate(6, Duration.ofMinutes(1)), clock);
        return new Dispatcher(
                database.notices(),
                () -> Map.of("ops", rated),
                new RetryPolicy(Duration.ofDays(1), new Random(1)),
                () -> Duration.ofMinutes(5),
                ReceiverHealth.UNWATCHED,
                clock,
                new SkippedItems(clock));
    }

    @AfterEach
    void close() {
        dispatcher.close();
        database.close();
    }

    private void beat() {
        for (int i = 0; i < 5; i++) {
            dispatcher.tick();
            await().until(() -> database.notices().counts().getOrDefault(Delivery.State.SENDING, 0L) == 0);
        }
    }

    @Test
    void theRestWaitsAndARestartDoesNotSendItAtOnce() {
        var content = NotificationSamples.open("down", "").content();
        IntStream.range(0, 20).forEach(i -> database.notices().enqueue("ops", "t" + i, content, clock.instant()));
        await().until(() -> {
            beat();
            return sent.get() >= 6;
        });
        beat();
        assertThat(sent).hasValue(6);
        dispatcher.close();
        dispatcher = courier();
        dispatcher.remember();
        beat();
        assertThat(sent).as("what the process before sent counts").hasValue(6);
        clock.go(Duration.ofSeconds(10));
        await().until(() -> {
            beat();
            return sent.get() >= 7;
        });
        beat();
        assertThat(sent).hasValue(7);
        clock.go(Duration.ofHours(1));
        await().until(() -> {
            beat();
            return sent.get() >= 13;
        });
        assertThat(database.notices().delivery(1).orElseThrow().tries()).isEqualTo(1);
        assertThat(dispatcher.circuitOpen()).isEmpty();
    }
}
