package dev.playcall.web.hosts;

import dev.playcall.catalog.vars.InventoryFiles;
import dev.playcall.web.http.RouteGroup;
import dev.playcall.web.security.WebContext;
import io.javalin.config.RoutesConfig;

/** Hosts, groups, variables and files of one environment, shown and changed. */
public final class HostsFeature implements RouteGroup {
    private final WebContext web;
    private final InventoryFiles files;

    public HostsFeature(WebContext web, InventoryFiles files) {
        this.web = web;
        this.files = files;
    }

    @Override
    public void register(RoutesConfig routes) {
        var found = new FoundEnvironment(web.catalogs(), web.requestAuth());
        new VariableRoutes(found, web.commands(), web.requestAuth()).register(routes);
        new FileRoutes(found, files, web.commands(), web.requestAuth()).register(routes);
    }
}
