package dev.playcall.web.runs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.command.Command;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.ContentCommand;
import dev.playcall.command.Reply;
import dev.playcall.command.SettingsCommand;
import dev.playcall.content.git.FetchResult;
import dev.playcall.security.access.Permission;
import dev.playcall.web.http.Api;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.StartRequest;
import dev.playcall.web.security.RequestAuth;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;

/** What Playcall works with, and where it comes from, over HTTP. */
final class ContentRoutes {
    private final CommandHandler commands;
    private final RequestAuth requestAuth;
    private final RunRoutes runs;

    ContentRoutes(CommandHandler commands, RequestAuth requestAuth, RunRoutes runs) {
        this.commands = commands;
        this.requestAuth = requestAuth;
        this.runs = runs;
    }

    void register(RoutesConfig routes) {
        var api = new Api(routes, requestAuth::admit);
        api.post("/api/v1/sync", requestAuth.everywhere(Permission.SYNC), ctx -> {
            boolean now = ctx.bodyAsBytes().length > 0 && StartRequest.flag(JsonBodies.body(ctx), "now");
            answer(ctx, new ContentCommand.Sync(now));
        });
        api.get("/api/v1/settings", requestAuth.everywhere(Permission.ADMIN), this::settings);
        api.put("/api/v1/settings/{key}", requestAuth.everywhere(Permission.ADMIN), ctx -> {
            var body = JsonBodies.body(ctx);
            var reason = StartRequest.optional(body, "reason").orElse("");
            answer(
                    ctx,
                    new SettingsCommand.SetSetting(ctx.pathParam("key"), StartRequest.required(body, "value"), reason));
        });
        api.delete(
                "/api/v1/settings/{key}",
                requestAuth.everywhere(Permission.ADMIN),
                ctx -> answer(ctx, new SettingsCommand.ResetSetting(ctx.pathParam("key"), "")));
        api.get(
                "/api/v1/galaxy",
                requestAuth.everywhere(Permission.SYNC),
                ctx -> answer(ctx, new ContentCommand.InstallGalaxy(false, false)));
        api.post("/api/v1/galaxy/install", requestAuth.everywhere(Permission.SYNC), ctx -> {
            boolean again = ctx.bodyAsBytes().length > 0 && StartRequest.flag(JsonBodies.body(ctx), "again");
            answer(ctx, new ContentCommand.InstallGalaxy(true, again));
        });
    }

    /** As a table of the same words that a chat shows. */
    private void settings(Context ctx) {
        var reply = commands.handle(new SettingsCommand.ShowSettings(), requestAuth.caller(ctx, Optional.empty()));
        if (!(reply instanceof Reply.Listed listed)) {
            runs.answer(ctx, reply, new SettingsCommand.ShowSettings());
            return;
        }
        var node = JsonBodies.object();
        var list = node.putArray("settings");
        for (var row : listed.rows()) {
            list.addObject()
                    .put("key", row.get(0))
                    .put("value", row.get(1))
                    .put("origin", row.get(2))
                    .put("range", row.get(3))
                    .put("description", row.get(4));
        }
        listed.lines().forEach(node.putArray("problems")::add);
        JsonBodies.send(ctx, node);
    }

    private void answer(Context ctx, Command command) {
        runs.answer(ctx, commands.handle(command, requestAuth.caller(ctx, Optional.empty())), command);
    }

    static ObjectNode json(Reply.Detailed detailed) {
        return switch (detailed) {
            case Reply.Synced synced -> json(synced);
            case Reply.Specified _, Reply.Deployed _, Reply.InstalledVenvs _, Reply.Listed _ ->
                JsonBodies.object().put("message", detailed.message());
        };
    }

    private static ObjectNode json(Reply.Synced synced) {
        var node = JsonBodies.object();
        node.put("message", synced.message());
        node.put("changed", synced.pulled().stream().anyMatch(FetchResult::hasChanges));
        var checkouts = node.putArray("checkouts");
        synced.pulled().forEach(p -> checkouts.add(json(p)));
        var notes = node.putArray("notes");
        synced.lines().forEach(notes::add);
        return node;
    }

    private static ObjectNode json(FetchResult p) {
        var node = JsonBodies.object();
        node.put("folder", p.folder().toString())
                .put("remote", p.remote())
                .put("from", p.from())
                .put("commit", p.to())
                .put("new_commits", p.count());
        var commits = node.putArray("commits");
        p.commits()
                .forEach(c -> commits.addObject()
                        .put("id", c.id())
                        .put("author", c.author())
                        .put("at", JsonBodies.time(c.at()))
                        .put("subject", c.subject()));
        p.files().forEach(node.putArray("files")::add);
        p.playbooks().forEach(node.putArray("playbooks")::add);
        p.environments().forEach(node.putArray("environments")::add);
        return node;
    }
}
