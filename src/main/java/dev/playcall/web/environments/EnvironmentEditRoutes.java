package dev.playcall.web.environments;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.playcall.catalog.inventory.EnvironmentFiles;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.EnvironmentCommand;
import dev.playcall.command.Reply;
import dev.playcall.security.access.Permission;
import dev.playcall.web.http.Api;
import dev.playcall.web.http.Body;
import dev.playcall.web.http.ChangeAnswer;
import dev.playcall.web.http.EntityTag;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.security.RequestAuth;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Environments made, renamed and archived over HTTP; the tag of the policy that was read goes back with the new one. */
final class EnvironmentEditRoutes {
    private static final String ALL = "/api/v1/environments";
    private static final String ONE = ALL + "/{env}";

    private final CommandHandler commands;
    private final RequestAuth requestAuth;

    EnvironmentEditRoutes(CommandHandler commands, RequestAuth requestAuth) {
        this.commands = commands;
        this.requestAuth = requestAuth;
    }

    void register(RoutesConfig routes) {
        var api = new Api(routes, requestAuth::admit);
        var admin = requestAuth.everywhere(Permission.ADMIN);
        api.post(ALL, admin, this::create);
        api.post(ONE + "/rename", admin, this::rename);
        api.post(
                ONE + "/archive", admin, ctx -> answer(ctx, new EnvironmentCommand.ArchiveEnvironment(name(ctx)), 200));
        api.post(
                ONE + "/restore", admin, ctx -> answer(ctx, new EnvironmentCommand.RestoreEnvironment(name(ctx)), 200));
        api.get(ONE + "/policy", this::policy);
        api.put(ONE + "/policy", admin, this::write);
    }

    private static String name(Context ctx) {
        return ctx.pathParam("env");
    }

    private void create(Context ctx) throws JsonProcessingException {
        var body = Body.of(ctx, "name", "copy_from", "hosts");
        var from = Optional.of(body.text("copy_from", "")).filter(f -> !f.isEmpty());
        var hosts = JsonBodies.body(ctx).path("hosts").isMissingNode() ? List.<String>of() : body.texts("hosts");
        answer(ctx, new EnvironmentCommand.CreateEnvironment(body.text("name"), from, hosts), 201);
    }

    private void rename(Context ctx) throws JsonProcessingException {
        answer(
                ctx,
                new EnvironmentCommand.RenameEnvironment(
                        name(ctx), Body.of(ctx, "name").text("name")),
                200);
    }

    private void policy(Context ctx) throws IOException {
        var environment = requestAuth.environmentFolder(ctx);
        var text = EnvironmentFiles.policy(environment);
        var tag = EnvironmentFiles.tag(text);
        ctx.header("ETag", '"' + tag + '"');
        JsonBodies.send(
                ctx,
                JsonBodies.object()
                        .put("environment", environment.name().value())
                        .put("etag", tag)
                        .put("policy", text));
    }

    private void write(Context ctx) throws JsonProcessingException {
        var seen = EntityTag.required(ctx);
        var text = Body.of(ctx, "policy").text("policy");
        answer(ctx, new EnvironmentCommand.WritePolicy(name(ctx), text, Optional.of(seen)), 200);
    }

    private void answer(Context ctx, EnvironmentCommand command, int good) {
        switch (commands.handle(command, requestAuth.caller(ctx, Optional.empty()))) {
            case Reply.Done(var message) -> {
                ctx.status(good);
                if (good == 201) {
                    ctx.header("Location", ALL + "/" + command.name());
                }
                JsonBodies.send(ctx, JsonBodies.object().put("message", message));
            }
            case Reply.Invalid invalid -> throw ProblemException.badRequest(field(command, invalid), invalid.line());
            case Reply other ->
                ChangeAnswer.send(ctx, other, 200, command instanceof EnvironmentCommand.WritePolicy ? 412 : 409);
        }
    }

    /** The new name is a field of its own command, but called like any other in the body. */
    private static String field(EnvironmentCommand command, Reply.Invalid invalid) {
        return command instanceof EnvironmentCommand.RenameEnvironment
                        && invalid.field().equals("to")
                ? "name"
                : invalid.field();
    }
}
