package dev.playcall.web.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.command.Command;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.QueueCommand;
import dev.playcall.journal.node.Node;
import dev.playcall.journal.node.NodeStore;
import dev.playcall.security.access.Permission;
import dev.playcall.web.http.Api;
import dev.playcall.web.http.Body;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.StartRequest;
import dev.playcall.web.runs.RunJson;
import dev.playcall.web.runs.RunRoutes;
import dev.playcall.web.security.RequestAuth;
import dev.playcall.web.security.WebContext;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;

/** The gateways on the database, over HTTP. */
final class NodeRoutes {
    private final NodeStore nodes;
    private final CommandHandler commands;
    private final RequestAuth requestAuth;
    private final RunRoutes runs;

    NodeRoutes(WebContext web, RunRoutes runs) {
        this.nodes = web.journal().read().nodes();
        this.commands = web.commands();
        this.requestAuth = web.requestAuth();
        this.runs = runs;
    }

    void register(RoutesConfig routes) {
        var api = new Api(routes, requestAuth::admit);
        var may = requestAuth.everywhere(Permission.LOCK);
        api.get("/api/v1/nodes", this::list);
        api.post(
                "/api/v1/nodes/{name}/drain",
                may,
                ctx -> answer(ctx, new QueueCommand.DrainNode(name(ctx), reason(ctx))));
        api.post("/api/v1/nodes/{name}/undrain", may, ctx -> {
            Body.none(ctx);
            answer(ctx, new QueueCommand.UndrainNode(name(ctx)));
        });
    }

    private static String name(Context ctx) {
        return ctx.pathParam("name");
    }

    private static String reason(Context ctx) throws JsonProcessingException {
        return StartRequest.optional(JsonBodies.body(ctx), "reason").orElse("");
    }

    private void answer(Context ctx, Command command) {
        runs.answer(ctx, commands.handle(command, requestAuth.caller(ctx, Optional.empty())), command);
    }

    private void list(Context ctx) {
        var body = JsonBodies.object();
        var list = body.putArray("nodes");
        nodes.all().forEach(n -> put(list.addObject(), n));
        JsonBodies.send(ctx, body);
    }

    private static void put(ObjectNode json, Node node) {
        json.put("name", node.name())
                .put("status", node.status())
                .put("version", node.version())
                .put("started_at", JsonBodies.time(node.startedAt()))
                .put("last_seen", JsonBodies.time(node.lastSeen()))
                .put("running", node.running())
                .put("drained", node.drained());
        json.set("labels", RunJson.texts(node.labels()));
        if (!node.content().isEmpty()) {
            json.put("content", node.content());
        }
    }
}
