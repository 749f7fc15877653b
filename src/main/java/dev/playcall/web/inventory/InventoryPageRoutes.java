package dev.playcall.web.inventory;

import dev.playcall.web.security.WebContext;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.function.Supplier;

/** The pages of the hosts: how they are, and what is known of them. */
final class InventoryPageRoutes {
    private final WebContext web;
    private final Supplier<List<String>> problems;

    /** @param problems what is wrong with the gateway now, a line each */
    InventoryPageRoutes(WebContext web, Supplier<List<String>> problems) {
        this.web = web;
        this.problems = problems;
    }

    void register(RoutesConfig routes) {
        routes.get("/", this::operations);
        routes.get("/inventory", this::inventory);
    }

    private void operations(Context ctx) {
        web.requestAuth().admit(ctx);
        var page = new OperationsPage(
                web.catalogs().current(),
                web.journal(),
                web.requestAuth(),
                ctx,
                web.clock().instant());
        web.pages().show(ctx, "inventory/operations.jte", page.view(problems.get()));
    }

    private void inventory(Context ctx) {
        web.requestAuth().admit(ctx);
        var page = new InventoryPage(
                web.catalogs().current(),
                web.journal().read(),
                web.requestAuth(),
                ctx,
                web.clock().instant());
        web.pages().show(ctx, "inventory/inventory.jte", page.view());
    }
}
