package dev.playcall.web.inventory;

import dev.playcall.notify.alert.Alerts;
import dev.playcall.security.approval.LocksAndFreezes;
import dev.playcall.web.security.WebContext;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The pages of the hosts: how they are, and what is known of them. */
final class InventoryPageRoutes {
    private final WebContext web;
    private final Supplier<List<String>> problems;
    private final LocksAndFreezes locks;
    private final Supplier<Optional<Alerts>> alerts;

    /** @param problems what is wrong with the gateway now, a line each */
    InventoryPageRoutes(
            WebContext web, Supplier<List<String>> problems, LocksAndFreezes locks, Supplier<Optional<Alerts>> alerts) {
        this.web = web;
        this.locks = locks;
        this.alerts = alerts;
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
                web.catalogs().facts(),
                web.journal(),
                locks,
                web.requestAuth(),
                ctx,
                web.clock().instant());
        web.pages().show(ctx, "inventory/operations.jte", page.view(problems.get(), alerts.get()));
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
