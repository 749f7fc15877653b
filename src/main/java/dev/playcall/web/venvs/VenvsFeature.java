package dev.playcall.web.venvs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.command.ContentCommand.VenvCommand;
import dev.playcall.command.Reply;
import dev.playcall.security.access.Permission;
import dev.playcall.venv.VenvSpec;
import dev.playcall.venv.analysis.Finding;
import dev.playcall.web.http.Api;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.RouteGroup;
import dev.playcall.web.http.StartRequest;
import dev.playcall.web.runs.RunRoutes;
import dev.playcall.web.security.WebContext;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;

/** Python environments of playbooks over HTTP. */
public final class VenvsFeature implements RouteGroup {
    private final WebContext web;
    private final RunRoutes runs;

    public VenvsFeature(WebContext web, RunRoutes runs) {
        this.web = web;
        this.runs = runs;
    }

    @Override
    public void register(RoutesConfig routes) {
        var auth = web.requestAuth();
        var api = new Api(routes, auth::admit);
        api.post("/api/v1/venvs/analyze", auth.anywhere(Permission.VIEW), ctx -> {
            var body = JsonBodies.body(ctx);
            boolean lint = !body.has("lint") || StartRequest.flag(body, "lint");
            answer(ctx, new VenvCommand.AnalyzePlaybook(StartRequest.required(body, "playbook"), lint));
        });
        api.get(
                "/api/v1/venvs/{name}",
                auth.anywhere(Permission.VIEW),
                ctx -> answer(ctx, new VenvCommand.ShowSpec(ctx.pathParam("name"))));
    }

    private void answer(Context ctx, VenvCommand command) {
        var reply = web.commands().handle(command, web.requestAuth().caller(ctx, Optional.empty()));
        if (reply instanceof Reply.Specified(var spec)) {
            JsonBodies.send(ctx, json(spec));
        } else {
            runs.answer(ctx, reply, command);
        }
    }

    private static ObjectNode json(VenvSpec spec) {
        var needs = spec.needs();
        var node = JsonBodies.object();
        node.put("name", spec.name()).put("source_playbook", spec.source()).put("content_hash", spec.contentHash());
        list(node, "collections", needs.collections());
        list(node, "python_packages", needs.pythonPackages());
        node.put("created", JsonBodies.time(spec.created()))
                .put("sha256", needs.sha256())
                .put("python", needs.python());
        list(node, "files", needs.files());
        list(
                node,
                "unresolved",
                needs.unresolved().stream().map(Finding::toString).toList());
        return node;
    }

    private static void list(ObjectNode node, String key, List<String> texts) {
        texts.forEach(node.putArray(key)::add);
    }
}
