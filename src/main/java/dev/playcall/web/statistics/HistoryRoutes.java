package dev.playcall.web.statistics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.config.Quantities;
import dev.playcall.domain.HostResult;
import dev.playcall.journal.Comparison;
import dev.playcall.journal.Comparison.Source;
import dev.playcall.journal.RunArtifacts;
import dev.playcall.journal.RunJournal;
import dev.playcall.journal.Stats;
import dev.playcall.web.http.Api;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.Params;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.runs.RunJson;
import dev.playcall.web.security.RequestAuth;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Figures and comparisons over HTTP. */
final class HistoryRoutes {
    /** The period when nobody says one. */
    public static final String WEEK = "7d";

    private final RunJournal journal;
    private final RequestAuth requestAuth;
    private final Clock clock;

    HistoryRoutes(RunJournal journal, RequestAuth requestAuth, Clock clock) {
        this.journal = journal;
        this.requestAuth = requestAuth;
        this.clock = clock;
    }

    void register(RoutesConfig routes) {
        var api = new Api(routes, requestAuth::admit);
        api.get("/api/v1/runs/{id}/compare/{other}", this::compare);
        api.get("/api/v1/stats", this::stats);
    }

    private void compare(Context ctx) {
        var first = requestAuth.run(ctx);
        var second = requestAuth.run(ctx, "other");
        var compared = Comparison.of(first, second, journal.read(), journal.traces());
        var node = JsonBodies.object();
        node.set("first", RunJson.brief(first, clock.instant()));
        node.set("second", RunJson.brief(second, clock.instant()));
        RunJson.cost((ObjectNode) node.path("first"), compared.firstCost());
        RunJson.cost((ObjectNode) node.path("second"), compared.secondCost());
        var request = node.putArray("request");
        compared.request()
                .forEach(d -> request.addObject()
                        .put("what", d.what())
                        .put("first", d.first())
                        .put("second", d.second()));
        playbook(node.putObject("playbook"), compared.playbook());
        pairs(node.putArray("hosts"), compared.hosts(), HistoryRoutes::host);
        if (compared.tasksKnown()) {
            pairs(node.putArray("tasks"), compared.tasks(), HistoryRoutes::task);
        } else {
            node.putNull("tasks");
        }
        JsonBodies.send(ctx, node);
    }

    private static void playbook(ObjectNode node, Source source) {
        switch (source) {
            case Source.Same() -> node.put("same", true);
            case Source.Changed(var lines) -> node.put("same", false).put("diff", String.join("\n", lines));
            case Source.Unknown(var why) -> node.putNull("same").put("unknown", why);
        }
    }

    private interface Shape<T> {
        ObjectNode of(T value);
    }

    private static <T> void pairs(ArrayNode array, List<Comparison.Pair<T>> pairs, Shape<T> shape) {
        for (var pair : pairs) {
            var node = array.addObject().put("name", pair.name());
            node.set("first", pair.first().map(shape::of).orElse(null));
            node.set("second", pair.second().map(shape::of).orElse(null));
        }
    }

    private static ObjectNode host(HostResult host) {
        return JsonBodies.object()
                .put("status", host.outcome().word())
                .put("failed_task", host.failedTask().orElse(null))
                .put("duration", JsonBodies.seconds(host.duration()));
    }

    private static ObjectNode task(RunArtifacts.Task task) {
        return JsonBodies.object()
                .put("ok", task.ok())
                .put("changed", task.changed())
                .put("failed", task.failed())
                .put("skipped", task.skipped())
                .put("duration", JsonBodies.seconds(task.took()));
    }

    private void stats(Context ctx) {
        requestAuth.admit(ctx);
        JsonBodies.send(ctx, json(journal.read().history().stats(question(ctx, requestAuth, clock))));
    }

    /** Which days, and of which environments this user may see. */
    public static Stats.Question question(Context ctx, RequestAuth requestAuth, Clock clock) {
        Params.refuseUnknown(ctx, Set.of("period", "environment"));
        var word = Params.text(ctx, "period").orElse(WEEK);
        var period = word.equals("today") ? Optional.of(Duration.ofHours(1)) : Quantities.positiveDuration(word);
        if (period.isEmpty()) {
            throw ProblemException.badRequest("period", "\"" + word + "\" is not a period (today, 7d, 90d)");
        }
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return Stats.Question.last(period.get(), today, requestAuth.environments(ctx, Params.text(ctx, "environment")));
    }

    private static ObjectNode json(Stats stats) {
        var node = JsonBodies.object()
                .put("from", stats.from().toString())
                .put("to", stats.to().toString());
        StatisticsJson.ends(node, stats);
        stats.took()
                .ifPresentOrElse(
                        t -> node.putObject("duration")
                                .put("runs", t.runs())
                                .put("median", JsonBodies.seconds(t.median()))
                                .put("p95", JsonBodies.seconds(t.p95())),
                        () -> node.putNull("duration"));
        lists(node, stats);
        cost(node.putObject("cost"), stats.spent());
        return node;
    }

    private static void cost(ObjectNode node, Stats.Spent spent) {
        node.put("measured", spent.measured())
                .put("cpu_seconds", JsonBodies.seconds(spent.cpu()))
                .put("host_minutes", spent.hostTime().toSeconds() / 60.0)
                .put("peak_memory_bytes", spent.peakBytes());
    }

    private static void lists(ObjectNode node, Stats stats) {
        StatisticsJson.flaky(node, stats.flaky());
        var tasks = node.putArray("failing_tasks");
        stats.tasks()
                .forEach(t -> tasks.addObject()
                        .put("playbook", t.playbook())
                        .put("task", t.task())
                        .put("runs", t.runs())
                        .put("hosts", t.hosts()));
        StatisticsJson.failures(node, stats.failures());
        var people = node.putArray("people");
        stats.people()
                .forEach(p -> people.addObject()
                        .put("person", p.person().value())
                        .put("runs", p.runs())
                        .put("failed", p.bad()));
        var days = node.putArray("days");
        stats.trend()
                .forEach(d -> days.addObject()
                        .put("day", d.day().toString())
                        .put("runs", d.runs())
                        .put("succeeded", d.good())
                        .put("failed", d.bad()));
    }
}
