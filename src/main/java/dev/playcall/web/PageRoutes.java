package dev.playcall.web;

import dev.playcall.catalog.Catalogs;
import dev.playcall.journal.Comparison;
import dev.playcall.journal.RunJournal;
import dev.playcall.notify.Delivery;
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
    private final Visitors visitors;
    private final Readiness readiness;
    private final Timelines timelines;
    private final LongFunction<List<Delivery>> told;
    private final Clock clock;

    /** @param told what was told, or is to be, of the run of this number */
    PageRoutes(
            Catalogs catalogs,
            RunJournal journal,
            Pages pages,
            Visitors visitors,
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
        this.visitors = visitors;
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
        visitors.admit(ctx);
        pages.show(ctx, "runs.jte", new RunsPage(catalogs, journal, visitors, clock.instant()).view(ctx));
    }

    private void compare(Context ctx) {
        var compared = Comparison.of(visitors.run(ctx), visitors.run(ctx, "other"), journal.read(), journal.traces());
        pages.show(ctx, "compare.jte", new ComparePage(compared, new RunRows(journal.read(), clock.instant())).view());
    }

    private void statistics(Context ctx) {
        visitors.admit(ctx);
        var sight = visitors.sight(ctx);
        var stats = journal.read().history().stats(HistoryRoutes.question(ctx, visitors, clock));
        var environments = catalogs.current().environments().keySet().stream()
                .filter(sight::sees)
                .map(Object::toString)
                .toList();
        var page = new StatisticsPage(
                stats,
                Params.text(ctx, "period").orElse(HistoryRoutes.WEEK),
                Params.text(ctx, "environment").orElse(""),
                environments);
        pages.show(ctx, "statistics.jte", page.view());
    }

    private void operations(Context ctx) {
        visitors.admit(ctx);
        var page = new OperationsPage(catalogs.current(), journal, visitors, ctx, clock.instant());
        pages.show(ctx, "operations.jte", page.view(readiness.problems()));
    }

    private void run(Context ctx) {
        var run = visitors.run(ctx);
        var all = Params.text(ctx, "hosts").filter("all"::equals).isPresent();
        var view = new RunPageView(journal.read(), visitors, ctx, clock.instant());
        pages.show(
                ctx,
                "run.jte",
                view.view(run, timelines.of(run.id()), told.apply(run.id().value()), all));
    }
}
