package dev.playcall.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.playcall.config.RouteOptions;
import dev.playcall.notify.alert.AlertStore;
import dev.playcall.notify.dispatch.NotificationEngine;
import dev.playcall.notify.dispatch.Sink;
import dev.playcall.notify.dispatch.Sink.ReceiverRate;
import dev.playcall.notify.event.Notification;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.NotifyStore;
import dev.playcall.notify.event.Severity;
import dev.playcall.notify.routing.NotificationRules;
import dev.playcall.notify.routing.Route;
import dev.playcall.store.Database;
import dev.playcall.testing.Faulty;
import dev.playcall.testing.ManualClock;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One group, receiver or escalation that cannot be handled does not hold up the others for long, and is shown. */
class SkippedNotificationsTest {
    private static final Duration ESCALATED = Duration.ofMinutes(10);

    @TempDir
    private Path folder;

    private final ManualClock clock = new ManualClock(NotifyFixture.T);
    private final List<String> told = new CopyOnWriteArrayList<>();
    private Database database;
    private NotificationEngine engine;
    private String url;

    @BeforeEach
    void open() {
        url = "jdbc:sqlite:" + folder.resolve("n.db");
        database = Database.open(url, clock);
        start(database.notices(), database.alerts(), this::take);
    }

    @AfterEach
    void close() {
        engine.close();
        database.close();
    }

    private void start(NotifyStore notices, AlertStore alerts, Sink first) {
        var options = new RouteOptions(
                false, Optional.empty(), 0, List.of(new RouteOptions.Step(ESCALATED, List.of("night"))), List.of());
        var route = new Route(
                "route", List.of(), List.of("a", "b"), false, List.of("host"), NotifyFixture.QUICK, options, List.of());
        engine = new NotificationEngine(
                notices,
                alerts,
                database.events(),
                () -> NotificationRules.of(Optional.of(route)),
                () -> Map.of("a", first, "b", this::take, "night", this::take),
                new NotificationEngine.Texts(t -> t, ""),
                new NotificationEngine.Timing(clock, () -> clock.millis() * 1_000_000, new Random(7)));
    }

    private Sink.Result take(Notification notification) {
        notification.content().items().forEach(i -> told.add(notification.receiver() + ": " + i.title()));
        return new Sink.Result.Delivered("ref");
    }

    private void opens(String host) {
        engine.outbox()
                .take(List.of(new NotificationEvent(
                        "am",
                        host,
                        host,
                        clock.instant(),
                        "alert",
                        Severity.ERROR,
                        NotificationEvent.Status.OPEN,
                        new TreeMap<>(Map.of("host", host)),
                        host + " is broken",
                        "",
                        "")));
    }

    /** As its loop does. */
    private void beat() {
        try {
            engine.loop().tick();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void beatUntilTold(String... titles) {
        await().until(() -> {
            beat();
            return told.containsAll(List.of(titles));
        });
    }

    @Test
    void aGroupThatCannotBeHandledIsSkippedAndItsReceiverIsTold() {
        var notices = Faulty.of(NotifyStore.class, database.notices(), (method, values) -> {
            int decider = values.length - 1;
            if (method.equals("deliver")) {
                var real = (NotifyStore.Decider) values[decider];
                values[decider] = (NotifyStore.Decider) batch -> failAtPoison(real.decide(batch));
            }
        });
        start(notices, database.alerts(), this::take);
        opens("poison");
        opens("web-1");
        beatUntilTold("a: web-1 is broken", "b: web-1 is broken");
        beatUntilTold("a: 1 notification could not be sent", "b: 1 notification could not be sent");
        assertThat(engine.loop().problem())
                .hasValueSatisfying(p -> assertThat(p)
                        .contains("skipped notifications of group", "after 5 tries: poison", "and 1 more"));
        opens("web-2");
        beatUntilTold("a: web-2 is broken");
        assertThat(told).noneMatch(t -> t.contains("poison"));
    }

    private static List<NotifyStore.Decision> failAtPoison(List<NotifyStore.Decision> verdicts) {
        if (verdicts.stream()
                .anyMatch(v -> v instanceof NotifyStore.Decision.Send say
                        && say.group().labels().containsValue("poison"))) {
            throw new StackOverflowError("poison");
        }
        return verdicts;
    }

    @Test
    void aReceiverThatCannotBeHandledHoldsUpNoOther() {
        start(database.notices(), database.alerts(), new Sink() {
            @Override
            public Result deliver(Notification notification) {
                return take(notification);
            }

            @Override
            public ReceiverRate pace() {
                throw new IllegalStateException("no rate");
            }
        });
        opens("web-1");
        beatUntilTold("b: web-1 is broken");
        for (int n = 0; n < 10; n++) {
            beat();
        }
        assertThat(engine.loop().health().failingSince()).isEmpty();
        assertThat(engine.loop().problem())
                .hasValueSatisfying(p -> assertThat(p).startsWith("skipped deliveries to a at"));
        opens("web-2");
        beatUntilTold("b: web-2 is broken");
    }

    @Test
    void anEscalationThatCannotBeHandledHoldsUpNoOther() {
        var alerts = Faulty.of(AlertStore.class, database.alerts(), (method, values) -> {
            if (method.equals("escalate")
                    && ((AlertStore.EscalationStep) values[0]).alert().subject().contains("poison")) {
                throw new IllegalStateException("poison");
            }
        });
        start(database.notices(), alerts, this::take);
        opens("poison");
        opens("web-1");
        beat();
        clock.go(ESCALATED);
        beatUntilTold("night: web-1 is broken");
        await().until(() -> {
            beat();
            return engine.loop()
                    .problem()
                    .filter(p -> p.contains("skipped the escalation of alert"))
                    .isPresent();
        });
    }

    @Test
    void aDamagedRecordIsToldAsSuchAndKeepsNoOtherFromBeingRead() throws SQLException {
        opens("poison");
        opens("web-1");
        try (var raw = DriverManager.getConnection(url);
                var change = raw.createStatement()) {
            for (var table : List.of("notice_member", "alert")) {
                change.executeUpdate("update " + table + " set body = '{' where subject = 'am/poison'");
            }
        }
        beatUntilTold("a: web-1 is broken", "b: web-1 is broken", "a: A notification cannot be read");
        assertThat(database.alerts().open(10))
                .extracting(a -> a.item().title())
                .containsExactlyInAnyOrder("web-1 is broken", "A notification cannot be read");
        assertThat(engine.loop().problem()).isEmpty();
    }
}
