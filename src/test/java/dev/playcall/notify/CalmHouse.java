package dev.playcall.notify;

import static org.awaitility.Awaitility.await;

import dev.playcall.config.Manner;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A gateway on a clock of our own, with receivers that remember what they were told. */
final class CalmHouse implements AutoCloseable {
    static final Instant T = Instant.parse("2026-03-02T12:00:00Z");
    static final Timing QUICK = new Timing(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    final HandClock clock;
    final Map<String, List<Parcel>> told = new ConcurrentHashMap<>();
    final Database database;
    final Notifications notifications;
    final Alerts alerts;
    private int keys;

    CalmHouse(Path folder, Rules rules, Instant start) {
        clock = new HandClock(start);
        database = Database.open("jdbc:sqlite:" + folder.resolve("calm.db"), clock);
        var sinks = new TreeMap<String, Sink>();
        for (var receiver : List.of("ops", "night", "boss")) {
            sinks.put(receiver, parcel -> {
                told(receiver).add(parcel);
                return new Sink.Result.Delivered("r" + parcel.id());
            });
        }
        notifications = new Notifications(
                database.notices(),
                database.alerts(),
                database.events(),
                rules,
                sinks,
                t -> t,
                "",
                clock,
                () -> clock.millis() * 1_000_000,
                new Random(3));
        alerts = new Alerts(database.alerts(), database.notices(), rules, sinks.keySet(), p -> p, clock);
    }

    static Rules rules(Manner manner, String... groupBy) {
        return Rules.of(Optional.of(route(manner, QUICK, groupBy)));
    }

    static Route route(Manner manner, Timing timing, String... groupBy) {
        return new Route("route", List.of(), List.of("ops"), false, List.of(groupBy), timing, manner, List.of());
    }

    List<Parcel> told(String receiver) {
        return told.computeIfAbsent(receiver, _ -> new CopyOnWriteArrayList<>());
    }

    List<String> titles(String receiver) {
        return told(receiver).stream()
                .flatMap(p -> p.content().items().stream())
                .map(Parcel.Item::title)
                .toList();
    }

    Notice notice(String subject, Notice.Status status, Severity severity, Map<String, String> labels) {
        return new Notice(
                "am",
                "k" + keys++,
                subject,
                clock.instant(),
                "alert",
                severity,
                status,
                new TreeMap<>(labels),
                subject + (status == Notice.Status.RESOLVED ? " is well" : " is broken"),
                "",
                "");
    }

    void say(String subject, Notice.Status status, Severity severity, Map<String, String> labels) {
        notifications.outbox().take(List.of(notice(subject, status, severity, labels)));
        beat();
    }

    void opens(String subject, Severity severity) {
        say(subject, Notice.Status.OPEN, severity, Map.of("host", subject));
    }

    void ends(String subject) {
        say(subject, Notice.Status.RESOLVED, Severity.INFO, Map.of("host", subject));
    }

    void beat() {
        notifications.tick();
        settled();
        notifications.tick();
        settled();
    }

    private void settled() {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> notifications.counts().getOrDefault(Delivery.State.SENDING, 0L) == 0);
    }

    void later(Duration time) {
        clock.go(time);
        beat();
    }

    long count(Delivery.State state) {
        return notifications.counts().getOrDefault(state, 0L);
    }

    List<Delivery> ledger() {
        return notifications.deliveries(Optional.empty(), Optional.empty(), Optional.empty(), 100);
    }

    @Override
    public void close() {
        notifications.close();
        database.close();
    }
}
