package dev.playcall.web.venvs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.command.ContentCommand.VenvCommand;
import dev.playcall.command.Reply;
import dev.playcall.security.access.Permission;
import dev.playcall.venv.Venvs;
import dev.playcall.web.http.Api;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.RouteGroup;
import dev.playcall.web.http.StartRequest;
import dev.playcall.web.runs.RunRoutes;
import dev.playcall.web.security.RequestAuth;
import dev.playcall.web.security.WebContext;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;

/** Python environments of playbooks over HTTP. */
public final class VenvsFeature implements RouteGroup {
    private final WebContext web;
    private final RunRoutes runs;
    private final Venvs venvs;

    public VenvsFeature(WebContext web, RunRoutes runs, Venvs venvs) {
        this.web = web;
        this.runs = runs;
        this.venvs = venvs;
    }

    @Override
    public void register(RoutesConfig routes) {
        var auth = web.requestAuth();
        routes.get("/venvs", this::page);
        var api = new Api(routes, auth::admit);
        api.post("/api/v1/venvs/analyze", auth.anywhere(Permission.VIEW), ctx -> {
            var body = JsonBodies.body(ctx);
            answer(
                    ctx,
                    new VenvCommand.AnalyzePlaybook(
                            StartRequest.required(body, "playbook"), lint(body), StartRequest.flag(body, "relock")));
        });
        api.post("/api/v1/venvs/deploy", auth.everywhere(Permission.VENV), ctx -> {
            var body = JsonBodies.body(ctx);
            var where = new VenvCommand.Where(
                    StartRequest.required(body, "host"),
                    body.path("environment").asText());
            answer(
                    ctx,
                    new VenvCommand.DeployVenv(
                            StartRequest.required(body, "playbook"),
                            where,
                            StartRequest.flag(body, "force"),
                            lint(body)));
        });
        registerHosts(api, auth);
    }

    private void registerHosts(Api api, RequestAuth auth) {
        api.get(
                "/api/v1/venvs/hosts/{host}",
                auth.anywhere(Permission.VIEW),
                ctx -> answer(ctx, new VenvCommand.ListVenvs(where(ctx), false)));
        api.post(
                "/api/v1/venvs/hosts/{host}/verify",
                auth.anywhere(Permission.VIEW),
                ctx -> answer(ctx, new VenvCommand.ListVenvs(where(ctx), true)));
        api.post("/api/v1/venvs/hosts/{host}/cleanup", auth.everywhere(Permission.VENV), ctx -> {
            boolean dry = ctx.bodyAsBytes().length > 0 && StartRequest.flag(JsonBodies.body(ctx), "dry_run");
            answer(ctx, new VenvCommand.CleanUpVenvs(where(ctx), dry));
        });
        api.post("/api/v1/venvs/sync", auth.anywhere(Permission.VIEW), ctx -> {
            boolean check = ctx.bodyAsBytes().length > 0 && StartRequest.flag(JsonBodies.body(ctx), "check");
            answer(ctx, new VenvCommand.SyncVenvs(check));
        });
        api.get(
                "/api/v1/venvs/{name}",
                auth.anywhere(Permission.VIEW),
                ctx -> answer(ctx, new VenvCommand.ShowSpec(ctx.pathParam("name"))));
    }

    private static boolean lint(JsonNode body) {
        return !body.has("lint") || StartRequest.flag(body, "lint");
    }

    private void page(Context ctx) {
        var auth = web.requestAuth();
        auth.admitAnywhere(ctx, Permission.VIEW);
        var playbooks = web.catalogs().current().playbooks().values();
        var visible = auth.visibleEnvironments(ctx);
        web.pages().show(ctx, "venvs/venvs.jte", new VenvsPage(venvs, playbooks, visible::sees).view());
    }

    private static VenvCommand.Where where(Context ctx) {
        return new VenvCommand.Where(
                ctx.pathParam("host"),
                Optional.ofNullable(ctx.queryParam("environment")).orElse(""));
    }

    private void answer(Context ctx, VenvCommand command) {
        var reply = web.commands().handle(command, web.requestAuth().caller(ctx, Optional.empty()));
        switch (reply) {
            case Reply.Specified(var spec) -> JsonBodies.send(ctx, VenvJson.spec(spec));
            case Reply.Deployed(var deployed) -> JsonBodies.send(ctx, VenvJson.deployed(deployed));
            case Reply.InstalledVenvs installed -> JsonBodies.send(ctx, VenvJson.installed(installed));
            case Reply.Accepted(var run) -> {
                ctx.status(201).header("Location", "/api/v1/runs/" + run.id().value());
                JsonBodies.send(ctx, JsonBodies.object().put("run", run.id().value()));
            }
            case Reply.Listed differing -> JsonBodies.send(ctx, VenvJson.differing(differing));
            case Reply other -> runs.answer(ctx, other, command);
        }
    }
}
