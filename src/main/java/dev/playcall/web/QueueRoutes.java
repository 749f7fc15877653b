package dev.playcall.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.playcall.command.Command;
import dev.playcall.command.Desk;
import dev.playcall.web.openapi.GatewaySaid;
import dev.playcall.web.openapi.QueueSaid;
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
        var api = new Api(routes);
        api.post(
                "/api/v1/queue/pause",
                QueueSaid.QUEUE_PAUSE,
                ctx -> answer(ctx, new Command.Pause(text(ctx, "what"), text(ctx, "reason"))));
        api.post(
                "/api/v1/queue/resume",
                QueueSaid.QUEUE_RESUME,
                ctx -> answer(ctx, new Command.Resume(text(ctx, "what"))));
        api.post(
                "/api/v1/queue/drain",
                QueueSaid.QUEUE_DRAIN,
                ctx -> answer(ctx, new Command.Drain(text(ctx, "reason"))));
        api.post("/api/v1/reload", GatewaySaid.RELOAD, ctx -> answer(ctx, new Command.Reload()));
        api.post("/api/v1/queue/cancel", QueueSaid.QUEUE_CANCEL, ctx -> answer(ctx, new Command.CancelQueue()));
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
