package dev.playcall.chat.query;

import dev.playcall.chat.card.RunCard;
import dev.playcall.chat.card.RunCards;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.QueueForecast;
import dev.playcall.journal.QueuePosition;
import dev.playcall.journal.node.Placement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Of each queued run its place, the run that holds its playbook, and when it starts. */
final class QueuePlaces {
    private static final int MOST = 10;

    private final RunCards cards;
    private final EventStore store;

    QueuePlaces(RunCards cards, EventStore store) {
        this.cards = cards;
        this.store = store;
    }

    /** {@code 3 queued}, {@code 3 queued, 1 awaiting approval}, {@code 1 awaiting approval}. */
    static String counts(List<Run> waiting) {
        long approval = waiting.stream()
                .filter(r -> r.state() == RunState.AWAITING_APPROVAL)
                .count();
        var awaited = approval + " " + RunState.AWAITING_APPROVAL.label();
        if (approval > 0 && approval == waiting.size()) {
            return awaited;
        }
        return waiting.size() - approval + " queued" + (approval == 0 ? "" : ", " + awaited);
    }

    /** @param seen the waiting runs that may be told of */
    List<String> of(List<Run> seen) {
        Set<RunId> shown = seen.stream().map(Run::id).collect(Collectors.toSet());
        var forecast = new QueueForecast(store, cards.clock().instant());
        var reasons = cards.outlook().snapshot();
        var placement = Placement.now(store.nodes());
        return forecast.places(run -> run.state() == RunState.QUEUED && shown.contains(run.id()), MOST).stream()
                .flatMap(place -> place
                        .position()
                        .map(position -> line(
                                place,
                                position,
                                run -> reasons.waitsFor(run, forecast.running())
                                        .or(() -> placement.waitsFor(reasons.nodeSelector(run.request())))))
                        .stream())
                .toList();
    }

    private String line(QueueForecast.Place place, QueuePosition position, Function<Run, Optional<String>> conditions) {
        var run = place.run();
        var reason =
                store.batches().waitsFor(run).or(() -> conditions.apply(run)).map(cards::named);
        var holder = position.holder()
                .map(h -> ", waits for " + h.id() + " " + RunCard.what(h) + " by " + cards.name(h.requestedBy()))
                .orElse("");
        var starts = place.startsIn()
                .map(in -> in.isZero() ? "starts now" : "starts in about " + TextFormat.duration(in))
                .orElse("no estimate");
        return run.id() + ": " + position.label(reason.isPresent()) + " for "
                + run.request().lock() + holder + "; " + reason.orElse(starts);
    }
}
