package dev.playcall.web.schedules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.command.Command;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.Reply;
import dev.playcall.command.ScheduleCommand;
import dev.playcall.command.ScheduleCommand.ChangeSchedule.How;
import dev.playcall.domain.Truncate;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.schedule.Schedule;
import dev.playcall.schedule.SchedulePlan;
import dev.playcall.schedule.ScheduleStore;
import dev.playcall.schedule.ScheduleTiming;
import dev.playcall.security.access.VisibleEnvironments;
import dev.playcall.web.http.Api;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.http.StartRequest;
import dev.playcall.web.runs.RunRoutes;
import dev.playcall.web.security.RequestAuth;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Optional;
import java.util.Set;

/** What runs by itself, over HTTP. */
final class ScheduleRoutes {
    private static final Set<String> OWN = Set.of("cron", "at", "timezone", "missed", "jitter");
    private static final String ONE = "/api/v1/schedules/{id}";
    private static final int NEXT = 5;

    private final ScheduleStore store;
    private final CommandHandler commands;
    private final RequestAuth requestAuth;
    private final RunRoutes runs;

    ScheduleRoutes(ScheduleStore store, CommandHandler commands, RequestAuth requestAuth, RunRoutes runs) {
        this.store = store;
        this.commands = commands;
        this.requestAuth = requestAuth;
        this.runs = runs;
    }

    void register(RoutesConfig routes) {
        var api = new Api(routes, requestAuth::admit);
        api.get("/api/v1/schedules", this::list);
        api.post("/api/v1/schedules", requestAuth::onStart, this::add);
        api.get(ONE, ctx -> JsonBodies.send(ctx, json(find(ctx))));
        api.delete(ONE, changing(How.REMOVE), ctx -> change(ctx, How.REMOVE));
        api.post(ONE + "/pause", changing(How.PAUSE), ctx -> change(ctx, How.PAUSE));
        api.post(ONE + "/resume", changing(How.RESUME), ctx -> change(ctx, How.RESUME));
        api.post(ONE + "/run", requestAuth::admit, ctx -> handle(ctx, new ScheduleCommand.RunSchedule(which(ctx))));
    }

    private void list(Context ctx) {
        requestAuth.admit(ctx);
        var visible = requestAuth.visibleEnvironments(ctx);
        var node = JsonBodies.object();
        var list = node.putArray("schedules");
        store.all().stream().filter(s -> sees(visible, s)).forEach(s -> list.add(json(s)));
        JsonBodies.send(ctx, node);
    }

    /** That there is a report on everything is no secret; what it says is its owner's. */
    private static boolean isOnAll(Schedule s) {
        return s.plan().isReport() && s.plan().environment().equals(SchedulePlan.ALL);
    }

    static boolean sees(VisibleEnvironments visible, Schedule s) {
        return isOnAll(s) || visible.sees(place(s));
    }

    private static EnvironmentName place(Schedule s) {
        return new EnvironmentName(s.plan().environment());
    }

    /** A number or a name. */
    private static String which(Context ctx) {
        return ctx.pathParam("id").strip();
    }

    /** The one that this user means; of one name, what they may not see does not count. */
    private Optional<Schedule> called(Context ctx) {
        var visible = requestAuth.visibleEnvironments(ctx);
        var found = store.called(which(ctx));
        return found.size() == 1
                ? Optional.of(found.getFirst())
                : found.stream().filter(s -> sees(visible, s)).findFirst();
    }

    private Schedule find(Context ctx) {
        requestAuth.admit(ctx);
        var found = called(ctx)
                .orElseThrow(() -> ProblemException.notFound("there is no schedule " + Truncate.of(which(ctx), 60)));
        if (!isOnAll(found)) {
            requestAuth.admit(ctx, place(found));
        }
        return found;
    }

    private Handler changing(How how) {
        return ctx -> {
            var schedule = called(ctx);
            if (schedule.isPresent()) {
                requestAuth.admit(ctx, schedule.get(), how);
            } else {
                requestAuth.admit(ctx);
            }
        };
    }

    private void add(Context ctx) throws JsonProcessingException {
        var json = JsonBodies.body(ctx);
        var start = StartRequest.command(json, OWN);
        var cron = StartRequest.optional(json, "cron");
        var at = StartRequest.optional(json, "at");
        if (cron.isPresent() == at.isPresent()) {
            throw ProblemException.badRequest("cron", "a schedule needs either cron or at");
        }
        handle(
                ctx,
                new ScheduleCommand.AddSchedule(
                        at.isPresent(),
                        cron.or(() -> at).orElseThrow(),
                        text(json, "timezone"),
                        text(json, "missed"),
                        text(json, "jitter"),
                        start));
    }

    private static String text(JsonNode json, String name) {
        return StartRequest.optional(json, name).orElse("");
    }

    private void change(Context ctx, How how) throws JsonProcessingException {
        var reason = ctx.bodyAsBytes().length == 0 ? "" : text(JsonBodies.body(ctx), "reason");
        handle(ctx, new ScheduleCommand.ChangeSchedule(which(ctx), how, reason));
    }

    private void handle(Context ctx, Command command) {
        switch (commands.handle(command, requestAuth.caller(ctx, RunRoutes.key(ctx)))) {
            case Reply.Scheduled(var schedule, var message) -> {
                ctx.status(201).header("Location", "/api/v1/schedules/" + schedule.id());
                JsonBodies.send(ctx, json(schedule).put("message", message));
            }
            case Reply other -> runs.answer(ctx, other, command);
        }
    }

    static ObjectNode json(Schedule s) {
        var schedulePlan = s.plan();
        var node = JsonBodies.object()
                .put("id", s.id())
                .put("name", s.name())
                .put("owner", s.owner().value())
                .put("channel", s.channel())
                .put("receiver", s.plan().receiver());
        node.put("kind", schedulePlan.isReport() ? "report" : "run")
                .put("command", schedulePlan.words())
                .put("operation", schedulePlan.operation())
                .put("environment", schedulePlan.environment())
                .put("limit", schedulePlan.limit())
                .put("check", schedulePlan.check());
        switch (s.timing()) {
            case ScheduleTiming.Repeated(var cron, var zone) ->
                node.put("cron", cron).put("timezone", zone.getId());
            case ScheduleTiming.Once(var when) -> node.put("at", JsonBodies.time(when));
        }
        node.put("words", s.timing().words())
                .put("missed", s.missed().word())
                .put("jitter", s.jitter().toMillis() / 1000.0);
        node.put("paused", s.paused().isPresent());
        s.paused().ifPresent(p -> node.put("paused_by", p.by().value()).put("paused_reason", p.reason()));
        var next = node.putArray("next");
        if (s.paused().isEmpty() && s.next().isPresent()) {
            next.add(JsonBodies.time(s.next().get()));
            s.timing().next(s.next().get(), NEXT - 1).forEach(t -> next.add(JsonBodies.time(t)));
        }
        s.last().ifPresent(l -> {
            var last = node.putObject("last")
                    .put("time", JsonBodies.time(l.time()))
                    .put("result", l.words());
            l.run().ifPresent(r -> last.put("run", r));
        });
        return node;
    }
}
