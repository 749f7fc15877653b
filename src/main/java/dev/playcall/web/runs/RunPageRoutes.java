package dev.playcall.web.runs;

import dev.playcall.journal.Comparison;
import dev.playcall.notify.event.Delivery;
import dev.playcall.web.http.Params;
import dev.playcall.web.runs.RunsFeature.Timelines;
import dev.playcall.web.security.WebContext;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.function.LongFunction;

/** The pages of runs: the list, one run, and two of them compared. */
final class RunPageRoutes {
    private final WebContext web;
    private final Timelines timelines;
    private final LongFunction<List<Delivery>> deliveries;

    /** @param deliveries what was sent, or is to be, about the run of this number */
    RunPageRoutes(WebContext web, Timelines timelines, LongFunction<List<Delivery>> deliveries) {
        this.web = web;
        this.timelines = timelines;
        this.deliveries = deliveries;
    }

    void register(RoutesConfig routes) {
        routes.get("/runs", this::list);
        routes.get("/runs/{id}", this::run);
        routes.get("/runs/{id}/compare/{other}", this::compare);
    }

    private void list(Context ctx) {
        web.requestAuth().admit(ctx);
        var page = new RunsPage(
                web.catalogs(), web.journal(), web.requestAuth(), web.clock().instant());
        web.pages().show(ctx, "runs/runs.jte", page.view(ctx));
    }

    private void run(Context ctx) {
        var run = web.requestAuth().run(ctx);
        var all = Params.text(ctx, "hosts").filter("all"::equals).isPresent();
        var page = new RunPageView(
                web.journal().read(),
                web.journal().traces(),
                web.requestAuth(),
                ctx,
                web.clock().instant());
        var sent = deliveries.apply(run.id().value());
        web.pages().show(ctx, "runs/run.jte", page.view(run, timelines.of(run.id()), sent, all));
    }

    private void compare(Context ctx) {
        var read = web.journal().read();
        var compared = Comparison.of(
                web.requestAuth().run(ctx),
                web.requestAuth().run(ctx, "other"),
                read,
                web.journal().traces());
        var page = new ComparePage(compared, new RunRows(read, web.clock().instant()));
        web.pages().show(ctx, "runs/compare.jte", page.view());
    }
}
