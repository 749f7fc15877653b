package dev.playcall.web.notifications;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.command.AlertCommand.ReceiverCommand;
import dev.playcall.command.alert.ReceiverSettings;
import dev.playcall.security.access.Permission;
import dev.playcall.web.http.Api;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.security.RequestAuth;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;

/** Receivers and routes over HTTP: those of the file to read, those that are stored to change. */
final class ReceiverRoutes {
    private final ReceiverSettings settings;
    private final AlertRoutes alerts;
    private final RequestAuth requestAuth;

    /** @param alerts answers what commands came to */
    ReceiverRoutes(ReceiverSettings settings, AlertRoutes alerts, RequestAuth requestAuth) {
        this.settings = settings;
        this.alerts = alerts;
        this.requestAuth = requestAuth;
    }

    void register(RoutesConfig routes) {
        var api = new Api(routes, requestAuth.everywhere(Permission.AUDIT));
        var admin = requestAuth.everywhere(Permission.ADMIN);
        api.get("/api/v1/receivers", this::receivers);
        api.get("/api/v1/receivers/export", ctx -> ctx.contentType("text/plain").result(settings.yaml()));
        api.put(
                "/api/v1/receivers/{name}",
                admin,
                ctx -> alerts.does(ctx, new ReceiverCommand.PutReceiver(ctx.pathParam("name"), fields(ctx))));
        api.delete(
                "/api/v1/receivers/{name}",
                admin,
                ctx -> alerts.does(ctx, new ReceiverCommand.RemoveReceiver(ctx.pathParam("name"))));
        api.get("/api/v1/routes", this::routes);
        api.post("/api/v1/routes", admin, ctx -> {
            var fields = fields(ctx);
            ctx.status(201);
            alerts.does(ctx, new ReceiverCommand.AddRoute(fields));
        });
        api.delete(
                "/api/v1/routes/{id}",
                admin,
                ctx -> alerts.does(ctx, new ReceiverCommand.RemoveRoute(AlertRoutes.number(ctx, "id"))));
    }

    private static Map<String, Object> fields(Context ctx) throws JsonProcessingException {
        if (JsonBodies.plain(JsonBodies.body(ctx)) instanceof Map<?, ?> map) {
            var fields = new LinkedHashMap<String, Object>();
            map.forEach((key, value) -> fields.put(String.valueOf(key), value));
            return fields;
        }
        throw ProblemException.badRequest("body", "the body must be an object with the keys of the configuration file");
    }

    private void receivers(Context ctx) {
        var node = JsonBodies.object();
        var all = node.putArray("receivers");
        settings.receivers().forEach(r -> {
            var one =
                    all.addObject().put("name", r.name()).put("kind", r.kind()).put("target", r.target());
            source(one, r.source());
            r.routes().forEach(one.putArray("routes")::add);
        });
        settings.misfits().forEach(node.putArray("problems")::add);
        JsonBodies.send(ctx, node);
    }

    private void routes(Context ctx) {
        var node = JsonBodies.object();
        var all = node.putArray("routes");
        settings.routes().forEach(r -> {
            var one = all.addObject().put("name", r.name()).put("depth", r.depth());
            r.id().ifPresentOrElse(id -> one.put("id", id), () -> one.putNull("id"));
            r.match().forEach(one.putArray("match")::add);
            r.receivers().forEach(one.putArray("receivers")::add);
            r.groupBy().forEach(one.putArray("group_by")::add);
            one.put("continue", r.goOn());
            source(one, r.source());
        });
        settings.misfits().forEach(node.putArray("problems")::add);
        JsonBodies.send(ctx, node);
    }

    private static void source(ObjectNode node, ReceiverSettings.Source source) {
        node.put("source", source.word());
        source.by().ifPresentOrElse(by -> node.put("by", by.value()), () -> node.putNull("by"));
        source.at().ifPresentOrElse(at -> node.put("at", JsonBodies.time(at)), () -> node.putNull("at"));
    }
}
