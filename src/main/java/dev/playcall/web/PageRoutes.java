package dev.playcall.web;

import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.Environment;
import dev.playcall.domain.EnvironmentName;
import dev.playcall.journal.RunJournal;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.Optional;

/** The pages people look at. */
final class PageRoutes {
    private final Catalogs catalogs;
    private final RunJournal journal;
    private final Pages pages;
    private final Visitors visitors;
    private final Readiness readiness;
    private final Clock clock;

    PageRoutes(
            Catalogs catalogs, RunJournal journal, Pages pages, Visitors visitors, Readiness readiness, Clock clock) {
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
    }

    private void runs(Context ctx) {
        visitors.admit(ctx);
        pages.show(ctx, "runs.jte", new RunsPage(catalogs, journal, visitors, clock.instant()).view(ctx));
    }

    private void operations(Context ctx) {
        visitors.admit(ctx);
        var asked = Params.text(ctx, "environment");
        Optional<Environment> only = asked.filter(EnvironmentName::isValid)
                .flatMap(e -> catalogs.current().environment(new EnvironmentName(e)));
        if (asked.isPresent() && only.isEmpty()) {
            throw ProblemException.notFound("there is no environment \"" + asked.get() + "\"");
        }
        only.ifPresent(e -> visitors.admit(ctx, e.name()));
        var page = new OperationsPage(catalogs, journal, visitors.sight(ctx), clock.instant());
        pages.show(ctx, "operations.jte", page.view(only, readiness.problems()));
    }

    private void run(Context ctx) {
        var run = visitors.run(ctx);
        var all = Params.text(ctx, "hosts").filter("all"::equals).isPresent();
        pages.show(ctx, "run.jte", new RunPageView(journal.read(), clock.instant()).view(run, all));
    }
}
