package dev.playcall.notify.dispatch;

import dev.playcall.config.RouteOptions;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.Person;
import dev.playcall.notify.event.NotificationBuilder;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.NotifyStore;
import dev.playcall.notify.event.NotifyStore.Batch;
import dev.playcall.notify.event.NotifyStore.Decision;
import dev.playcall.notify.event.Severity;
import dev.playcall.notify.routing.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Decides what becomes of groups that are due: told, kept back, held until morning, or told with many others. */
final class GroupFlusher implements NotifyStore.Decider {
    private static final Duration GRAVE_AGAIN = Duration.ofSeconds(10);
    private static final Duration AGAIN = Duration.ofMinutes(1);
    private static final Duration SHORTEST_WINDOW = Duration.ofMinutes(1);

    private final Map<String, Route> routes;
    private final SilencesAndInhibitions silences;
    private final Function<Person, String> names;
    private final Instant now;

    /**
     * @param routes by name
     * @param names how people are called
     */
    public GroupFlusher(
            Map<String, Route> routes, SilencesAndInhibitions silences, Function<Person, String> names, Instant now) {
        this.routes = routes;
        this.silences = silences;
        this.names = names;
        this.now = now;
    }

    @Override
    public List<Decision> decide(Batch batch) {
        var route = Optional.ofNullable(routes.get(batch.route()));
        var options = route.map(Route::options).orElse(RouteOptions.PLAIN);
        var quietHours = options.quiet();
        var morning = quietHours.flatMap(q -> QuietHours.until(q, now));
        var verdicts = new ArrayList<Decision>();
        var sends = new ArrayList<Decision.Send>();
        for (var group : batch.groups()) {
            var send = silences.split(group);
            if (send.content().isEmpty()) {
                verdicts.add(send);
            } else if (morning.isPresent()
                    && !passesQuietHours(send, quietHours.get().except())) {
                verdicts.add(new Decision.Defer(group, morning.get(), true));
            } else {
                sends.add(send);
            }
        }
        var window = route.map(r -> r.timing().interval())
                .filter(i -> i.compareTo(SHORTEST_WINDOW) > 0)
                .orElse(SHORTEST_WINDOW);
        verdicts.addAll(decide(batch, sends, options.storm(), window));
        return verdicts;
    }

    private static boolean passesQuietHours(Decision.Send send, String except) {
        var least = Severity.of(except).orElse(Severity.CRITICAL);
        return send.group().members().stream()
                .anyMatch(m -> m.news()
                        && m.item().status() != NotificationEvent.Status.RESOLVED
                        && m.item().severity().compareTo(least) >= 0);
    }

    private List<Decision> decide(Batch batch, List<Decision.Send> sends, int most, Duration window) {
        var waited = sends.stream().filter(s -> s.group().waited()).toList();
        var verdicts = new ArrayList<Decision>();
        var rest = sends;
        if (waited.size() > 1) {
            verdicts.add(new Decision.Digest(waited, NotificationBuilder.digest("During quiet hours", waited, names)));
            rest = new ArrayList<>(sends);
            rest.removeAll(waited);
        }
        if (rest.isEmpty()) {
            return verdicts;
        }
        int sent = most == 0 ? 0 : batch.sentSince().applyAsInt(now.minus(window));
        if (most == 0 || sent + rest.size() <= most) {
            verdicts.addAll(rest);
        } else {
            verdicts.addAll(storm(batch, rest, Math.max(0, most - sent - 1)));
        }
        return verdicts;
    }

    /** The gravest by themselves as far as there is room, the others as one, and not again for a while. */
    private List<Decision> storm(Batch batch, List<Decision.Send> sends, int capacity) {
        var last = batch.lastDigest().get();
        boolean grave = sends.stream().anyMatch(GroupFlusher::isSevereNews);
        var earliest = last.map(l -> l.plus(grave ? GRAVE_AGAIN : AGAIN)).filter(now::isBefore);
        if (earliest.isPresent()) {
            return sends.stream()
                    .<Decision>map(s -> new Decision.Defer(
                            s.group(), earliest.get(), s.group().waited()))
                    .toList();
        }
        var alone = sends.stream()
                .filter(GroupFlusher::isSevereNews)
                .sorted(Comparator.comparingLong(s -> s.group().id()))
                .limit(capacity)
                .toList();
        var folded = new ArrayList<>(sends);
        folded.removeAll(alone);
        var why = TextFormat.count(folded.size(), "notification");
        var digest = new Decision.Digest(folded, NotificationBuilder.digest(why, folded, names));
        return Stream.concat(alone.stream(), Stream.<Decision>of(digest).filter(_ -> !folded.isEmpty()))
                .toList();
    }

    private static boolean isSevereNews(Decision.Send send) {
        return passesQuietHours(send, Severity.CRITICAL.word());
    }
}
