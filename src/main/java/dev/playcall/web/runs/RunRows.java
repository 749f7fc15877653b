package dev.playcall.web.runs;

import dev.playcall.domain.HostResult;
import dev.playcall.domain.HostResult.HostStats;
import dev.playcall.domain.Progress;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import dev.playcall.domain.Truncate;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.QueueForecast.Forecast;
import dev.playcall.journal.QueuePosition;
import dev.playcall.journal.node.LostContact;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.StatusColors;
import dev.playcall.web.pages.RunRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lines about runs, as the pages show them at one moment. */
public final class RunRows {
    private static final int ACTIVE = 20;

    private final EventStore store;
    private final Instant now;
    private LostContact.@Nullable Snapshot contacts;

    public RunRows(EventStore store, Instant now) {
        this.store = store;
        this.now = now;
    }

    /**
     * What is running and the first {@value #ACTIVE} that wait, each waiting run with its place and the run before it.
     *
     * @param positions where the queued ones are among all, including runs that are not shown here
     */
    public List<RunRow> active(List<Run> running, List<Run> waiting, Map<RunId, QueuePosition> positions) {
        return Stream.concat(
                        running.stream().map(this::row),
                        waiting.stream()
                                .limit(ACTIVE)
                                .map(run -> row(
                                        run,
                                        held(run)
                                                .or(() -> Optional.ofNullable(positions.get(run.id()))
                                                        .map(p -> position(p, running)))
                                                .orElse(""))))
                .toList();
    }

    /** Of a wave that waits for somebody to go on with its deployment: how they do. */
    private Optional<String> held(Run run) {
        return run.batch()
                .flatMap(place -> store.deployments()
                        .ofBatch(place.batch())
                        .filter(d -> d.held(store.batches().runs(place.batch())).equals(Optional.of(run)))
                        .map(d -> d.holdLine(run)));
    }

    /** What keeps it from starting when no run does (a lock, a freeze) is above the list, so it may not be the next. */
    private static String position(QueuePosition position, List<Run> shown) {
        var holder = position.holder();
        return position.label(holder.isEmpty())
                + holder.filter(shown::contains)
                        .map(h -> ", waiting for " + h.id() + " (" + h.request().lock() + ")")
                        .orElse("");
    }

    public RunRow row(Run run) {
        return row(run, note(run));
    }

    private RunRow row(Run run, String note) {
        var r = run.request();
        var tone = StatusColors.of(run.state());
        return new RunRow(
                run.id().value(),
                tone,
                StatusColors.sign(tone),
                run.state().label(),
                what(run),
                r.environment().value(),
                run.requestedBy().inText(),
                TextFormat.ago(run.requestedAt(), now),
                JsonBodies.time(run.requestedAt()),
                run.duration(now).map(TextFormat::duration).orElse(""),
                note,
                r.description(),
                run.progress().results(),
                run.progress().expected(),
                run.duration(now).map(Duration::toSeconds).orElse(0L));
    }

    static String what(Run run) {
        var r = run.request();
        var text = new StringBuilder(r.operation().value());
        r.what().ifPresent(w -> text.append(' ').append(Truncate.of(w, 100)));
        r.version().ifPresent(v -> text.append(' ').append(v));
        text.append(r.check() ? " (check)" : "");
        return r.name().isEmpty()
                ? text.toString()
                : text.append(" · ").append(r.name()).toString();
    }

    private static String reason(Run run) {
        return run.cancelledBy().map(p -> p.namedIn(run.reason(), p.inText())).orElse(run.reason());
    }

    private String note(Run run) {
        if (run.state() != RunState.RUNNING) {
            return run.state() == RunState.SUCCESS ? "" : reason(run);
        }
        var lost = contacts().of(run);
        if (lost.isPresent()) {
            return lost.get().line();
        }
        if (run.cancelledBy().isPresent()) {
            return "is being cancelled";
        }
        if (run.paused().isPresent()) {
            var pause = run.paused().get();
            return "paused by " + pause.by().inText() + " " + TextFormat.ago(pause.since(), now)
                    + (pause.reason().isBlank() ? "" : ": " + pause.reason());
        }
        var task = run.progress().task();
        return (task.isEmpty() ? "starting" : task) + left(run);
    }

    private LostContact.Snapshot contacts() {
        var known = contacts == null ? LostContact.now(store.nodes()) : contacts;
        contacts = known;
        return known;
    }

    private String left(Run run) {
        return new Forecast(store)
                .of(run)
                .map(e -> e.median().minus(run.duration(now).orElse(Duration.ZERO)))
                .map(left ->
                        left.isNegative() ? " · longer than usual" : " · about " + TextFormat.duration(left) + " left")
                .orElse("");
    }

    /** {@code 3 of 18 hosts} while it runs, {@code 18 hosts} after it; empty while no host is known. */
    static String heard(Progress p, boolean ended) {
        var all = TextFormat.count(p.hosts(), "host");
        return p.hosts() == 0 ? "" : ended ? all : p.hosts() - p.unheard() + " of " + all;
    }

    static String stats(HostStats s) {
        var text = new StringBuilder();
        append(text, s.failed(), "failed");
        append(text, s.unreachable(), "unreachable");
        append(text, s.changed(), "changed");
        append(text, s.ok(), "ok");
        append(text, s.skipped(), "skipped");
        append(text, s.rescued(), "rescued");
        append(text, s.ignored(), "ignored");
        return text.toString();
    }

    static String counts(Progress p, List<HostResult> hosts, boolean ended) {
        var text = new StringBuilder().append(p.hosts()).append(p.hosts() == 1 ? " host" : " hosts");
        append(text, p.failed(), "failed");
        append(text, p.unreachable(), "unreachable");
        append(text, p.changed(), "changed");
        append(text, p.ok(), "ok");
        append(text, p.skipped(), "skipped");
        var rest = ended ? HostResult.unfinished(p, hosts) : Map.of("pending", p.unheard());
        rest.forEach((word, n) -> append(text, n, word));
        return text.toString();
    }

    static void append(StringBuilder text, int n, String what) {
        if (n > 0) {
            text.append(text.isEmpty() ? "" : ", ").append(n).append(' ').append(what);
        }
    }
}
