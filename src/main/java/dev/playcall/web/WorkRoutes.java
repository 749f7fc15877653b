package dev.playcall.web;

import dev.playcall.catalog.Catalogs;
import dev.playcall.journal.RunJournal;
import dev.playcall.security.Permission;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;

/** The pages of what there is to run and where. */
final class WorkRoutes {
    private final Catalogs catalogs;
    private final RunJournal journal;
    private final Pages pages;
    private final Visitors visitors;
    private final Sidebar sidebar;
    private final Clock clock;

    WorkRoutes(Catalogs catalogs, RunJournal journal, Pages pages, Visitors visitors, Sidebar sidebar, Clock clock) {
        this.catalogs = catalogs;
        this.journal = journal;
        this.pages = pages;
        this.visitors = visitors;
        this.sidebar = sidebar;
        this.clock = clock;
    }

    void register(RoutesConfig routes) {
        routes.get("/playbooks", this::playbooks);
        routes.get("/inventory", this::inventory);
    }

    private void playbooks(Context ctx) {
        visitors.admit(ctx);
        pages.show(
                ctx,
                "playbooks.jte",
                new PlaybooksPage(catalogs.current(), visitors, sidebar, ctx)
                        .view(visitors.may(ctx, Permission.ADMIN)));
    }

    private void inventory(Context ctx) {
        visitors.admit(ctx);
        var page = new InventoryPage(catalogs.current(), journal.read(), visitors, ctx, clock.instant());
        pages.show(ctx, "inventory.jte", page.view());
    }
}
