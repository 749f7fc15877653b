package dev.playcall.web.notifications;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.command.AlertCommand;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.Reply;
import dev.playcall.config.Quantities;
import dev.playcall.notify.alert.Alert;
import dev.playcall.notify.alert.Alerts;
import dev.playcall.notify.alert.Silence;
import dev.playcall.security.access.Permission;
import dev.playcall.web.http.Api;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.Params;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.security.RequestAuth;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What is open and what is muted, over HTTP; what is done about it goes through the command handler. */
final class AlertRoutes {
    private static final int MOST = 200;
    private static final int USUAL = 50;

    private final Alerts alerts;
    private final CommandHandler commands;
    private final RequestAuth requestAuth;

    AlertRoutes(Alerts alerts, CommandHandler commands, RequestAuth requestAuth) {
        this.alerts = alerts;
        this.commands = commands;
        this.requestAuth = requestAuth;
    }

    void register(RoutesConfig routes) {
        var api = new Api(routes, requestAuth::admit);
        api.get("/api/v1/alerts", this::open);
        api.post(
                "/api/v1/alerts/{id}/ack",
                requestAuth.anywhere(Permission.LOCK),
                ctx -> does(ctx, new AlertCommand.Acknowledge(List.of(number(ctx, "id")))));
        api.post("/api/v1/alerts/{id}/resolve", requestAuth.anywhere(Permission.LOCK), this::resolve);
        api.post(
                "/api/v1/offers/{id}/act",
                requestAuth.anywhere(Permission.START),
                ctx -> does(ctx, new AlertCommand.RunAction(number(ctx, "id"))));
        api.get("/api/v1/mutes", this::mutes);
        api.post("/api/v1/mutes", requestAuth.anywhere(Permission.LOCK), this::mute);
        api.post("/api/v1/mutes/{id}/extend", requestAuth.anywhere(Permission.LOCK), this::extend);
        api.delete(
                "/api/v1/mutes/{id}",
                requestAuth.anywhere(Permission.LOCK),
                ctx -> does(ctx, new AlertCommand.Unmute(number(ctx, "id"))));
        api.post(
                "/api/v1/receivers/{name}/test",
                requestAuth.everywhere(Permission.ADMIN),
                ctx -> does(ctx, new AlertCommand.SendTest(ctx.pathParam("name"))));
        api.post(
                "/api/v1/deliveries/{id}/redeliver",
                requestAuth.everywhere(Permission.ADMIN),
                ctx -> does(ctx, new AlertCommand.Redeliver(Optional.of(number(ctx, "id")))));
        api.post(
                "/api/v1/deliveries/redeliver-dead",
                requestAuth.everywhere(Permission.ADMIN),
                ctx -> does(ctx, new AlertCommand.Redeliver(Optional.empty())));
    }

    static long number(Context ctx, String name) {
        var text = ctx.pathParam(name);
        if (!text.matches("\\d{1,18}")) {
            throw ProblemException.badRequest(name, "\"" + text + "\" is not a number");
        }
        return Long.parseLong(text);
    }

    private void open(Context ctx) {
        requestAuth.admit(ctx);
        var visible = requestAuth.visibleEnvironments(ctx);
        int limit = (int) Params.number(ctx, "limit", USUAL, 1, MOST);
        var cursor = Params.id(ctx, "cursor");
        var found = alerts.open(e -> visible.seesAlertsOf(e), cursor, limit);
        var node = JsonBodies.object();
        var all = node.putArray("alerts");
        found.forEach(a -> all.add(json(a)));
        node.put("total", alerts.count(e -> visible.seesAlertsOf(e)));
        if (found.size() == limit) {
            node.put("next_cursor", found.getLast().id());
        } else {
            node.putNull("next_cursor");
        }
        JsonBodies.send(ctx, node);
    }

    private static ObjectNode json(Alert a) {
        var node = JsonBodies.object()
                .put("id", a.id())
                .put("severity", a.item().severity().word())
                .put("title", a.item().title())
                .put("text", a.item().text())
                .put("since", JsonBodies.time(a.standing().since()))
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
        requestAuth.admit(ctx);
        var node = JsonBodies.object();
        var all = node.putArray("mutes");
        alerts.mutes().forEach(m -> all.add(json(m)));
        JsonBodies.send(ctx, node);
    }

    private static ObjectNode json(Silence m) {
        var node = JsonBodies.object()
                .put("id", m.id())
                .put("reason", m.reason())
                .put("by", m.by())
                .put("at", JsonBodies.time(m.at()))
                .put("hidden", m.hidden());
        m.until().ifPresentOrElse(u -> node.put("until", JsonBodies.time(u)), () -> node.putNull("until"));
        var matchers = node.putArray("matchers");
        m.matchers().forEach(matchers::add);
        return node;
    }

    /** {@code {"what": "production", "for": "2h", "reason": "…"}}, or {@code "matchers": ["host=\"web-1\""]}. */
    private void mute(Context ctx) throws JsonProcessingException {
        var body = JsonBodies.body(ctx);
        var words = new java.util.ArrayList<String>();
        body.path("matchers").forEach(m -> words.add(m.asText()));
        words.addAll(Arrays.stream(body.path("what").asText("").split("\\s+"))
                .filter(w -> !w.isBlank())
                .toList());
        if (words.isEmpty()) {
            throw ProblemException.badRequest(
                    "what", "what is required: an environment, an operation, or conditions as in routes");
        }
        var reason = body.path("reason").asText("");
        if (!reason.isBlank()) {
            words.add(reason.strip());
        }
        var span = span(body);
        ctx.status(201);
        does(ctx, new AlertCommand.Mute(words, span));
    }

    private void extend(Context ctx) throws JsonProcessingException {
        long mute = number(ctx, "id");
        var span = span(JsonBodies.body(ctx))
                .orElseThrow(
                        () -> ProblemException.badRequest("for", "for is required: how much longer (30m, 2h, 1d)"));
        does(ctx, new AlertCommand.ExtendMute(mute, span));
    }

    private static Optional<Duration> span(JsonNode body) {
        var time = Optional.of(body.path("for").asText("")).filter(t -> !t.isBlank());
        Optional<Duration> span = time.flatMap(Quantities::positiveDuration);
        if (time.isPresent() && span.isEmpty()) {
            throw ProblemException.badRequest("for", Quantities.notADuration(time.get()));
        }
        return span;
    }

    private void resolve(Context ctx) throws JsonProcessingException {
        long alert = number(ctx, "id");
        does(
                ctx,
                new AlertCommand.Resolve(
                        alert, JsonBodies.body(ctx).path("reason").asText("")));
    }

    /** Has a command done and answers what came of it. */
    void does(Context ctx, AlertCommand command) {
        switch (commands.handle(command, requestAuth.caller(ctx, Optional.empty()))) {
            case Reply.Done(var message) ->
                JsonBodies.send(ctx, JsonBodies.object().put("message", message));
            case Reply.Scheduled(var _, var message) ->
                JsonBodies.send(ctx, JsonBodies.object().put("message", message));
            case Reply.Detailed detailed ->
                JsonBodies.send(ctx, JsonBodies.object().put("message", detailed.message()));
            case Reply.Batched(var _, var runs, var _) ->
                accepted(ctx, runs.getFirst().id().value());
            case Reply.Accepted(var run) -> accepted(ctx, run.id().value());
            case Reply.Duplicate(var run) -> accepted(ctx, run.id().value());
            case Reply.Invalid invalid ->
                throw new ProblemException(
                        command instanceof AlertCommand.Redeliver ? 409 : 400,
                        invalid.line(),
                        Optional.of(invalid.field()));
            case Reply.NotFound(var message) ->
                throw new ProblemException(
                        command instanceof AlertCommand.RunAction || command instanceof AlertCommand.Acknowledge
                                ? 409
                                : 404,
                        message,
                        Optional.empty());
            case Reply.Denied denied -> throw new ProblemException(403, denied.line(), Optional.empty());
            case Reply.TooMany(var message, var _) -> throw new ProblemException(429, message, Optional.empty());
            case Reply.Unavailable(var message) -> throw new ProblemException(503, message, Optional.empty());
            case Reply.Conflict(var message) -> throw new ProblemException(409, message, Optional.empty());
            case Reply.TooLate(var _, var message) -> throw new ProblemException(409, message, Optional.empty());
        }
    }

    private static void accepted(Context ctx, long run) {
        ctx.status(201);
        JsonBodies.send(ctx, JsonBodies.object().put("run", run));
    }
}
