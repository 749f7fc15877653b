package dev.playcall.chat.query;

import dev.playcall.chat.card.RunCard;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.Person;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.Forecast;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Of each queued run its place, the run that holds its playbook, and when it starts. */
final class QueuePlaces {
    private static final int MOST = 10;

    private final EventStore store;
    private final Instant now;
    private final Function<Person, String> names;

    /** @param names how a person is called in this chat */
    QueuePlaces(EventStore store, Instant now, Function<Person, String> names) {
        this.store = store;
        this.now = now;
        this.names = names;
    }

    /** @param seen the queued runs that may be told of, in their order */
    List<String> of(List<Run> seen) {
        var queue = store.queue();
        var running = store.running();
        var forecast = new Forecast(store);
        Set<RunId> shown = seen.stream().map(Run::id).collect(Collectors.toSet());
        Map<String, Integer> places = new HashMap<>();
        var lines = new ArrayList<String>();
        for (var run : queue) {
            if (run.state() != RunState.QUEUED) {
                continue;
            }
            var lock = run.request().lock();
            int place = places.merge(lock, 1, Integer::sum);
            if (shown.contains(run.id()) && lines.size() < MOST) {
                var holder = running.stream()
                        .filter(r -> r.request().lock().equals(lock))
                        .findFirst()
                        .map(h ->
                                ", waits for " + h.id() + " " + RunCard.what(h) + " by " + names.apply(h.requestedBy()))
                        .orElse("");
                var starts = forecast.startsIn(run, queue, running, now)
                        .map(in -> in.isZero() ? "starts next" : "starts in about " + TextFormat.duration(in))
                        .orElse("start time unknown");
                lines.add(run.id() + ": position " + place + " for " + lock + holder + "; " + starts);
            }
        }
        return lines;
    }
}
