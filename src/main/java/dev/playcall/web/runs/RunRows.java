package dev.playcall.web.runs;

import dev.playcall.domain.Progress;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import dev.playcall.domain.Truncate;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.Forecast;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.StatusColors;
import dev.playcall.web.pages.RunRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lines about runs, as the pages show them at one moment. */
public final class RunRows {
    private final EventStore store;
    private final Instant now;

    public RunRows(EventStore store, Instant now) {
        this.store = store;
        this.now = now;
    }

    /** What works and what waits, each waiting run with its place and who is in front of it. */
    public List<RunRow> active(List<Run> running, List<Run> waiting) {
        var rows = new ArrayList<RunRow>();
        Map<String, Run> holders = new HashMap<>();
        for (var run : running) {
            holders.put(run.request().lock(), run);
            rows.add(row(run));
        }
        Map<String, Integer> places = new HashMap<>();
        for (var run : waiting) {
            var holder = holders.get(run.request().lock());
            int place = places.merge(run.request().lock(), 1, Integer::sum);
            rows.add(row(run, run.state() == RunState.AWAITING_APPROVAL ? "" : position(run, place, holder)));
        }
        return rows;
    }

    private static String position(Run run, int place, @Nullable Run holder) {
        var behind = holder == null
                ? ""
                : ", waiting for " + holder.id() + " (" + run.request().lock() + ")";
        return "position " + place + behind;
    }

    public RunRow row(Run run) {
        return row(run, note(run));
    }

    private RunRow row(Run run, String note) {
        var r = run.request();
        var tone = StatusColors.of(run.state());
        var last = run.endedAt().or(run::startedAt).orElse(run.requestedAt());
        return new RunRow(
                run.id().value(),
                tone,
                StatusColors.sign(tone),
                run.state().label(),
                what(run),
                r.environment().value(),
                run.requestedBy().inText(),
                TextFormat.ago(last, now),
                JsonBodies.time(last),
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

    static String counts(Progress p, boolean ended) {
        var text = new StringBuilder().append(p.hosts()).append(p.hosts() == 1 ? " host" : " hosts");
        append(text, p.failed(), "failed");
        append(text, p.unreachable(), "unreachable");
        append(text, p.changed(), "changed");
        append(text, p.ok(), "ok");
        append(text, p.skipped(), "skipped");
        append(text, p.unheard(), ended ? "not finished" : "pending");
        return text.toString();
    }

    static void append(StringBuilder text, int n, String what) {
        if (n > 0) {
            text.append(text.isEmpty() ? "" : ", ").append(n).append(' ').append(what);
        }
    }
}
