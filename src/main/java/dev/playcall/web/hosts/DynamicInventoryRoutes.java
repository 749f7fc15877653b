package dev.playcall.web.hosts;

import dev.playcall.catalog.Catalogs;
import dev.playcall.web.http.Api;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.security.RequestAuth;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** What Ansible will see of an environment, for {@code inventory show} and for Ansible elsewhere by an inventory script. */
record DynamicInventoryRoutes(Catalogs catalogs, RequestAuth requestAuth) {
    void register(RoutesConfig routes) {
        new Api(routes, requestAuth::admit).get("/api/v1/inventory/{env}/ansible", this::list);
    }

    private void list(Context ctx) {
        var environment = requestAuth.environment(ctx);
        JsonBodies.send(ctx, DynamicInventory.of(ChosenHosts.of(ctx, environment, catalogs.facts())));
    }
}
