package dev.playcall.web.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.playcall.command.Command;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.QueueCommand;
import dev.playcall.command.SettingsCommand;
import dev.playcall.security.access.Permission;
import dev.playcall.web.http.Api;
import dev.playcall.web.http.Body;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.StartRequest;
import dev.playcall.web.runs.RunRoutes;
import dev.playcall.web.security.RequestAuth;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;

/** Holding work back and letting it go on, over HTTP. */
final class QueueRoutes {
    private final CommandHandler commands;
    private final RequestAuth requestAuth;
    private final RunRoutes runs;

    QueueRoutes(CommandHandler commands, RequestAuth requestAuth, RunRoutes runs) {
        this.commands = commands;
        this.requestAuth = requestAuth;
        this.runs = runs;
    }

    void register(RoutesConfig routes) {
        var api = new Api(routes, requestAuth::admit);
        api.post(
                "/api/v1/queue/pause",
                requestAuth.anywhere(Permission.LOCK),
                ctx -> answer(ctx, new QueueCommand.Pause(text(ctx, "what"), text(ctx, "reason"))));
        api.post(
                "/api/v1/queue/resume",
                requestAuth.anywhere(Permission.LOCK),
                ctx -> answer(ctx, new QueueCommand.Resume(text(ctx, "what"))));
        api.post(
                "/api/v1/queue/drain",
                requestAuth.everywhere(Permission.LOCK),
                ctx -> answer(ctx, new QueueCommand.Drain(text(ctx, "reason"))));
        api.post(
                "/api/v1/reload",
                requestAuth.everywhere(Permission.ADMIN),
                ctx -> answer(ctx, new SettingsCommand.Reload()));
        api.post("/api/v1/queue/cancel", requestAuth.anywhere(Permission.CANCEL), ctx -> {
            Body.none(ctx);
            answer(ctx, new QueueCommand.CancelQueue());
        });
    }

    private static String text(Context ctx, String name) throws JsonProcessingException {
        return ctx.bodyAsBytes().length == 0
                ? ""
                : StartRequest.optional(JsonBodies.body(ctx), name).orElse("");
    }

    private void answer(Context ctx, Command command) {
        runs.answer(ctx, commands.handle(command, requestAuth.caller(ctx, Optional.empty())), command);
    }
}
