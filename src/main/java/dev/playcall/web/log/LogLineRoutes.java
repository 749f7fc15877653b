package dev.playcall.web.log;

import dev.playcall.domain.Timeline;
import dev.playcall.domain.name.RunId;
import dev.playcall.web.http.Api;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.Params;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.http.RouteGroup;
import dev.playcall.web.security.RequestAuth;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Logs by the line, and what is in them, for whoever reads a long one. */
public final class LogLineRoutes implements RouteGroup {
    private static final int MOST_LINES = 2000;
    private static final int MOST_MATCHES = 1000;
    private static final int LONGEST = 200;

    private final LogLines lines;
    private final RequestAuth requestAuth;
    private final Function<RunId, Timeline> timelines;

    /** @param timelines what each run did, task by task */
    public LogLineRoutes(LogFiles logs, RequestAuth requestAuth, Function<RunId, Timeline> timelines) {
        this.timelines = timelines;
        this.lines = new LogLines(logs);
        this.requestAuth = requestAuth;
    }

    @Override
    public void register(RoutesConfig routes) {
        var api = new Api(routes, requestAuth::admit);
        api.get("/api/v1/runs/{id}/log/lines", this::window);
        api.get("/api/v1/runs/{id}/log/search", this::search);
        api.get("/api/v1/runs/{id}/log/filter", this::filter);
        api.get("/api/v1/runs/{id}/log/outline", this::outline);
    }

    private void window(Context ctx) {
        var run = requestAuth.run(ctx);
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
        var run = requestAuth.run(ctx);
        var text = Params.text(ctx, "q").orElseThrow(() -> ProblemException.badRequest("q", "q is required"));
        if (text.length() > LONGEST) {
            throw ProblemException.badRequest("q", "q may have " + LONGEST + " characters");
        }
        long first = Params.number(ctx, "from", 1, 1, Long.MAX_VALUE);
        int most = (int) Params.number(ctx, "limit", MOST_MATCHES, 1, MOST_MATCHES);
        send(ctx, lines.search(run, text, first, most));
    }

    private void filter(Context ctx) {
        var run = requestAuth.run(ctx);
        var host = Params.text(ctx, "host");
        boolean failures = Params.number(ctx, "failures", 0, 0, 1) == 1;
        long first = Params.number(ctx, "from", 1, 1, Long.MAX_VALUE);
        int most = (int) Params.number(ctx, "limit", MOST_MATCHES, 1, MOST_MATCHES);
        var filter = new LineFilter(host, failures);
        if (Params.text(ctx, "tail").isPresent()) {
            int tail = (int) Params.number(ctx, "tail", 1, 1, MOST_MATCHES);
            var last = new ArrayDeque<LogLines.Match>();
            long total = lines.each(run, 1, (number, line) -> {
                last.addAll(filter.take(number, line));
                while (last.size() > tail) {
                    last.removeFirst();
                }
                return true;
            });
            send(ctx, new LogLines.Found(List.copyOf(last), total, false));
            return;
        }
        var matches = new ArrayList<LogLines.Match>();
        long total = lines.each(run, first, (number, line) -> {
            matches.addAll(filter.take(number, line));
            return matches.size() <= most;
        });
        send(ctx, LogLines.found(matches, total, most));
    }

    private void outline(Context ctx) {
        var run = requestAuth.run(ctx);
        var outline = new LogOutline();
        long total = lines.each(run, 1, outline);
        var sections = outline.sections();
        var node = JsonBodies.object().put("total_lines", total).put("more", sections.size() > LogOutline.MOST);
        var times = new SectionTimes(timelines.apply(run.id()).steps());
        var all = node.putArray("sections");
        sections.stream()
                .limit(LogOutline.MOST)
                .forEach(s -> all.addObject()
                        .put("line", s.line())
                        .put("play", s.play())
                        .put("text", s.text())
                        .put("failed", s.failed())
                        .put("began", times.of(s).map(JsonBodies::time).orElse(null)));
        JsonBodies.send(ctx, node);
    }

    private static void send(Context ctx, LogLines.Found found) {
        var node = JsonBodies.object().put("total_lines", found.total()).put("more", found.cut());
        var matches = node.putArray("matches");
        found.matches().forEach(m -> matches.addObject().put("line", m.line()).put("text", m.text()));
        JsonBodies.send(ctx, node);
    }
}
