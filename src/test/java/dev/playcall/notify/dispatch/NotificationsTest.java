package dev.playcall.notify.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.playcall.domain.name.Person;
import dev.playcall.notify.dispatch.Sink.Result;
import dev.playcall.notify.event.Delivery;
import dev.playcall.notify.event.GroupTiming;
import dev.playcall.notify.event.Notification;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.NotifyStore;
import dev.playcall.notify.event.Severity;
import dev.playcall.notify.routing.NotificationRules;
import dev.playcall.notify.routing.Route;
import dev.playcall.store.Database;
import dev.playcall.testing.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a notice to a receiver, on a clock of our own. */
class NotificationsTest {
    private static final GroupTiming AT_ONCE = new GroupTiming(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final ManualClock clock = new ManualClock(NOW);
    private final List<Notification> got = new CopyOnWriteArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile Result answer = new Result.Delivered("ref");
    private Database database;
    private NotificationEngine notificationEngine;

    @TempDir
    Path folder;

    @BeforeEach
    void open() {
        database = Database.open("jdbc:sqlite:" + folder.resolve("n.db"), clock);
        notificationEngine = notifications();
    }

    private NotificationEngine notifications() {
        var root = new Route("route", List.of(), List.of("ops"), false, List.of("host"), AT_ONCE, List.of());
        return new NotificationEngine(
                database.notices(),
                database.alerts(),
                database.events(),
                () -> NotificationRules.of(Optional.of(root)),
                () -> Map.of("ops", this::deliver),
                new NotificationEngine.Texts(text -> text.replace("hunter2", "[secret]"), "http://page/"),
                new NotificationEngine.Timing(clock, () -> clock.millis() * 1_000_000, new Random(7)));
    }

    private Result deliver(Notification notification) {
        calls.incrementAndGet();
        if (answer instanceof Result.Delivered) {
            got.add(notification);
        }
        return answer;
    }

    @AfterEach
    void close() {
        notificationEngine.close();
        database.close();
    }

    private static NotificationEvent notice(int n, String host) {
        return new NotificationEvent(
                "api",
                "k" + n,
                "s" + n,
                Instant.parse("2026-03-01T11:00:00Z"),
                "test",
                Severity.ERROR,
                NotificationEvent.Status.EVENT,
                new TreeMap<>(Map.of("host", host)),
                "number " + n,
                "the password is hunter2",
                "");
    }

    private Map<Delivery.State, Long> counts() {
        return notificationEngine.counts();
    }

    private void beat() {
        notificationEngine.tick();
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(3))
                .until(() -> counts().getOrDefault(Delivery.State.SENDING, 0L) == 0);
    }

    @Test
    void whatIsTakenIsDeliveredAndSecretsAreNot() {
        notificationEngine.outbox().take(List.of(notice(1, "web-1")));
        beat();
        assertThat(got).hasSize(1);
        assertThat(got.getFirst().content().items().getFirst().text()).isEqualTo("the password is [secret]");
        assertThat(counts()).containsEntry(Delivery.State.DONE, 1L);
    }

    @Test
    void aReceiverThatIsDownForAnHourLosesNothingAndIsSpared() {
        answer = new Result.Retry("it answered 500", Optional.empty());
        IntStream.range(0, 50).forEach(n -> notificationEngine.outbox().take(List.of(notice(n, "host-" + n))));
        for (int second = 0; second < 3_600; second += 20) {
            beat();
            clock.go(Duration.ofSeconds(20));
        }
        assertThat(calls.get()).isLessThan(150);
        assertThat(notificationEngine.circuitOpen()).containsKey("ops");
        assertThat(notificationEngine.waits()).anyMatch(w -> w.startsWith("ops is unreachable, next attempt "));
        answer = new Result.Delivered("ref");
        for (int second = 0; second < 1_200 && got.size() < 50; second += 20) {
            beat();
            clock.go(Duration.ofSeconds(20));
        }
        assertThat(got).hasSize(50);
        assertThat(got.stream().map(Notification::id).distinct()).hasSize(50);
        assertThat(notificationEngine.circuitOpen()).isEmpty();
    }

    @Test
    void afterADayADeliveryIsDeadWithItsReasonAndCanBeSentAgain() {
        answer = new Result.Retry("connection refused", Optional.of(Duration.ofHours(1)));
        notificationEngine.outbox().take(List.of(notice(1, "web-1")));
        for (int quarter = 0; quarter < 100; quarter++) {
            beat();
            clock.go(Duration.ofMinutes(16));
        }
        assertThat(counts()).containsEntry(Delivery.State.DEAD, 1L);
        var dead = notificationEngine
                .deliveries(Optional.of(Delivery.State.DEAD), Optional.empty(), Optional.empty(), 10)
                .getFirst();
        assertThat(dead.reason()).contains("connection refused", "failed after");
        answer = new Result.Delivered("ref");
        assertThat(notificationEngine.redeliver(dead.id())).isTrue();
        beat();
        assertThat(got).hasSize(1);
    }

    @Test
    void whatIsRefusedIsDeadAtOnceAndOthersGoOn() {
        answer = new Result.Refused("it answered 404");
        notificationEngine.outbox().take(List.of(notice(1, "web-1")));
        beat();
        assertThat(counts()).containsEntry(Delivery.State.DEAD, 1L);
        answer = new Result.Delivered("ref");
        notificationEngine.outbox().take(List.of(notice(2, "web-2")));
        beat();
        assertThat(got).hasSize(1);
    }

    @Test
    void theReceiverDecidesHowLongToWait() {
        answer = new Result.Retry("it answered 429", Optional.of(Duration.ofSeconds(30)));
        notificationEngine.outbox().take(List.of(notice(1, "web-1"), notice(2, "web-2")));
        beat();
        int before = calls.get();
        clock.go(Duration.ofSeconds(29));
        beat();
        assertThat(calls.get()).isEqualTo(before);
        answer = new Result.Delivered("ref");
        clock.go(Duration.ofSeconds(2));
        beat();
        beat();
        assertThat(got).hasSize(2);
    }

    @Test
    void whatWasOnItsWayWhenTheGatewayDiedIsSentAgainAndSaysSo() {
        var store = database.notices();
        notificationEngine.outbox().take(List.of(notice(1, "web-1")));
        var decider = new GroupFlusher(
                Map.of(), new SilencesAndInhibitions(List.of(), List.of(), List.of(), NOW), Person::name, NOW);
        store.due(clock.instant()).forEach(line -> store.deliver(line, clock.instant(), decider));
        store.exchange(
                List.of(),
                new NotifyStore.Claim("ops", clock.instant(), clock.instant().plusSeconds(120), 10));
        notificationEngine.start();
        await().until(() -> got.size() == 1);
        assertThat(got.getFirst().repeated()).isTrue();
    }

    @Test
    void aSinkThatFailsInsideIsATryLikeAnyOther() {
        notificationEngine.close();
        var root = new Route("route", List.of(), List.of("ops"), false, List.of(), AT_ONCE, List.of());
        notificationEngine = new NotificationEngine(
                database.notices(),
                database.alerts(),
                database.events(),
                () -> NotificationRules.of(Optional.of(root)),
                () -> Map.of("ops", _ -> {
                    throw new IllegalStateException("bug");
                }),
                new NotificationEngine.Texts(t -> t, ""),
                new NotificationEngine.Timing(clock, () -> clock.millis() * 1_000_000, new Random(7)));
        notificationEngine.outbox().take(List.of(notice(1, "web-1")));
        beat();
        var first = notificationEngine
                .deliveries(Optional.empty(), Optional.empty(), Optional.empty(), 1)
                .getFirst();
        assertThat(first.state()).isEqualTo(Delivery.State.DUE);
        assertThat(first.reason()).contains("internal error");
    }

    @Test
    void aDrillIsMarked() {
        notificationEngine.sendTest("ops", "slack:U1");
        beat();
        assertThat(got.getFirst().content().test()).isTrue();
    }

    @Test
    void whatWasToldOfARunIsFoundByItsNumber() {
        var labels = new TreeMap<>(Map.of("host", "web-1", "run", "412"));
        var about = notice(1, "web-1");
        notificationEngine
                .outbox()
                .take(List.of(new NotificationEvent(
                        about.source(),
                        about.key(),
                        about.subject(),
                        about.at(),
                        about.kind(),
                        about.severity(),
                        about.status(),
                        labels,
                        about.title(),
                        about.text(),
                        about.link())));
        notificationEngine.outbox().take(List.of(notice(2, "web-2")));
        notificationEngine.tick();
        clock.go(Duration.ofSeconds(2));
        notificationEngine.tick();
        await().untilAsserted(() -> {
            notificationEngine.tick();
            assertThat(notificationEngine.ofRun(412, 10)).singleElement().satisfies(d -> {
                assertThat(d.receiver()).isEqualTo("ops");
                assertThat(d.state()).isEqualTo(Delivery.State.DONE);
            });
        });
        assertThat(notificationEngine.ofRun(4, 10)).isEmpty();
    }
}
