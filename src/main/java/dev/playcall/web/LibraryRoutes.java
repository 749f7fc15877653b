package dev.playcall.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.command.Command;
import dev.playcall.command.Desk;
import dev.playcall.command.Reply;
import dev.playcall.library.Pulled;
import dev.playcall.web.openapi.LibrarySaid;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;

/** What Playcall works with, and where it comes from, over HTTP. */
final class LibraryRoutes {
    private final Desk desk;
    private final Visitors visitors;
    private final RunRoutes runs;

    LibraryRoutes(Desk desk, Visitors visitors, RunRoutes runs) {
        this.desk = desk;
        this.visitors = visitors;
        this.runs = runs;
    }

    void register(RoutesConfig routes) {
        var api = new Api(routes);
        api.post("/api/v1/sync", LibrarySaid.SYNC, ctx -> {
            boolean now = ctx.bodyAsBytes().length > 0 && StartBody.flag(Json.body(ctx), "now");
            answer(ctx, new Command.Sync(now));
        });
        api.get("/api/v1/settings", LibrarySaid.SETTINGS, this::settings);
        api.put("/api/v1/settings/{key}", LibrarySaid.SET_SETTING, ctx -> {
            var body = Json.body(ctx);
            var reason = StartBody.optional(body, "reason").orElse("");
            answer(ctx, new Command.SetSetting(ctx.pathParam("key"), StartBody.required(body, "value"), reason));
        });
        api.delete(
                "/api/v1/settings/{key}",
                LibrarySaid.RESET_SETTING,
                ctx -> answer(ctx, new Command.ResetSetting(ctx.pathParam("key"), "")));
        api.get("/api/v1/galaxy", LibrarySaid.GALAXY, ctx -> answer(ctx, new Command.Provide(false, false)));
        api.post("/api/v1/galaxy/install", LibrarySaid.GALAXY_INSTALL, ctx -> {
            boolean again = ctx.bodyAsBytes().length > 0 && StartBody.flag(Json.body(ctx), "again");
            answer(ctx, new Command.Provide(true, again));
        });
    }

    /** As a table of the same words that a chat shows. */
    private void settings(Context ctx) {
        var reply = desk.handle(new Command.ShowSettings(), visitors.caller(ctx, Optional.empty()));
        if (!(reply instanceof Reply.Listed listed)) {
            runs.answer(ctx, reply, new Command.ShowSettings());
            return;
        }
        var node = Json.object();
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
        Json.send(ctx, node);
    }

    private void answer(Context ctx, Command wish) {
        runs.answer(ctx, desk.handle(wish, visitors.caller(ctx, Optional.empty())), wish);
    }

    static ObjectNode json(Reply.Told told) {
        return switch (told) {
            case Reply.Synced synced -> json(synced);
            case Reply.Listed listed -> Json.object().put("message", listed.message());
        };
    }

    private static ObjectNode json(Reply.Synced synced) {
        var node = Json.object();
        node.put("message", synced.message());
        node.put("changed", synced.pulled().stream().anyMatch(Pulled::isNews));
        var checkouts = node.putArray("checkouts");
        synced.pulled().forEach(p -> checkouts.add(json(p)));
        var notes = node.putArray("notes");
        synced.lines().forEach(notes::add);
        return node;
    }

    private static ObjectNode json(Pulled p) {
        var node = Json.object();
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
                        .put("at", Json.time(c.at()))
                        .put("subject", c.subject()));
        p.files().forEach(node.putArray("files")::add);
        p.playbooks().forEach(node.putArray("playbooks")::add);
        p.environments().forEach(node.putArray("environments")::add);
        return node;
    }
}
