package dev.playcall.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.playcall.command.Command;
import dev.playcall.command.Desk;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;

/** Holding work back and letting it go on, over HTTP. */
final class QueueRoutes {
    private final Desk desk;
    private final Visitors visitors;
    private final RunRoutes runs;

    QueueRoutes(Desk desk, Visitors visitors, RunRoutes runs) {
        this.desk = desk;
        this.visitors = visitors;
        this.runs = runs;
    }

    void register(RoutesConfig routes) {
        routes.post(
                "/api/v1/queue/pause", ctx -> answer(ctx, new Command.Pause(text(ctx, "what"), text(ctx, "reason"))));
        routes.post("/api/v1/queue/resume", ctx -> answer(ctx, new Command.Resume(text(ctx, "what"))));
        routes.post("/api/v1/queue/drain", ctx -> answer(ctx, new Command.Drain(text(ctx, "reason"))));
        routes.post("/api/v1/reload", ctx -> answer(ctx, new Command.Reload()));
        routes.post("/api/v1/queue/cancel", ctx -> answer(ctx, new Command.CancelQueue()));
    }

    private static String text(Context ctx, String name) throws JsonProcessingException {
        return ctx.bodyAsBytes().length == 0
                ? ""
                : StartBody.optional(Json.body(ctx), name).orElse("");
    }

    private void answer(Context ctx, Command wish) {
        runs.answer(ctx, desk.handle(wish, visitors.caller(ctx, Optional.empty())), wish);
    }
}
