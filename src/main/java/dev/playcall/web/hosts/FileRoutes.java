package dev.playcall.web.hosts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.catalog.vars.InventoryFiles;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.HostCommand;
import dev.playcall.security.access.Permission;
import dev.playcall.web.http.Api;
import dev.playcall.web.http.ChangeAnswer;
import dev.playcall.web.http.EntityTag;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.Params;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.http.StartRequest;
import dev.playcall.web.security.RequestAuth;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Optional;

/** The hosts file and the files of variables over HTTP; the tag of what was read goes back with what is written in its place. */
final class FileRoutes {
    private static final String ALL = "/api/v1/inventory/{env}/files";
    private static final String ONE = "/api/v1/inventory/{env}/file";

    private final FoundEnvironment found;
    private final InventoryFiles files;
    private final CommandHandler commands;
    private final RequestAuth requestAuth;

    FileRoutes(FoundEnvironment found, InventoryFiles files, CommandHandler commands, RequestAuth requestAuth) {
        this.found = found;
        this.files = files;
        this.commands = commands;
        this.requestAuth = requestAuth;
    }

    void register(RoutesConfig routes) {
        var api = new Api(routes, requestAuth::admit);
        var reads = requestAuth.onEnvironment(Permission.ADMIN);
        var writes = requestAuth.everywhere(Permission.ADMIN);
        api.get(ALL, reads, this::list);
        api.post(ALL, writes, this::create);
        api.get(ONE, reads, this::show);
        api.put(ONE, writes, this::replace);
        api.delete(ONE, writes, ctx -> write(ctx, path(ctx), "", Optional.of(EntityTag.required(ctx)), 200));
        api.get(ONE + "/versions", reads, this::versions);
        api.get(ONE + "/versions/{version}", reads, this::version);
        api.post(ONE + "/restore", writes, this::restore);
    }

    private static String path(Context ctx) {
        return Params.text(ctx, "path")
                .orElseThrow(() -> ProblemException.badRequest("path", "path is required, as in group_vars/web.yml"));
    }

    private void list(Context ctx) throws IOException {
        var environment = found.of(ctx);
        var node = JsonBodies.object().put("environment", environment.name().value());
        var list = node.putArray("files");
        for (var name : files.names(environment)) {
            var text = files.read(environment, name);
            text.ifPresent(
                    t -> list.addObject().put("path", name).put("etag", t.tag()).put("vaulted", t.vaulted()));
        }
        JsonBodies.send(ctx, node);
    }

    private void show(Context ctx) throws IOException {
        var environment = found.of(ctx);
        var path = path(ctx);
        var text = files.read(environment, path).orElseThrow(() -> missing(path));
        ctx.header("ETag", '"' + text.tag() + '"');
        JsonBodies.send(ctx, node(path, text.text()).put("vaulted", text.vaulted()));
    }

    private static ObjectNode node(String path, String text) {
        return JsonBodies.object()
                .put("path", path)
                .put("etag", InventoryFiles.tag(text))
                .put("text", text);
    }

    private static ProblemException missing(String path) {
        return ProblemException.notFound("there is no file " + path + " in this inventory");
    }

    private void create(Context ctx) throws JsonProcessingException {
        var body = JsonBodies.body(ctx);
        write(ctx, StartRequest.required(body, "path"), StartRequest.required(body, "text"), Optional.empty(), 201);
    }

    private void replace(Context ctx) throws JsonProcessingException {
        var path = path(ctx);
        var text = StartRequest.required(JsonBodies.body(ctx), "text");
        if (text.isBlank()) {
            throw ProblemException.badRequest("text", "text is empty; to remove the file, send DELETE");
        }
        write(ctx, path, text, Optional.of(EntityTag.required(ctx)), 200);
    }

    private void write(Context ctx, String path, String text, Optional<String> seen, int good) {
        var command = new HostCommand.WriteInventoryFile(ctx.pathParam("env"), path, text, seen);
        var reply = commands.handle(command, requestAuth.caller(ctx, Optional.empty()));
        ChangeAnswer.send(ctx, reply, good, seen.isPresent() ? 412 : 409);
    }

    private void versions(Context ctx) throws IOException {
        var environment = found.of(ctx);
        var node = JsonBodies.object();
        var list = node.putArray("versions");
        for (var version : files.versions(environment, path(ctx))) {
            list.addObject()
                    .put("id", version.id())
                    .put("until", JsonBodies.time(version.until()))
                    .put("etag", version.tag());
        }
        JsonBodies.send(ctx, node);
    }

    private void version(Context ctx) throws IOException {
        var environment = found.of(ctx);
        var path = path(ctx);
        var text = files.version(environment, path, ctx.pathParam("version"))
                .orElseThrow(() -> ProblemException.notFound("version not found of " + path));
        JsonBodies.send(ctx, node(path, text));
    }

    private void restore(Context ctx) throws JsonProcessingException {
        var body = JsonBodies.body(ctx);
        var command = new HostCommand.RestoreInventoryFile(
                ctx.pathParam("env"),
                StartRequest.required(body, "path"),
                StartRequest.optional(body, "version").orElse(""));
        ChangeAnswer.send(ctx, commands.handle(command, requestAuth.caller(ctx, Optional.empty())), 200, 409);
    }
}
