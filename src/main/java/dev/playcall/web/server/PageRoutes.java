package dev.playcall.web.server;

import dev.playcall.catalog.Catalogs;
import dev.playcall.journal.Comparison;
import dev.playcall.journal.RunJournal;
import dev.playcall.notify.event.Delivery;
import dev.playcall.web.http.Params;
import dev.playcall.web.inventory.OperationsPage;
import dev.playcall.web.runs.ComparePage;
import dev.playcall.web.runs.RunPageView;
import dev.playcall.web.runs.RunRows;
import dev.playcall.web.runs.RunsPage;
import dev.playcall.web.runs.Timelines;
import dev.playcall.web.security.Pages;
import dev.playcall.web.security.RequestAuth;
import dev.playcall.web.statistics.HistoryRoutes;
import dev.playcall.web.statistics.StatisticsPage;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.List;
import java.util.function.LongFunction;

/** The pages people look at. */
final class PageRoutes {
    private final Catalogs catalogs;
    private final RunJournal journal;
    private final Pages pages;
    private final RequestAuth requestAuth;
    private final Readiness readiness;
    private final Timelines timelines;
    private final LongFunction<List<Delivery>> told;
    private final Clock clock;

    /** @param told what was told, or is to be, of the run of this number */
    PageRoutes(
            Catalogs catalogs,
            RunJournal journal,
            Pages pages,
            RequestAuth requestAuth,
            Readiness readiness,
            Timelines timelines,
            LongFunction<List<Delivery>> told,
            Clock clock) {
        this.timelines = timelines;
        this.told = told;
        this.readiness = readiness;
        this.catalogs = catalogs;
        this.journal = journal;
        this.pages = pages;
        this.requestAuth = requestAuth;
        this.clock = clock;
    }

    void register(RoutesConfig routes) {
        routes.get("/", this::operations);
        routes.get("/runs", this::runs);
        routes.get("/runs/{id}", this::run);
        routes.get("/runs/{id}/compare/{other}", this::compare);
        routes.get("/statistics", this::statistics);
    }

    private void runs(Context ctx) {
        requestAuth.admit(ctx);
        pages.show(ctx, "runs/runs.jte", new RunsPage(catalogs, journal, requestAuth, clock.instant()).view(ctx));
    }

    private void compare(Context ctx) {
        var compared =
                Comparison.of(requestAuth.run(ctx), requestAuth.run(ctx, "other"), journal.read(), journal.traces());
        pages.show(
                ctx,
                "runs/compare.jte",
                new ComparePage(compared, new RunRows(journal.read(), clock.instant())).view());
    }

    private void statistics(Context ctx) {
        requestAuth.admit(ctx);
        var visible = requestAuth.sight(ctx);
        var stats = journal.read().history().stats(HistoryRoutes.question(ctx, requestAuth, clock));
        var environments = catalogs.current().environments().keySet().stream()
                .filter(visible::sees)
                .map(Object::toString)
                .toList();
        var page = new StatisticsPage(
                stats,
                Params.text(ctx, "period").orElse(HistoryRoutes.WEEK),
                Params.text(ctx, "environment").orElse(""),
                environments);
        pages.show(ctx, "statistics/statistics.jte", page.view());
    }

    private void operations(Context ctx) {
        requestAuth.admit(ctx);
        var page = new OperationsPage(catalogs.current(), journal, requestAuth, ctx, clock.instant());
        pages.show(ctx, "inventory/operations.jte", page.view(readiness.problems()));
    }

    private void run(Context ctx) {
        var run = requestAuth.run(ctx);
        var all = Params.text(ctx, "hosts").filter("all"::equals).isPresent();
        var view = new RunPageView(journal.read(), requestAuth, ctx, clock.instant());
        pages.show(
                ctx,
                "runs/run.jte",
                view.view(run, timelines.of(run.id()), told.apply(run.id().value()), all));
    }
}
