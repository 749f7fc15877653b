package dev.playcall.notify.dispatch;

import dev.playcall.config.RouteOptions;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.notify.event.NotificationBuilder;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.NotifyStore;
import dev.playcall.notify.event.NotifyStore.Batch;
import dev.playcall.notify.event.NotifyStore.Verdict;
import dev.playcall.notify.event.Severity;
import dev.playcall.notify.routing.QuietHours;
import dev.playcall.notify.routing.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Decides what becomes of groups that are due: told, kept back, held until morning, or told with many others. */
final class GroupFlusher implements NotifyStore.Decider {
    private static final Duration GRAVE_AGAIN = Duration.ofSeconds(10);
    private static final Duration AGAIN = Duration.ofMinutes(1);
    private static final Duration SHORTEST_WINDOW = Duration.ofMinutes(1);

    private final Map<String, Route> routes;
    private final SilencesAndInhibitions silences;
    private final Instant now;

    /** @param routes by name */
    public GroupFlusher(Map<String, Route> routes, SilencesAndInhibitions silences, Instant now) {
        this.routes = routes;
        this.silences = silences;
        this.now = now;
    }

    @Override
    public List<Verdict> decide(Batch batch) {
        var route = Optional.ofNullable(routes.get(batch.route()));
        var options = route.map(Route::manner).orElse(RouteOptions.PLAIN);
        var quiet = options.quiet();
        var morning = quiet.flatMap(q -> QuietHours.until(q, now));
        var verdicts = new ArrayList<Verdict>();
        var says = new ArrayList<Verdict.Say>();
        for (var group : batch.groups()) {
            var say = silences.split(group);
            if (say.content().isEmpty()) {
                verdicts.add(say);
            } else if (morning.isPresent() && !isLoud(say, quiet.get().except())) {
                verdicts.add(new Verdict.Hold(group, morning.get(), true));
            } else {
                says.add(say);
            }
        }
        var window = route.map(r -> r.timing().interval())
                .filter(i -> i.compareTo(SHORTEST_WINDOW) > 0)
                .orElse(SHORTEST_WINDOW);
        verdicts.addAll(tell(batch, says, options.storm(), window));
        return verdicts;
    }

    private static boolean isLoud(Verdict.Say say, String except) {
        var least = Severity.of(except).orElse(Severity.CRITICAL);
        return say.group().members().stream()
                .anyMatch(m -> m.news()
                        && m.item().status() != NotificationEvent.Status.RESOLVED
                        && m.item().severity().compareTo(least) >= 0);
    }

    private List<Verdict> tell(Batch batch, List<Verdict.Say> says, int most, Duration window) {
        var waited = says.stream().filter(s -> s.group().waited()).toList();
        var verdicts = new ArrayList<Verdict>();
        var rest = says;
        if (waited.size() > 1) {
            verdicts.add(new Verdict.Digest(waited, NotificationBuilder.digest("During quiet hours", waited)));
            rest = new ArrayList<>(says);
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
    private List<Verdict> storm(Batch batch, List<Verdict.Say> says, int room) {
        var last = batch.lastDigest().get();
        boolean grave = says.stream().anyMatch(GroupFlusher::isGraveNews);
        var earliest = last.map(l -> l.plus(grave ? GRAVE_AGAIN : AGAIN)).filter(now::isBefore);
        if (earliest.isPresent()) {
            return says.stream()
                    .<Verdict>map(s -> new Verdict.Hold(
                            s.group(), earliest.get(), s.group().waited()))
                    .toList();
        }
        var alone = says.stream()
                .filter(GroupFlusher::isGraveNews)
                .sorted(Comparator.comparingLong(s -> s.group().id()))
                .limit(room)
                .toList();
        var folded = new ArrayList<>(says);
        folded.removeAll(alone);
        var why = TextFormat.count(folded.size(), "notification");
        var digest = new Verdict.Digest(folded, NotificationBuilder.digest(why, folded));
        return Stream.concat(alone.stream(), Stream.<Verdict>of(digest).filter(_ -> !folded.isEmpty()))
                .toList();
    }

    private static boolean isGraveNews(Verdict.Say say) {
        return isLoud(say, Severity.CRITICAL.word());
    }
}
