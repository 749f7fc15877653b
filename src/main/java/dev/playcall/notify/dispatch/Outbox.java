package dev.playcall.notify.dispatch;

import dev.playcall.config.RouteOptions;
import dev.playcall.notify.event.GroupTiming;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.NotifyStore;
import dev.playcall.notify.event.NotifyStore.RoutedEvent;
import dev.playcall.notify.routing.Routing;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Where notices are handed in. When a method returns, what it took survives a crash and will be told or shown as dead. */
public final class Outbox {
    private final NotifyStore store;
    private final Routing routing;
    private final Supplier<? extends Map<String, List<RouteOptions.Suggestion>>> actions;
    private final UnaryOperator<String> redact;
    private final Clock clock;
    private final Runnable wakeUp;

    /**
     * @param actions what can be done about what a source reports, by its name
     * @param redact takes secrets out of every text before it is kept
     * @param wakeUp called after something was taken, to have it looked at now
     */
    Outbox(
            NotifyStore store,
            Routing routing,
            Supplier<? extends Map<String, List<RouteOptions.Suggestion>>> actions,
            UnaryOperator<String> redact,
            Clock clock,
            Runnable wakeUp) {
        this.store = store;
        this.actions = actions;
        this.routing = routing;
        this.redact = redact;
        this.clock = clock;
        this.wakeUp = wakeUp;
    }

    /** Takes notices in, in one transaction; the answers are in their order. */
    public List<NotifyStore.Intake> take(List<NotificationEvent> events) {
        return take(events, new NotifyStore.Origin.Somewhere());
    }

    /** The same, and where they come from is kept in that transaction. */
    public List<NotifyStore.Intake> take(List<NotificationEvent> events, NotifyStore.Origin origin) {
        return store(
                events.stream()
                        .map(this::clean)
                        .map(n -> routed(n, routing.of(n)))
                        .toList(),
                origin);
    }

    /** Takes a notice in that goes where the routes say, except to a receiver that it would not reach. */
    void takeElsewhere(NotificationEvent event, String failing, Optional<String> fallback) {
        var n = clean(event);
        var to = routing.of(n).stream()
                .filter(r -> !r.receiver().equals(failing))
                .toList();
        if (to.isEmpty()) {
            to = fallback.filter(f -> !f.equals(failing)).map(Outbox::direct).stream()
                    .toList();
        }
        store(List.of(routed(n, to)), new NotifyStore.Origin.Somewhere());
    }

    /** Takes a notice in for one receiver, whatever the routes say; those with other labels are other messages. */
    public void takeFor(String receiver, NotificationEvent event) {
        var n = clean(event);
        var to = new RoutedEvent(receiver, n.kind(), n.labels(), GroupTiming.AT_ONCE);
        store(List.of(routed(n, List.of(to))), new NotifyStore.Origin.Somewhere());
    }

    private static RoutedEvent direct(String receiver) {
        return new RoutedEvent(receiver, "fallback", new TreeMap<>(), GroupTiming.AT_ONCE);
    }

    private List<NotifyStore.Intake> store(List<NotifyStore.Routed> routed, NotifyStore.Origin origin) {
        var taken = store.take(routed, origin, clock.instant());
        wakeUp.run();
        return taken;
    }

    private NotifyStore.Routed routed(NotificationEvent n, List<RoutedEvent> to) {
        var ofSource = Optional.ofNullable(actions.get().get(n.source())).orElse(List.of());
        return new NotifyStore.Routed(n, hash(n), to, AlertActions.of(n, ofSource, to));
    }

    private NotificationEvent clean(NotificationEvent n) {
        var labels = new TreeMap<String, String>();
        n.labels().forEach((k, v) -> labels.put(redact.apply(k), redact.apply(v)));
        return new NotificationEvent(
                n.source(),
                redact.apply(n.key()),
                redact.apply(n.subject()),
                n.at(),
                redact.apply(n.kind()),
                n.severity(),
                n.status(),
                labels,
                redact.apply(n.title()),
                redact.apply(n.text()),
                redact.apply(n.link()),
                n.order());
    }

    private static String hash(NotificationEvent n) {
        try {
            var content = String.join(
                    "\u0000",
                    n.subject(),
                    n.status().name(),
                    n.severity().name(),
                    n.labels().toString(),
                    n.title(),
                    n.text());
            var digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
