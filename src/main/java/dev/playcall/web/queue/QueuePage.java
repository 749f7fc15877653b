package dev.playcall.web.queue;

import dev.playcall.command.run.WaitReasons;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.EventStore.Past;
import dev.playcall.journal.QueuePosition;
import dev.playcall.security.access.Permission;
import dev.playcall.security.access.VisibleEnvironments;
import dev.playcall.web.pages.ScheduleRow;
import dev.playcall.web.queue.QueueView.Place;
import dev.playcall.web.queue.QueueView.Stopped;
import dev.playcall.web.runs.RunRows;
import dev.playcall.web.security.RequestAuth;
import dev.playcall.web.security.RunButtons;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts together what works, what waits, for whom and for how long. Times come from history or are not told. */
final class QueuePage {
    private final EventStore store;
    private final VisibleEnvironments visible;
    private final WaitReasons waitReasons;
    private final Instant now;
    private final RunRows rows;

    QueuePage(EventStore store, VisibleEnvironments visible, WaitReasons waitReasons, Instant now) {
        this.store = store;
        this.visible = visible;
        this.waitReasons = waitReasons;
        this.now = now;
        this.rows = new RunRows(store, now);
    }

    QueueView view(
            List<ScheduleRow> schedules,
            RunButtons runButtons,
            RequestAuth requestAuth,
            Context ctx,
            QueueView.Report report) {
        var running = store.running();
        var queue = store.queue();
        return new QueueView(
                seen(running).stream().map(rows::row).toList(),
                places(running, queue),
                seen(queue).stream()
                        .filter(r -> r.state() == RunState.AWAITING_APPROVAL)
                        .map(rows::row)
                        .toList(),
                waitReasons.closed(visible::sees),
                waitReasons.stops(visible::sees).stream()
                        .map(s -> new Stopped(s.what(), s.line()))
                        .toList(),
                requestAuth.mayAnywhere(ctx, Permission.LOCK) ? runButtons.pausable(visible) : List.of(),
                schedules,
                runButtons.schedule(visible),
                Optional.of(report).filter(_ -> requestAuth.mayAnywhere(ctx, Permission.START)));
    }

    private List<Run> seen(List<Run> runs) {
        return runs.stream().filter(this::isSeen).toList();
    }

    private boolean isSeen(Run run) {
        return visible.sees(run.request().environment());
    }

    private List<Place> places(List<Run> running, List<Run> queue) {
        var positions = QueuePosition.of(queue, running);
        Map<String, Optional<Duration>> before = new HashMap<>();
        running.forEach(r -> before.put(r.request().lock(), left(r)));
        var places = new ArrayList<Place>();
        for (var run : queue) {
            var position = positions.get(run.id());
            if (position == null) {
                continue;
            }
            var lock = run.request().lock();
            var wait = before.getOrDefault(lock, Optional.of(Duration.ZERO));
            before.put(lock, wait.flatMap(w -> usual(run).map(w::plus)));
            if (isSeen(run)) {
                places.add(place(run, position, wait, running));
            }
        }
        return places;
    }

    private Place place(Run run, QueuePosition position, Optional<Duration> wait, List<Run> running) {
        var reason = store.batches()
                .waitsFor(run)
                .or(() -> waitReasons.waitsFor(run, running))
                .orElse("");
        var eta = !reason.isEmpty() || wait.isEmpty()
                ? ""
                : wait.get().toSeconds() < 5 ? "now" : "in about " + TextFormat.duration(wait.get());
        return new Place(
                rows.row(run),
                position.number(),
                position.label(!reason.isEmpty()),
                run.request().lock(),
                position.holder().filter(this::isSeen).map(h -> h.id().value()).orElse(0L),
                reason,
                eta);
    }

    private Optional<Duration> left(Run run) {
        return usual(run)
                .map(u -> u.minus(run.duration(now).orElse(Duration.ZERO)))
                .map(l -> l.isNegative() ? Duration.ZERO : l);
    }

    /** The median of like runs; nothing is guessed from none. */
    private Optional<Duration> usual(Run run) {
        var past = store.like(run, 9).stream().map(Past::duration).sorted().toList();
        return past.isEmpty() ? Optional.empty() : Optional.of(past.get(past.size() / 2));
    }
}
