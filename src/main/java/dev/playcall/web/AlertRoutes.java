package dev.playcall.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.command.Command;
import dev.playcall.command.Desk;
import dev.playcall.command.Reply;
import dev.playcall.config.Quantities;
import dev.playcall.domain.EnvironmentName;
import dev.playcall.notify.Alert;
import dev.playcall.notify.Alerts;
import dev.playcall.notify.Mute;
import dev.playcall.security.Sight;
import dev.playcall.web.openapi.NoticesSaid;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What is open and what is muted, over HTTP; what is done about it goes through the desk. */
final class AlertRoutes {
    private static final int MOST = 200;
    private static final int USUAL = 50;

    private final Alerts alerts;
    private final Desk desk;
    private final Visitors visitors;

    AlertRoutes(Alerts alerts, Desk desk, Visitors visitors) {
        this.alerts = alerts;
        this.desk = desk;
        this.visitors = visitors;
    }

    void register(RoutesConfig routes) {
        var api = new Api(routes);
        api.get("/api/v1/alerts", NoticesSaid.ALERTS, this::open);
        api.post(
                "/api/v1/alerts/{id}/ack",
                NoticesSaid.ALERT_ACK,
                ctx -> does(ctx, new Command.Acknowledge(List.of(number(ctx, "id")))));
        api.post(
                "/api/v1/offers/{id}/act", NoticesSaid.OFFER_ACT, ctx -> does(ctx, new Command.Act(number(ctx, "id"))));
        api.get("/api/v1/mutes", NoticesSaid.MUTES, this::mutes);
        api.post("/api/v1/mutes", NoticesSaid.ADD_MUTE, this::mute);
        api.delete(
                "/api/v1/mutes/{id}", NoticesSaid.DROP_MUTE, ctx -> does(ctx, new Command.Unmute(number(ctx, "id"))));
        api.post(
                "/api/v1/receivers/{name}/test",
                NoticesSaid.RECEIVER_TEST,
                ctx -> does(ctx, new Command.Drill(ctx.pathParam("name"))));
        api.post(
                "/api/v1/deliveries/{id}/redeliver",
                NoticesSaid.DELIVERY_REDELIVER,
                ctx -> does(ctx, new Command.Redeliver(Optional.of(number(ctx, "id")))));
        api.post(
                "/api/v1/deliveries/redeliver-dead",
                NoticesSaid.DELIVERY_REDELIVER_DEAD,
                ctx -> does(ctx, new Command.Redeliver(Optional.empty())));
    }

    private static long number(Context ctx, String name) {
        var text = ctx.pathParam(name);
        if (!text.matches("\\d{1,18}")) {
            throw ProblemException.badRequest(name, "\"" + text + "\" is not a number");
        }
        return Long.parseLong(text);
    }

    private void open(Context ctx) {
        visitors.admit(ctx);
        var sight = visitors.sight(ctx);
        int limit = (int) Params.number(ctx, "limit", USUAL, 1, MOST);
        var cursor = Params.id(ctx, "cursor");
        var found = alerts.open(e -> sees(sight, e), cursor, limit);
        var node = Json.object();
        var all = node.putArray("alerts");
        found.forEach(a -> all.add(json(a)));
        node.put("total", alerts.count(e -> sees(sight, e)));
        if (found.size() == limit) {
            node.put("next_cursor", found.getLast().id());
        } else {
            node.putNull("next_cursor");
        }
        Json.send(ctx, node);
    }

    private static boolean sees(Sight sight, String environment) {
        return !EnvironmentName.isValid(environment) || sight.sees(new EnvironmentName(environment));
    }

    private static ObjectNode json(Alert a) {
        var node = Json.object()
                .put("id", a.id())
                .put("severity", a.item().severity().word())
                .put("title", a.item().title())
                .put("text", a.item().text())
                .put("since", Json.time(a.standing().since()))
                .put("times", a.standing().times());
        a.standing()
                .acknowledgedBy()
                .ifPresentOrElse(by -> node.put("acknowledged_by", by), () -> node.putNull("acknowledged_by"));
        var labels = node.putObject("labels");
        a.item().labels().forEach(labels::put);
        var notes = node.putArray("notes");
        a.standing().notes().forEach(notes::add);
        var offers = node.putArray("offers");
        a.standing()
                .offers()
                .forEach(o -> offers.addObject().put("id", o.offer()).put("label", o.label()));
        return node;
    }

    private void mutes(Context ctx) {
        visitors.admit(ctx);
        var node = Json.object();
        var all = node.putArray("mutes");
        alerts.mutes().forEach(m -> all.add(json(m)));
        Json.send(ctx, node);
    }

    private static ObjectNode json(Mute m) {
        var node = Json.object()
                .put("id", m.id())
                .put("reason", m.reason())
                .put("by", m.by())
                .put("at", Json.time(m.at()))
                .put("hidden", m.hidden());
        m.until().ifPresentOrElse(u -> node.put("until", Json.time(u)), () -> node.putNull("until"));
        var matchers = node.putArray("matchers");
        m.matchers().forEach(matchers::add);
        return node;
    }

    /** {@code {"what": "production", "for": "2h", "reason": "…"}}, or {@code "matchers": ["host=\"web-1\""]}. */
    private void mute(Context ctx) throws JsonProcessingException {
        var body = Json.body(ctx);
        var words = new java.util.ArrayList<String>();
        body.path("matchers").forEach(m -> words.add(m.asText()));
        words.addAll(Arrays.stream(body.path("what").asText("").split("\\s+"))
                .filter(w -> !w.isBlank())
                .toList());
        if (words.isEmpty()) {
            throw ProblemException.badRequest("what", "say what is to be muted");
        }
        var reason = body.path("reason").asText("");
        if (!reason.isBlank()) {
            words.add(reason.strip());
        }
        var time = Optional.of(body.path("for").asText("")).filter(t -> !t.isBlank());
        Optional<Duration> span = time.flatMap(Quantities::positiveDuration);
        if (time.isPresent() && span.isEmpty()) {
            throw ProblemException.badRequest("for", "\"" + time.get() + "\" is not a duration (30m, 2h, 1d)");
        }
        ctx.status(201);
        does(ctx, new Command.Mute(words, span));
    }

    private void does(Context ctx, Command.OnAlerts wish) {
        switch (desk.handle(wish, visitors.caller(ctx, Optional.empty()))) {
            case Reply.Done(var message) -> Json.send(ctx, Json.object().put("message", message));
            case Reply.Scheduled(var _, var message) ->
                Json.send(ctx, Json.object().put("message", message));
            case Reply.Told told -> Json.send(ctx, Json.object().put("message", told.message()));
            case Reply.Batched(var _, var runs, var _) ->
                accepted(ctx, runs.getFirst().id().value());
            case Reply.Accepted(var run) -> accepted(ctx, run.id().value());
            case Reply.Again(var run) -> accepted(ctx, run.id().value());
            case Reply.Invalid invalid ->
                throw new ProblemException(
                        wish instanceof Command.Redeliver ? 409 : 400, invalid.line(), Optional.of(invalid.field()));
            case Reply.NotFound(var message) ->
                throw new ProblemException(
                        wish instanceof Command.Act || wish instanceof Command.Acknowledge ? 409 : 404,
                        message,
                        Optional.empty());
            case Reply.Denied denied -> throw new ProblemException(403, denied.line(), Optional.empty());
            case Reply.TooMany(var message, var _) -> throw new ProblemException(429, message, Optional.empty());
            case Reply.Unavailable(var message) -> throw new ProblemException(503, message, Optional.empty());
            case Reply.Taken(var message) -> throw new ProblemException(409, message, Optional.empty());
            case Reply.TooLate(var _, var message) -> throw new ProblemException(409, message, Optional.empty());
        }
    }

    private static void accepted(Context ctx, long run) {
        ctx.status(201);
        Json.send(ctx, Json.object().put("run", run));
    }
}
