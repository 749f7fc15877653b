package dev.playcall.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.command.Command;
import dev.playcall.command.Command.ChangeSchedule.How;
import dev.playcall.command.Desk;
import dev.playcall.command.Reply;
import dev.playcall.domain.EnvironmentName;
import dev.playcall.schedule.Plan;
import dev.playcall.schedule.Schedule;
import dev.playcall.schedule.ScheduleStore;
import dev.playcall.schedule.Timing;
import dev.playcall.security.Sight;
import dev.playcall.web.openapi.BatchesSaid;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Set;

/** What runs by itself, over HTTP. */
final class ScheduleRoutes {
    private static final Set<String> OWN = Set.of("cron", "at", "timezone", "missed", "jitter");
    private static final String ONE = "/api/v1/schedules/{id}";
    private static final int NEXT = 5;

    private final ScheduleStore store;
    private final Desk desk;
    private final Visitors visitors;
    private final RunRoutes runs;
    private final StartBody body;

    ScheduleRoutes(ScheduleStore store, Desk desk, Visitors visitors, RunRoutes runs, StartBody body) {
        this.store = store;
        this.desk = desk;
        this.visitors = visitors;
        this.runs = runs;
        this.body = body;
    }

    void register(RoutesConfig routes) {
        var api = new Api(routes);
        api.get("/api/v1/schedules", BatchesSaid.SCHEDULES, this::list);
        api.post("/api/v1/schedules", BatchesSaid.ADD_SCHEDULE, this::add);
        api.get(ONE, BatchesSaid.SCHEDULE, ctx -> Json.send(ctx, json(find(ctx))));
        api.delete(ONE, BatchesSaid.DROP_SCHEDULE, ctx -> change(ctx, How.REMOVE));
        api.post(ONE + "/pause", BatchesSaid.SCHEDULE_PAUSE, ctx -> change(ctx, How.PAUSE));
        api.post(ONE + "/resume", BatchesSaid.SCHEDULE_RESUME, ctx -> change(ctx, How.RESUME));
        api.post(ONE + "/run", BatchesSaid.SCHEDULE_RUN, ctx -> handle(ctx, new Command.RunSchedule(id(ctx))));
    }

    private void list(Context ctx) {
        visitors.admit(ctx);
        var sight = visitors.sight(ctx);
        var node = Json.object();
        var list = node.putArray("schedules");
        store.all().stream().filter(s -> sees(sight, s)).forEach(s -> list.add(json(s)));
        Json.send(ctx, node);
    }

    /** That there is a report on everything is no secret; what it says is its owner's. */
    private static boolean isOnAll(Schedule s) {
        return s.plan().isReport() && s.plan().environment().equals(Plan.ALL);
    }

    static boolean sees(Sight sight, Schedule s) {
        return isOnAll(s) || sight.sees(place(s));
    }

    private static EnvironmentName place(Schedule s) {
        return new EnvironmentName(s.plan().environment());
    }

    private static long id(Context ctx) {
        return Params.run(ctx).value();
    }

    private Schedule find(Context ctx) {
        visitors.admit(ctx);
        var id = id(ctx);
        var found = store.find(id).orElseThrow(() -> ProblemException.notFound("there is no schedule " + id));
        if (!isOnAll(found)) {
            visitors.admit(ctx, place(found));
        }
        return found;
    }

    private void add(Context ctx) throws JsonProcessingException {
        var json = Json.body(ctx);
        var start = body.wish(json, OWN);
        var cron = StartBody.optional(json, "cron");
        var at = StartBody.optional(json, "at");
        if (cron.isPresent() == at.isPresent()) {
            throw ProblemException.badRequest("cron", "a schedule has either cron or at");
        }
        handle(
                ctx,
                new Command.AddSchedule(
                        at.isPresent(),
                        cron.or(() -> at).orElseThrow(),
                        text(json, "timezone"),
                        text(json, "missed"),
                        text(json, "jitter"),
                        start));
    }

    private static String text(JsonNode json, String name) {
        return StartBody.optional(json, name).orElse("");
    }

    private void change(Context ctx, How how) throws JsonProcessingException {
        var reason = ctx.bodyAsBytes().length == 0 ? "" : text(Json.body(ctx), "reason");
        handle(ctx, new Command.ChangeSchedule(id(ctx), how, reason));
    }

    private void handle(Context ctx, Command wish) {
        switch (desk.handle(wish, visitors.caller(ctx, RunRoutes.key(ctx)))) {
            case Reply.Scheduled(var schedule, var message) -> {
                ctx.status(201).header("Location", "/api/v1/schedules/" + schedule.id());
                Json.send(ctx, json(schedule).put("message", message));
            }
            case Reply other -> runs.answer(ctx, other, wish);
        }
    }

    static ObjectNode json(Schedule s) {
        var plan = s.plan();
        var node =
                Json.object().put("id", s.id()).put("owner", s.owner().value()).put("channel", s.channel());
        node.put("kind", plan.isReport() ? "report" : "run")
                .put("command", plan.words())
                .put("operation", plan.operation())
                .put("environment", plan.environment())
                .put("limit", plan.limit())
                .put("check", plan.check());
        switch (s.timing()) {
            case Timing.Repeated(var cron, var zone) -> node.put("cron", cron).put("timezone", zone.getId());
            case Timing.Once(var when) -> node.put("at", Json.time(when));
        }
        node.put("words", s.timing().words())
                .put("missed", s.missed().word())
                .put("jitter", s.jitter().toMillis() / 1000.0);
        node.put("paused", s.paused().isPresent());
        s.paused().ifPresent(p -> node.put("paused_by", p.by().value()).put("paused_reason", p.reason()));
        var next = node.putArray("next");
        if (s.paused().isEmpty() && s.next().isPresent()) {
            next.add(Json.time(s.next().get()));
            s.timing().next(s.next().get(), NEXT - 1).forEach(t -> next.add(Json.time(t)));
        }
        s.last().ifPresent(l -> {
            var last = node.putObject("last").put("time", Json.time(l.time())).put("result", l.words());
            l.run().ifPresent(r -> last.put("run", r));
        });
        return node;
    }
}
