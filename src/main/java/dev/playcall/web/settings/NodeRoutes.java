package dev.playcall.web.settings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.journal.node.Node;
import dev.playcall.journal.node.NodeStore;
import dev.playcall.web.http.Api;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.security.RequestAuth;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** The gateways on the database, over HTTP. */
final class NodeRoutes {
    private final NodeStore nodes;
    private final RequestAuth requestAuth;

    NodeRoutes(NodeStore nodes, RequestAuth requestAuth) {
        this.nodes = nodes;
        this.requestAuth = requestAuth;
    }

    void register(RoutesConfig routes) {
        new Api(routes, requestAuth::admit).get("/api/v1/nodes", this::list);
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
                .put("running", node.running());
        if (!node.content().isEmpty()) {
            json.put("content", node.content());
        }
    }
}
