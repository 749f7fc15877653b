package dev.playcall.web.hosts;

import dev.playcall.catalog.vars.InventoryFiles;
import dev.playcall.command.HostCommand;
import dev.playcall.web.http.RouteGroup;
import dev.playcall.web.security.WebContext;
import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/** Hosts, groups, variables and files of one environment, shown and changed. */
public final class HostsFeature implements RouteGroup {
    private final WebContext web;
    private final InventoryFiles files;
    private final Supplier<Optional<String>> elsewhere;
    private final PastedHosts table;

    /** @param elsewhere why files are not changed here at all, as of now; empty where they are */
    public HostsFeature(WebContext web, InventoryFiles files, Supplier<Optional<String>> elsewhere, PastedHosts table) {
        this.web = web;
        this.files = files;
        this.elsewhere = elsewhere;
        this.table = table;
    }

    @Override
    public void register(RoutesConfig routes) {
        var found = new FoundEnvironment(web.catalogs(), web.requestAuth());
        new DynamicInventoryRoutes(web.catalogs(), web.requestAuth()).register(routes);
        new VariableRoutes(found, web.commands(), web.requestAuth()).register(routes);
        new FileRoutes(found, files, web.commands(), web.requestAuth()).register(routes);
        var editing = new Editing(web, found, elsewhere);
        new HostsPage(editing, files, table).register(routes);
        new OwnerPages(editing).register(routes);
        new FilePages(editing, files).register(routes);
        new FileVersionPages(editing, files).register(routes);
    }

    /** Reads a table of hosts, CSV or JSON, that somebody pasted. */
    @FunctionalInterface
    public interface PastedHosts {
        /** @throws dev.playcall.web.http.ProblemException when it is neither */
        HostCommand.RegisterHosts read(String environment, String text) throws IOException;
    }
}
