package dev.playcall.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.playcall.notify.Sink.Result;
import dev.playcall.store.Database;
import dev.playcall.testing.HandClock;
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
    private static final Timing AT_ONCE = new Timing(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final HandClock clock = new HandClock(NOW);
    private final List<Parcel> got = new CopyOnWriteArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile Result answer = new Result.Delivered("ref");
    private Database database;
    private Notifications notifications;

    @TempDir
    Path folder;

    @BeforeEach
    void open() {
        database = Database.open("jdbc:sqlite:" + folder.resolve("n.db"), clock);
        notifications = notifications();
    }

    private Notifications notifications() {
        var root = new Route("route", List.of(), List.of("ops"), false, List.of("host"), AT_ONCE, List.of());
        return new Notifications(
                database.notices(),
                database.alerts(),
                database.events(),
                Rules.of(Optional.of(root)),
                Map.of("ops", this::deliver),
                text -> text.replace("hunter2", "[secret]"),
                "http://page/",
                clock,
                () -> clock.millis() * 1_000_000,
                new Random(7));
    }

    private Result deliver(Parcel parcel) {
        calls.incrementAndGet();
        if (answer instanceof Result.Delivered) {
            got.add(parcel);
        }
        return answer;
    }

    @AfterEach
    void close() {
        notifications.close();
        database.close();
    }

    private static Notice notice(int n, String host) {
        return new Notice(
                "api",
                "k" + n,
                "s" + n,
                Instant.parse("2026-03-01T11:00:00Z"),
                "test",
                Severity.ERROR,
                Notice.Status.EVENT,
                new TreeMap<>(Map.of("host", host)),
                "number " + n,
                "the password is hunter2",
                "");
    }

    private Map<Delivery.State, Long> counts() {
        return notifications.counts();
    }

    private void beat() {
        notifications.tick();
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(3))
                .until(() -> counts().getOrDefault(Delivery.State.SENDING, 0L) == 0);
    }

    @Test
    void whatIsTakenIsDeliveredAndSecretsAreNot() {
        notifications.outbox().take(List.of(notice(1, "web-1")));
        beat();
        assertThat(got).hasSize(1);
        assertThat(got.getFirst().content().items().getFirst().text()).isEqualTo("the password is [secret]");
        assertThat(counts()).containsEntry(Delivery.State.DONE, 1L);
    }

    @Test
    void aReceiverThatIsDownForAnHourLosesNothingAndIsSpared() {
        answer = new Result.Retry("it answered 500", Optional.empty());
        IntStream.range(0, 50).forEach(n -> notifications.outbox().take(List.of(notice(n, "host-" + n))));
        for (int second = 0; second < 3_600; second += 20) {
            beat();
            clock.go(Duration.ofSeconds(20));
        }
        assertThat(calls.get()).isLessThan(150);
        assertThat(notifications.spared()).containsKey("ops");
        assertThat(notifications.waits()).anyMatch(w -> w.startsWith("ops does not take messages; tried again "));
        answer = new Result.Delivered("ref");
        for (int second = 0; second < 1_200 && got.size() < 50; second += 20) {
            beat();
            clock.go(Duration.ofSeconds(20));
        }
        assertThat(got).hasSize(50);
        assertThat(got.stream().map(Parcel::id).distinct()).hasSize(50);
        assertThat(notifications.spared()).isEmpty();
    }

    @Test
    void afterADayADeliveryIsDeadWithItsReasonAndCanBeSentAgain() {
        answer = new Result.Retry("nobody answers at its address", Optional.of(Duration.ofHours(1)));
        notifications.outbox().take(List.of(notice(1, "web-1")));
        for (int quarter = 0; quarter < 100; quarter++) {
            beat();
            clock.go(Duration.ofMinutes(16));
        }
        assertThat(counts()).containsEntry(Delivery.State.DEAD, 1L);
        var dead = notifications
                .deliveries(Optional.of(Delivery.State.DEAD), Optional.empty(), Optional.empty(), 10)
                .getFirst();
        assertThat(dead.reason()).contains("nobody answers", "given up after");
        answer = new Result.Delivered("ref");
        assertThat(notifications.redeliver(dead.id())).isTrue();
        beat();
        assertThat(got).hasSize(1);
    }

    @Test
    void whatIsRefusedIsDeadAtOnceAndOthersGoOn() {
        answer = new Result.Refused("it answered 404");
        notifications.outbox().take(List.of(notice(1, "web-1")));
        beat();
        assertThat(counts()).containsEntry(Delivery.State.DEAD, 1L);
        answer = new Result.Delivered("ref");
        notifications.outbox().take(List.of(notice(2, "web-2")));
        beat();
        assertThat(got).hasSize(1);
    }

    @Test
    void theReceiverDecidesHowLongToWait() {
        answer = new Result.Retry("it answered 429", Optional.of(Duration.ofSeconds(30)));
        notifications.outbox().take(List.of(notice(1, "web-1"), notice(2, "web-2")));
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
        notifications.outbox().take(List.of(notice(1, "web-1")));
        store.tellDue(clock.instant(), new Teller(Map.of(), new Hush(List.of(), List.of(), List.of(), NOW), NOW));
        store.exchange(
                List.of(),
                new NotifyStore.Claim("ops", clock.instant(), clock.instant().plusSeconds(120), 10));
        notifications.start();
        await().until(() -> got.size() == 1);
        assertThat(got.getFirst().repeated()).isTrue();
    }

    @Test
    void aSinkThatFailsInsideIsATryLikeAnyOther() {
        notifications.close();
        var root = new Route("route", List.of(), List.of("ops"), false, List.of(), AT_ONCE, List.of());
        notifications = new Notifications(
                database.notices(),
                database.alerts(),
                database.events(),
                Rules.of(Optional.of(root)),
                Map.of("ops", _ -> {
                    throw new IllegalStateException("bug");
                }),
                t -> t,
                "",
                clock,
                () -> clock.millis() * 1_000_000,
                new Random(7));
        notifications.outbox().take(List.of(notice(1, "web-1")));
        beat();
        var first = notifications
                .deliveries(Optional.empty(), Optional.empty(), Optional.empty(), 1)
                .getFirst();
        assertThat(first.state()).isEqualTo(Delivery.State.DUE);
        assertThat(first.reason()).contains("fault inside Playcall");
    }

    @Test
    void aDrillIsMarked() {
        notifications.drill("ops", "slack:U1");
        beat();
        assertThat(got.getFirst().content().drill()).isTrue();
    }

    @Test
    void whatWasToldOfARunIsFoundByItsNumber() {
        var labels = new TreeMap<>(Map.of("host", "web-1", "run", "412"));
        var about = notice(1, "web-1");
        notifications
                .outbox()
                .take(List.of(new Notice(
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
        notifications.outbox().take(List.of(notice(2, "web-2")));
        notifications.tick();
        clock.go(Duration.ofSeconds(2));
        notifications.tick();
        await().untilAsserted(() -> {
            notifications.tick();
            assertThat(notifications.ofRun(412, 10)).singleElement().satisfies(d -> {
                assertThat(d.receiver()).isEqualTo("ops");
                assertThat(d.state()).isEqualTo(Delivery.State.DONE);
            });
        });
        assertThat(notifications.ofRun(4, 10)).isEmpty();
    }
}
