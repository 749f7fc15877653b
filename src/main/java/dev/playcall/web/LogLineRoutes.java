package dev.playcall.web;

import dev.playcall.web.openapi.StreamsSaid;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** Logs by the line, and what is in them, for whoever reads a long one. */
final class LogLineRoutes {
    private static final int MOST_LINES = 2000;
    private static final int MOST_MATCHES = 1000;
    private static final int LONGEST = 200;

    private final LogLines lines;
    private final Visitors visitors;

    LogLineRoutes(LogLines lines, Visitors visitors) {
        this.lines = lines;
        this.visitors = visitors;
    }

    void register(RoutesConfig routes) {
        var api = new Api(routes);
        api.get("/api/v1/runs/{id}/log/lines", StreamsSaid.RUN_LOG_LINES, this::window);
        api.get("/api/v1/runs/{id}/log/search", StreamsSaid.RUN_LOG_SEARCH, this::search);
    }

    private void window(Context ctx) {
        var run = visitors.run(ctx);
        long first = Params.number(ctx, "from", 0, 0, Long.MAX_VALUE);
        int most = (int) Params.number(ctx, "limit", 500, 1, MOST_LINES);
        var window = lines.window(run, first, most);
        ctx.header("X-First-Line", Long.toString(window.first()));
        ctx.header("X-Lines", Integer.toString(window.lines()));
        ctx.header("X-Total-Lines", Long.toString(window.total()));
        ctx.header("X-Offset", Long.toString(window.from()));
        ctx.header("X-Next-Offset", Long.toString(window.to()));
        ctx.result(window.text()).contentType("text/plain; charset=utf-8");
    }

    private void search(Context ctx) {
        var run = visitors.run(ctx);
        var text = Params.text(ctx, "q").orElseThrow(() -> ProblemException.badRequest("q", "q is required"));
        if (text.length() > LONGEST) {
            throw ProblemException.badRequest("q", "q may have " + LONGEST + " characters");
        }
        long first = Params.number(ctx, "from", 1, 1, Long.MAX_VALUE);
        int most = (int) Params.number(ctx, "limit", MOST_MATCHES, 1, MOST_MATCHES);
        var found = lines.search(run, text, first, most);
        var node = Json.object().put("total_lines", found.total()).put("more", found.cut());
        var matches = node.putArray("matches");
        found.matches().forEach(m -> matches.addObject().put("line", m.line()).put("text", m.text()));
        Json.send(ctx, node);
    }
}
