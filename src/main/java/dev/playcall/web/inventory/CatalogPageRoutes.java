package dev.playcall.web.inventory;

import dev.playcall.catalog.Catalogs;
import dev.playcall.journal.RunJournal;
import dev.playcall.security.access.Permission;
import dev.playcall.web.playbooks.PlaybooksPage;
import dev.playcall.web.security.Pages;
import dev.playcall.web.security.RequestAuth;
import dev.playcall.web.security.Sidebar;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;

/** The pages of what there is to run and where. */
public final class CatalogPageRoutes {
    private final Catalogs catalogs;
    private final RunJournal journal;
    private final Pages pages;
    private final RequestAuth requestAuth;
    private final Sidebar sidebar;
    private final Clock clock;

    public CatalogPageRoutes(
            Catalogs catalogs, RunJournal journal, Pages pages, RequestAuth requestAuth, Sidebar sidebar, Clock clock) {
        this.catalogs = catalogs;
        this.journal = journal;
        this.pages = pages;
        this.requestAuth = requestAuth;
        this.sidebar = sidebar;
        this.clock = clock;
    }

    public void register(RoutesConfig routes) {
        routes.get("/playbooks", this::playbooks);
        routes.get("/inventory", this::inventory);
    }

    private void playbooks(Context ctx) {
        requestAuth.admit(ctx);
        pages.show(
                ctx,
                "playbooks/playbooks.jte",
                new PlaybooksPage(catalogs.current(), requestAuth, sidebar, ctx)
                        .view(requestAuth.may(ctx, Permission.ADMIN)));
    }

    private void inventory(Context ctx) {
        requestAuth.admit(ctx);
        var page = new InventoryPage(catalogs.current(), journal.read(), requestAuth, ctx, clock.instant());
        pages.show(ctx, "inventory/inventory.jte", page.view());
    }
}
