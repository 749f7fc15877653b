package dev.playcall.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.catalog.PlaybookFiles;
import dev.playcall.catalog.PlaybookText;
import dev.playcall.command.Command;
import dev.playcall.command.Desk;
import dev.playcall.command.Reply;
import dev.playcall.domain.PlaybookName;
import dev.playcall.web.openapi.PlaybooksSaid;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Optional;

/** Playbooks as files over HTTP; the tag of what was read goes back with what is written in its place. */
final class PlaybookRoutes {
    private static final String ONE = "/api/v1/playbooks/{name}";

    private final PlaybookFiles files;
    private final Desk desk;
    private final Visitors visitors;

    PlaybookRoutes(PlaybookFiles files, Desk desk, Visitors visitors) {
        this.files = files;
        this.desk = desk;
        this.visitors = visitors;
    }

    void register(RoutesConfig routes) {
        var api = new Api(routes);
        api.get(ONE, PlaybooksSaid.PLAYBOOK, ctx -> show(ctx, name(ctx)));
        api.get(ONE + "/versions", PlaybooksSaid.PLAYBOOK_VERSIONS, ctx -> versions(ctx, name(ctx)));
        api.get(ONE + "/versions/{version}", PlaybooksSaid.PLAYBOOK_VERSION, ctx -> version(ctx, name(ctx)));
        api.post("/api/v1/playbooks", PlaybooksSaid.ADD_PLAYBOOK, ctx -> {
            var name = StartBody.optional(Json.body(ctx), "name")
                    .orElseThrow(() -> ProblemException.badRequest("name", "name is required"));
            write(ctx, name, Optional.empty());
        });
        api.put(ONE, PlaybooksSaid.SET_PLAYBOOK, ctx -> write(ctx, ctx.pathParam("name"), seen(ctx)));
        api.delete(
                ONE,
                PlaybooksSaid.DROP_PLAYBOOK,
                ctx -> answer(ctx, new Command.DeletePlaybook(ctx.pathParam("name"), seen(ctx))));
        api.post(
                ONE + "/restore",
                PlaybooksSaid.PLAYBOOK_RESTORE,
                ctx -> answer(
                        ctx,
                        new Command.RestorePlaybook(
                                ctx.pathParam("name"),
                                ctx.bodyAsBytes().length == 0
                                        ? ""
                                        : StartBody.optional(Json.body(ctx), "version")
                                                .orElse(""))));
    }

    private PlaybookName name(Context ctx) {
        visitors.admit(ctx);
        var name = ctx.pathParam("name");
        if (!PlaybookName.isValid(name)) {
            throw ProblemException.notFound("there is no such playbook");
        }
        return new PlaybookName(name);
    }

    private void show(Context ctx, PlaybookName name) throws IOException {
        var text = files.read(name).orElseThrow(() -> ProblemException.notFound("there is no playbook " + name));
        ctx.header("ETag", '"' + text.tag() + '"');
        Json.send(ctx, node(name, text));
    }

    private static ObjectNode node(PlaybookName name, PlaybookText text) {
        return Json.object()
                .put("name", name.value())
                .put("etag", text.tag())
                .put("playbook", text.playbook())
                .put("meta", text.description().orElse(null));
    }

    private void versions(Context ctx, PlaybookName name) throws IOException {
        var node = Json.object();
        var list = node.putArray("versions");
        for (var version : files.versions().of(name)) {
            list.addObject()
                    .put("id", version.id())
                    .put("until", Json.time(version.until()))
                    .put("etag", version.tag());
        }
        Json.send(ctx, node);
    }

    private void version(Context ctx, PlaybookName name) throws IOException {
        var text = files.versions()
                .read(name, ctx.pathParam("version"))
                .orElseThrow(() -> ProblemException.notFound("there is no such version of " + name));
        Json.send(ctx, node(name, text));
    }

    /** What the writer saw: without it, the work of somebody else could be written over unseen. */
    private static Optional<String> seen(Context ctx) {
        var match = Optional.ofNullable(ctx.header("If-Match")).map(String::strip);
        if (match.isEmpty()) {
            throw new ProblemException(
                    428, "say what you read: send the ETag of GET as If-Match", Optional.of("If-Match"));
        }
        return match.map(m -> m.replaceFirst("^W/", "").replace("\"", ""));
    }

    private void write(Context ctx, String name, Optional<String> seen) throws JsonProcessingException {
        var body = Json.body(ctx);
        var playbook = StartBody.optional(body, "playbook")
                .orElseThrow(() -> ProblemException.badRequest("playbook", "playbook is required: its text"));
        answer(ctx, new Command.WritePlaybook(name, playbook, StartBody.optional(body, "meta"), seen));
    }

    private void answer(Context ctx, Command.OnPlaybooks wish) {
        switch (desk.handle(wish, visitors.caller(ctx, Optional.empty()))) {
            case Reply.Done(var message) -> done(ctx, wish, message);
            case Reply.Invalid invalid -> throw ProblemException.badRequest(invalid.field(), invalid.line());
            case Reply.NotFound(var message) -> throw ProblemException.notFound(message);
            case Reply.Denied denied -> throw new ProblemException(403, denied.line(), Optional.empty());
            case Reply.Taken(var message) ->
                throw new ProblemException(isNew(wish) ? 409 : 412, message, Optional.of("If-Match"));
            case Reply.Unavailable(var message) -> throw new ProblemException(503, message, Optional.empty());
            case Reply other -> throw new IllegalStateException("a playbook is no run: " + other);
        }
    }

    private static boolean isNew(Command.OnPlaybooks wish) {
        return wish instanceof Command.WritePlaybook write && write.seen().isEmpty();
    }

    private void done(Context ctx, Command.OnPlaybooks wish, String message) {
        ctx.status(isNew(wish) ? 201 : 200);
        Json.send(ctx, Json.object().put("message", message));
    }
}
