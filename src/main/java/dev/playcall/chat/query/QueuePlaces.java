package dev.playcall.chat.query;

import dev.playcall.chat.card.RunCard;
import dev.playcall.chat.card.RunCards;
import dev.playcall.domain.Run;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.Forecast;
import dev.playcall.journal.QueuePosition;
import java.util.List;
import java.util.Optional;

/** Of each queued run its place, the run that holds its playbook, and when it starts. */
final class QueuePlaces {
    private static final int MOST = 10;

    private final RunCards cards;
    private final EventStore store;

    QueuePlaces(RunCards cards, EventStore store) {
        this.cards = cards;
        this.store = store;
    }

    /** @param seen the queued runs that may be told of, in their order */
    List<String> of(List<Run> seen) {
        var queue = store.queue();
        var running = store.running();
        var positions = QueuePosition.of(queue, running);
        return seen.stream()
                .flatMap(
                        run -> Optional.ofNullable(positions.get(run.id()))
                                .map(position -> line(run, position, queue, running))
                                .stream())
                .limit(MOST)
                .toList();
    }

    private String line(Run run, QueuePosition position, List<Run> queue, List<Run> running) {
        var reason = store.batches()
                .waitsFor(run)
                .or(() -> cards.outlook().waitsFor(run, running))
                .map(cards::named);
        var holder = position.holder()
                .map(h -> ", waits for " + h.id() + " " + RunCard.what(h) + " by " + cards.name(h.requestedBy()))
                .orElse("");
        var starts = new Forecast(store)
                .startsIn(run, queue, running, cards.clock().instant())
                .map(in -> in.isZero() ? "starts now" : "starts in about " + TextFormat.duration(in))
                .orElse("no estimate");
        return run.id() + ": " + position.label(reason.isPresent()) + " for "
                + run.request().lock() + holder + "; " + reason.orElse(starts);
    }
}
