package dev.playcall.web;

import dev.playcall.catalog.Catalogs;
import dev.playcall.command.Outlook;
import dev.playcall.journal.RunJournal;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;

/** The pages from which work is started and where it waits. */
final class WorkRoutes {
    private final Catalogs catalogs;
    private final RunJournal journal;
    private final Pages pages;
    private final Visitors visitors;
    private final Sidebar sidebar;
    private final Outlook outlook;
    private final Clock clock;

    WorkRoutes(
            Catalogs catalogs,
            RunJournal journal,
            Pages pages,
            Visitors visitors,
            Sidebar sidebar,
            Outlook outlook,
            Clock clock) {
        this.catalogs = catalogs;
        this.journal = journal;
        this.pages = pages;
        this.visitors = visitors;
        this.sidebar = sidebar;
        this.outlook = outlook;
        this.clock = clock;
    }

    void register(RoutesConfig routes) {
        routes.get("/start", this::start);
        routes.get("/queue", this::queue);
        routes.get("/playbooks", this::playbooks);
        routes.get("/inventory", this::inventory);
    }

    private void start(Context ctx) {
        visitors.admit(ctx);
        pages.show(ctx, "start.jte", new StartPage(catalogs.current(), visitors, ctx).view());
    }

    private void queue(Context ctx) {
        visitors.admit(ctx);
        var page = new QueuePage(journal.read(), visitors.sight(ctx), outlook, clock.instant());
        pages.show(ctx, "queue.jte", page.view());
    }

    private void playbooks(Context ctx) {
        visitors.admit(ctx);
        pages.show(ctx, "playbooks.jte", new PlaybooksPage(catalogs.current(), visitors, sidebar, ctx).view());
    }

    private void inventory(Context ctx) {
        visitors.admit(ctx);
        var page = new InventoryPage(catalogs.current(), journal.read(), visitors, ctx, clock.instant());
        pages.show(ctx, "inventory.jte", page.view());
    }
}
