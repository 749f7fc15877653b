package dev.playcall.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.command.Command;
import dev.playcall.command.Desk;
import dev.playcall.command.Reply;
import dev.playcall.config.Quantities;
import dev.playcall.journal.Digest;
import dev.playcall.journal.RunJournal;
import dev.playcall.schedule.ScheduleStore;
import dev.playcall.web.openapi.ReportsSaid;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/** Reports over HTTP: those that come by themselves, and how it went until now. Everything else about one is a schedule's. */
final class ReportRoutes {
    private static final Set<String> FIELDS =
            Set.of("every", "day", "at", "timezone", "missed", "environment", "channel");
    private static final Duration LONGEST = Duration.ofDays(92);

    private final ScheduleStore store;
    private final RunJournal journal;
    private final Desk desk;
    private final Visitors visitors;
    private final RunRoutes runs;
    private final Clock clock;

    ReportRoutes(ScheduleStore store, RunJournal journal, Desk desk, Visitors visitors, RunRoutes runs, Clock clock) {
        this.store = store;
        this.journal = journal;
        this.desk = desk;
        this.visitors = visitors;
        this.runs = runs;
        this.clock = clock;
    }

    void register(RoutesConfig routes) {
        var api = new Api(routes);
        api.get("/api/v1/reports", ReportsSaid.REPORTS, this::list);
        api.post("/api/v1/reports", ReportsSaid.ADD_REPORT, this::add);
        api.get("/api/v1/reports/now", ReportsSaid.REPORTS_NOW, this::now);
    }

    private void list(Context ctx) {
        visitors.admit(ctx);
        var sight = visitors.sight(ctx);
        var node = Json.object();
        var list = node.putArray("reports");
        store.all().stream()
                .filter(s -> s.plan().isReport() && ScheduleRoutes.sees(sight, s))
                .forEach(s -> list.add(ScheduleRoutes.json(s)));
        Json.send(ctx, node);
    }

    private void add(Context ctx) throws JsonProcessingException {
        var json = Json.body(ctx);
        json.fieldNames().forEachRemaining(name -> {
            if (!FIELDS.contains(name)) {
                throw ProblemException.badRequest(name, "a report has no " + name);
            }
        });
        var wish = new Command.AddReport(
                StartBody.optional(json, "every")
                        .orElseThrow(() -> ProblemException.badRequest(
                                "every", "every is required: daily, weekly or a line of cron")),
                text(json, "day"),
                text(json, "at"),
                text(json, "timezone"),
                text(json, "missed"),
                text(json, "environment"),
                text(json, "channel"));
        switch (desk.handle(wish, visitors.caller(ctx, RunRoutes.key(ctx)))) {
            case Reply.Scheduled(var schedule, var message) -> {
                ctx.status(201).header("Location", "/api/v1/schedules/" + schedule.id());
                Json.send(ctx, ScheduleRoutes.json(schedule).put("message", message));
            }
            case Reply other -> runs.answer(ctx, other, wish);
        }
    }

    private static String text(JsonNode json, String name) {
        return StartBody.optional(json, name).orElse("");
    }

    private void now(Context ctx) {
        Params.refuseUnknown(ctx, Set.of("environment", "period"));
        visitors.admit(ctx);
        var word = Params.text(ctx, "period").orElse("24h");
        var period = Quantities.positiveDuration(word)
                .filter(p -> p.compareTo(LONGEST) <= 0)
                .orElseThrow(() -> ProblemException.badRequest(
                        "period", "\"" + word + "\" is not a period of at most 92 days (24h, 7d)"));
        var asked = Params.text(ctx, "environment");
        var to = clock.instant();
        var from = to.minus(period);
        var digest = journal.read().history().digest(from, to, visitors.environments(ctx, asked));
        Json.send(ctx, json(digest).put("from", Json.time(from)).put("to", Json.time(to)));
    }

    private static ObjectNode json(Digest digest) {
        var node = Json.object();
        FigureJson.ends(node, digest);
        FigureJson.failures(node, digest.failures());
        FigureJson.flaky(node, digest.flaky());
        var failing = node.putArray("still_failing");
        digest.failing()
                .forEach(f -> failing.addObject()
                        .put("what", f.what())
                        .put("environment", f.environment())
                        .put("runs", f.runs())
                        .put("first_run", f.first().value())
                        .put("since", Json.time(f.since())));
        return node;
    }
}
