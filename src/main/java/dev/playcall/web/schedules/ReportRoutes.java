package dev.playcall.web.schedules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.Reply;
import dev.playcall.command.ReportCommand;
import dev.playcall.config.Quantities;
import dev.playcall.journal.History.ReportDigest;
import dev.playcall.journal.RunJournal;
import dev.playcall.schedule.ScheduleStore;
import dev.playcall.web.http.Api;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.Params;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.http.StartRequest;
import dev.playcall.web.runs.RunRoutes;
import dev.playcall.web.security.RequestAuth;
import dev.playcall.web.statistics.StatisticsJson;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/** Reports over HTTP: those that come by themselves, and how it went until now. Everything else about one is a schedule's. */
final class ReportRoutes {
    private static final Set<String> FIELDS =
            Set.of("every", "day", "at", "timezone", "missed", "environment", "channel", "receiver");
    private static final Duration LONGEST = Duration.ofDays(92);

    private final ScheduleStore store;
    private final RunJournal journal;
    private final CommandHandler commands;
    private final RequestAuth requestAuth;
    private final RunRoutes runs;
    private final Clock clock;

    ReportRoutes(
            ScheduleStore store,
            RunJournal journal,
            CommandHandler commands,
            RequestAuth requestAuth,
            RunRoutes runs,
            Clock clock) {
        this.store = store;
        this.journal = journal;
        this.commands = commands;
        this.requestAuth = requestAuth;
        this.runs = runs;
        this.clock = clock;
    }

    void register(RoutesConfig routes) {
        var api = new Api(routes, requestAuth::admit);
        api.get("/api/v1/reports", this::list);
        api.post("/api/v1/reports", requestAuth::admit, this::add);
        api.get("/api/v1/reports/now", this::now);
    }

    private void list(Context ctx) {
        requestAuth.admit(ctx);
        var visible = requestAuth.visibleEnvironments(ctx);
        var node = JsonBodies.object();
        var list = node.putArray("reports");
        store.all().stream()
                .filter(s -> s.plan().isReport() && ScheduleRoutes.sees(visible, s))
                .forEach(s -> list.add(ScheduleRoutes.json(s)));
        JsonBodies.send(ctx, node);
    }

    private void add(Context ctx) throws JsonProcessingException {
        var json = JsonBodies.body(ctx);
        ProblemException.refuseUnknownFields(json, FIELDS);
        var command = command(json);
        switch (commands.handle(command, requestAuth.caller(ctx, RunRoutes.key(ctx)))) {
            case Reply.Scheduled(var schedule, var message) -> {
                ctx.status(201).header("Location", "/api/v1/schedules/" + schedule.id());
                JsonBodies.send(ctx, ScheduleRoutes.json(schedule).put("message", message));
            }
            case Reply other -> runs.answer(ctx, other, command);
        }
    }

    private static ReportCommand.AddReport command(JsonNode json) {
        return new ReportCommand.AddReport(
                StartRequest.optional(json, "every")
                        .orElseThrow(() -> ProblemException.badRequest(
                                "every", "every is required: daily, weekly or a cron expression")),
                text(json, "day"),
                text(json, "at"),
                text(json, "timezone"),
                text(json, "missed"),
                text(json, "environment"),
                text(json, "channel"),
                text(json, "receiver"));
    }

    private static String text(JsonNode json, String name) {
        return StartRequest.optional(json, name).orElse("");
    }

    private void now(Context ctx) {
        Params.refuseUnknown(ctx, Set.of("environment", "period"));
        requestAuth.admit(ctx);
        var word = Params.text(ctx, "period").orElse("24h");
        var period = Quantities.positiveDuration(word)
                .filter(p -> p.compareTo(LONGEST) <= 0)
                .orElseThrow(() -> ProblemException.badRequest(
                        "period", "\"" + word + "\" is not a period of at most 92 days (24h, 7d)"));
        var asked = Params.text(ctx, "environment");
        var to = clock.instant();
        var from = to.minus(period);
        var reportDigest = journal.read().history().digest(from, to, requestAuth.environments(ctx, asked));
        JsonBodies.send(
                ctx, json(reportDigest).put("from", JsonBodies.time(from)).put("to", JsonBodies.time(to)));
    }

    private static ObjectNode json(ReportDigest reportDigest) {
        var node = JsonBodies.object();
        StatisticsJson.ends(node, reportDigest);
        StatisticsJson.failures(node, reportDigest.failures());
        StatisticsJson.flaky(node, reportDigest.flaky());
        var failing = node.putArray("still_failing");
        reportDigest
                .failing()
                .forEach(f -> failing.addObject()
                        .put("what", f.what())
                        .put("environment", f.environment())
                        .put("runs", f.runs())
                        .put("first_run", f.first().value())
                        .put("since", JsonBodies.time(f.since())));
        return node;
    }
}
