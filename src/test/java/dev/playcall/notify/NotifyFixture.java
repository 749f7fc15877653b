package dev.playcall.notify;

import static org.awaitility.Awaitility.await;

import dev.playcall.config.RouteOptions;
import dev.playcall.notify.alert.Alerts;
import dev.playcall.notify.dispatch.NotificationEngine;
import dev.playcall.notify.dispatch.Sink;
import dev.playcall.notify.event.Delivery;
import dev.playcall.notify.event.GroupTiming;
import dev.playcall.notify.event.Notification;
import dev.playcall.notify.event.NotificationEvent;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A gateway on a clock of our own, with receivers that remember what they were told. */
public final class NotifyFixture implements AutoCloseable {
    public static final Instant T = Instant.parse("2026-03-02T12:00:00Z");
    public static final GroupTiming QUICK = new GroupTiming(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    public final ManualClock clock;
    final Map<String, List<Notification>> told = new ConcurrentHashMap<>();
    public final Database database;
    public final NotificationEngine notificationEngine;
    public final Alerts alerts;
    private int keys;

    public NotifyFixture(Path folder, NotificationRules notificationRules, Instant start) {
        clock = new ManualClock(start);
        database = Database.open("jdbc:sqlite:" + folder.resolve("calm.db"), clock);
        var sinks = new TreeMap<String, Sink>();
        for (var receiver : List.of("ops", "night", "boss")) {
            sinks.put(receiver, notification -> {
                told(receiver).add(notification);
                return new Sink.Result.Delivered("r" + notification.id());
            });
        }
        notificationEngine = new NotificationEngine(
                database.notices(),
                database.alerts(),
                database.events(),
                () -> notificationRules,
                () -> sinks,
                new NotificationEngine.Texts(t -> t, ""),
                new NotificationEngine.Timing(clock, () -> clock.millis() * 1_000_000, new Random(3)));
        alerts = new Alerts(
                database.alerts(),
                database.notices(),
                () -> notificationRules,
                () -> sinks.keySet(),
                p -> p,
                List::of,
                clock);
    }

    public static NotificationRules rules(RouteOptions options, String... groupBy) {
        return NotificationRules.of(Optional.of(route(options, QUICK, groupBy)));
    }

    public static Route route(RouteOptions options, GroupTiming groupTiming, String... groupBy) {
        return new Route("route", List.of(), List.of("ops"), false, List.of(groupBy), groupTiming, options, List.of());
    }

    public List<Notification> told(String receiver) {
        return told.computeIfAbsent(receiver, _ -> new CopyOnWriteArrayList<>());
    }

    public List<String> titles(String receiver) {
        return told(receiver).stream()
                .flatMap(p -> p.content().items().stream())
                .map(Notification.Item::title)
                .toList();
    }

    public NotificationEvent notice(
            String subject, NotificationEvent.Status status, Severity severity, Map<String, String> labels) {
        return new NotificationEvent(
                "am",
                "k" + keys++,
                subject,
                clock.instant(),
                "alert",
                severity,
                status,
                new TreeMap<>(labels),
                subject + (status == NotificationEvent.Status.RESOLVED ? " is well" : " is broken"),
                "",
                "");
    }

    public void say(String subject, NotificationEvent.Status status, Severity severity, Map<String, String> labels) {
        notificationEngine.outbox().take(List.of(notice(subject, status, severity, labels)));
        beat();
    }

    public void opens(String subject, Severity severity) {
        say(subject, NotificationEvent.Status.OPEN, severity, Map.of("host", subject));
    }

    public void ends(String subject) {
        say(subject, NotificationEvent.Status.RESOLVED, Severity.INFO, Map.of("host", subject));
    }

    public void beat() {
        notificationEngine.tick();
        settled();
        notificationEngine.tick();
        settled();
    }

    private void settled() {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> notificationEngine.counts().getOrDefault(Delivery.State.SENDING, 0L) == 0);
    }

    public void later(Duration time) {
        clock.go(time);
        beat();
    }

    public long count(Delivery.State state) {
        return notificationEngine.counts().getOrDefault(state, 0L);
    }

    public List<Delivery> ledger() {
        return notificationEngine.deliveries(Optional.empty(), Optional.empty(), Optional.empty(), 100);
    }

    @Override
    public void close() {
        notificationEngine.close();
        database.close();
    }
}
