package dev.playcall.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.playcall.notify.dispatch.NotificationEngine;
import dev.playcall.notify.dispatch.Sink;
import dev.playcall.notify.event.GroupTiming;
import dev.playcall.notify.routing.NotificationRules;
import dev.playcall.notify.routing.Route;
import dev.playcall.store.Database;
import dev.playcall.testing.ManualClock;
import dev.playcall.testing.Runs;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftOutEventTest {
    private static final GroupTiming AT_ONCE = new GroupTiming(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    @TempDir
    Path folder;

    @Test
    void anEntryThatCannotBeToldIsLeftOutAfterSomeTriesAndToldAsSuch() {
        var clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
        var told = new CopyOnWriteArrayList<String>();
        var route = new Route("route", List.of(), List.of("ops"), false, List.of("run"), AT_ONCE, List.of());
        try (var database = Database.open("jdbc:sqlite:" + folder.resolve("n.db"), clock);
                var engine = new NotificationEngine(
                        database.notices(),
                        database.alerts(),
                        database.events(),
                        () -> NotificationRules.of(Optional.of(route)),
                        () -> Map.of("ops", n -> {
                            n.content().items().forEach(i -> told.add(i.title()));
                            return new Sink.Result.Delivered("ref");
                        }),
                        new NotificationEngine.Texts(LeftOutEventTest::redact, ""),
                        new NotificationEngine.Timing(clock, () -> clock.millis() * 1_000_000, new Random(7)))) {
            database.events().create(Runs.asked(Runs.version("poison")), clock.instant());
            database.events().create(Runs.asked(Runs.version("v2")), clock.instant());
            for (int tries = 1; tries < 5; tries++) {
                assertThatThrownBy(engine::tick).hasMessage("this title cannot be read");
            }
            assertThat(told).isEmpty();
            await().until(() -> {
                engine.tick();
                return told.size() == 2;
            });
            assertThat(told)
                    .anySatisfy(t -> assertThat(t).contains("An event of #1 could not be reported"))
                    .anySatisfy(t -> assertThat(t).contains("v2"));
            assertThat(engine.loop().problem())
                    .hasValueSatisfying(p -> assertThat(p)
                            .contains("skipped entry 1 of the journal (#1)", "5 tries: this title cannot be read"));
        }
    }

    private static String redact(String text) {
        if (text.contains("poison")) {
            throw new IllegalStateException("this title cannot be read");
        }
        return text;
    }
}
