package dev.playcall.web.playbooks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.catalog.playbook.PlaybookFiles;
import dev.playcall.catalog.playbook.PlaybookFiles.PlaybookText;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.PlaybookCommand;
import dev.playcall.command.Reply;
import dev.playcall.domain.name.PlaybookName;
import dev.playcall.security.access.Permission;
import dev.playcall.web.http.Api;
import dev.playcall.web.http.EntityTag;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.http.StartRequest;
import dev.playcall.web.security.RequestAuth;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Optional;

/** Playbooks as files over HTTP; the tag of what was read goes back with what is written in its place. */
final class PlaybookRoutes {
    private static final String ONE = "/api/v1/playbooks/{name}";

    private final PlaybookFiles files;
    private final CommandHandler commands;
    private final RequestAuth requestAuth;

    PlaybookRoutes(PlaybookFiles files, CommandHandler commands, RequestAuth requestAuth) {
        this.files = files;
        this.commands = commands;
        this.requestAuth = requestAuth;
    }

    void register(RoutesConfig routes) {
        var api = new Api(routes, requestAuth::admit);
        api.get(ONE, ctx -> show(ctx, name(ctx)));
        api.get(ONE + "/versions", ctx -> versions(ctx, name(ctx)));
        api.get(ONE + "/versions/{version}", ctx -> version(ctx, name(ctx)));
        api.post("/api/v1/playbooks", requestAuth.everywhere(Permission.ADMIN), ctx -> {
            var name = StartRequest.optional(JsonBodies.body(ctx), "name")
                    .orElseThrow(() -> ProblemException.badRequest("name", "name is required"));
            write(ctx, name, Optional.empty());
        });
        api.put(ONE, requestAuth.everywhere(Permission.ADMIN), ctx -> write(ctx, ctx.pathParam("name"), seen(ctx)));
        api.delete(
                ONE,
                requestAuth.everywhere(Permission.ADMIN),
                ctx -> answer(ctx, new PlaybookCommand.DeletePlaybook(ctx.pathParam("name"), seen(ctx))));
        api.post(
                ONE + "/restore",
                requestAuth.everywhere(Permission.ADMIN),
                ctx -> answer(
                        ctx,
                        new PlaybookCommand.RestorePlaybook(
                                ctx.pathParam("name"),
                                ctx.bodyAsBytes().length == 0
                                        ? ""
                                        : StartRequest.optional(JsonBodies.body(ctx), "version")
                                                .orElse(""))));
    }

    private PlaybookName name(Context ctx) {
        requestAuth.admit(ctx);
        var name = ctx.pathParam("name");
        if (!PlaybookName.isValid(name)) {
            throw ProblemException.notFound("playbook not found");
        }
        return new PlaybookName(name);
    }

    private void show(Context ctx, PlaybookName name) throws IOException {
        var text = files.read(name).orElseThrow(() -> ProblemException.notFound("there is no playbook " + name));
        ctx.header("ETag", '"' + text.tag() + '"');
        JsonBodies.send(ctx, node(name, text));
    }

    private static ObjectNode node(PlaybookName name, PlaybookText text) {
        return JsonBodies.object()
                .put("name", name.value())
                .put("etag", text.tag())
                .put("playbook", text.playbook())
                .put("meta", text.description().orElse(null));
    }

    private void versions(Context ctx, PlaybookName name) throws IOException {
        var node = JsonBodies.object();
        var list = node.putArray("versions");
        for (var version : files.versions().of(name)) {
            list.addObject()
                    .put("id", version.id())
                    .put("until", JsonBodies.time(version.until()))
                    .put("etag", version.tag());
        }
        JsonBodies.send(ctx, node);
    }

    private void version(Context ctx, PlaybookName name) throws IOException {
        var text = files.versions()
                .read(name, ctx.pathParam("version"))
                .orElseThrow(() -> ProblemException.notFound("version not found of " + name));
        JsonBodies.send(ctx, node(name, text));
    }

    private static Optional<String> seen(Context ctx) {
        return Optional.of(EntityTag.required(ctx));
    }

    private void write(Context ctx, String name, Optional<String> seen) throws JsonProcessingException {
        var body = JsonBodies.body(ctx);
        var playbook = StartRequest.optional(body, "playbook")
                .orElseThrow(() ->
                        ProblemException.badRequest("playbook", "playbook is required: the text of the playbook"));
        answer(ctx, new PlaybookCommand.WritePlaybook(name, playbook, StartRequest.optional(body, "meta"), seen));
    }

    private void answer(Context ctx, PlaybookCommand command) {
        switch (commands.handle(command, requestAuth.caller(ctx, Optional.empty()))) {
            case Reply.Done(var message) -> done(ctx, command, message);
            case Reply.Invalid invalid -> throw ProblemException.badRequest(invalid.field(), invalid.line());
            case Reply.NotFound(var message) -> throw ProblemException.notFound(message);
            case Reply.Denied denied -> throw new ProblemException(403, denied.line(), Optional.empty());
            case Reply.Conflict(var message) ->
                throw new ProblemException(isNew(command) ? 409 : 412, message, Optional.of("If-Match"));
            case Reply.Unavailable(var message) -> throw new ProblemException(503, message, Optional.empty());
            case Reply other -> throw new IllegalStateException("a playbook is not a run: " + other);
        }
    }

    private static boolean isNew(PlaybookCommand command) {
        return command instanceof PlaybookCommand.WritePlaybook write
                && write.seen().isEmpty();
    }

    private void done(Context ctx, PlaybookCommand command, String message) {
        ctx.status(isNew(command) ? 201 : 200);
        JsonBodies.send(ctx, JsonBodies.object().put("message", message));
    }
}
