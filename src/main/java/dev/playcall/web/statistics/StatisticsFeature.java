package dev.playcall.web.statistics;

import dev.playcall.web.http.Params;
import dev.playcall.web.http.RouteGroup;
import dev.playcall.web.security.WebContext;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** Figures of the runs of the past, as a page and as JSON. */
public final class StatisticsFeature implements RouteGroup {
    private final WebContext web;

    public StatisticsFeature(WebContext web) {
        this.web = web;
    }

    @Override
    public void register(RoutesConfig routes) {
        new HistoryRoutes(web.journal(), web.requestAuth(), web.clock()).register(routes);
        routes.get("/statistics", this::page);
    }

    private void page(Context ctx) {
        var requestAuth = web.requestAuth();
        requestAuth.admit(ctx);
        var visible = requestAuth.visibleEnvironments(ctx);
        var question = HistoryRoutes.question(ctx, requestAuth, web.clock());
        var environments = web.catalogs().current().environments().keySet().stream()
                .filter(visible::sees)
                .map(Object::toString)
                .toList();
        var page = new StatisticsPage(
                web.journal().read().history().stats(question),
                EndedRuns.of(web.journal().read(), question),
                Params.text(ctx, "period").orElse(HistoryRoutes.WEEK),
                Params.text(ctx, "environment").orElse(""),
                environments);
        web.pages().show(ctx, "statistics/statistics.jte", page.view());
    }
}
