package dev.playcall.web.queue;

import dev.playcall.command.run.WaitReasons;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.QueueForecast;
import dev.playcall.journal.QueuePosition;
import dev.playcall.journal.node.Placement;
import dev.playcall.security.access.Permission;
import dev.playcall.security.access.VisibleEnvironments;
import dev.playcall.web.pages.ScheduleRow;
import dev.playcall.web.queue.QueueView.Place;
import dev.playcall.web.queue.QueueView.Stopped;
import dev.playcall.web.runs.RunRows;
import dev.playcall.web.security.RequestAuth;
import dev.playcall.web.security.RunButtons;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Puts together what works, what waits, for whom and for how long. Times come from history or are not told. */
final class QueuePage {
    /** Runs of each kind on the page; the others are in the list of runs. */
    private static final int MOST = 50;

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
        var forecast = new QueueForecast(store, now);
        var conditions = waitReasons.snapshot();
        var placement = Placement.now(store.nodes());
        var waiting = seen(forecast.queue());
        var queued = waiting.stream().filter(r -> r.state() == RunState.QUEUED).count();
        return new QueueView(
                seen(forecast.running()).stream().map(rows::row).toList(),
                forecast.places(r -> r.state() == RunState.QUEUED && isSeen(r), MOST).stream()
                        .flatMap(place -> place
                                .position()
                                .map(p -> place(
                                        place,
                                        p,
                                        r -> conditions
                                                .waitsFor(r, forecast.running())
                                                .or(() -> placement.waitsFor(conditions.nodeSelector(r.request())))))
                                .stream())
                        .toList(),
                Math.max(0, queued - MOST),
                waiting.stream()
                        .filter(r -> r.state() == RunState.AWAITING_APPROVAL)
                        .limit(MOST)
                        .map(rows::row)
                        .toList(),
                Math.max(0, waiting.size() - queued - MOST),
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

    private Place place(QueueForecast.Place place, QueuePosition position, Function<Run, Optional<String>> conditions) {
        var run = place.run();
        var reason =
                store.batches().waitsFor(run).or(() -> conditions.apply(run)).orElse("");
        var eta = reason.isEmpty()
                ? place.startsIn()
                        .map(in -> in.toSeconds() < 5 ? "now" : "in about " + TextFormat.duration(in))
                        .orElse("")
                : "";
        return new Place(
                rows.row(run),
                position.number(),
                position.label(!reason.isEmpty()),
                run.request().lock(),
                position.holder().filter(this::isSeen).map(h -> h.id().value()).orElse(0L),
                reason,
                eta);
    }
}
