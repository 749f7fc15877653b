package dev.playcall.web.inventory;

import dev.playcall.catalog.inventory.EnvironmentFiles;
import dev.playcall.command.HostCommand;
import dev.playcall.config.Config;
import dev.playcall.notify.alert.Alerts;
import dev.playcall.security.approval.LocksAndFreezes;
import dev.playcall.web.http.RouteGroup;
import dev.playcall.web.http.TextConsole;
import dev.playcall.web.runs.RunRoutes;
import dev.playcall.web.security.WebContext;
import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Hosts and environments: how they are, for those who log in and for everybody, locks, and hosts that programs register. */
public final class InventoryFeature implements RouteGroup {
    private final WebContext web;
    private final RunRoutes runs;
    private final TextConsole console;
    private final LocksAndFreezes locks;
    private final Supplier<List<String>> problems;
    private final Supplier<Config.PublicStatus> publicStatus;
    private final EnvironmentFiles files;
    private final Supplier<Optional<Alerts>> alerts;

    /**
     * @param problems what is wrong with the gateway now, a line each
     * @param publicStatus what everybody may see now
     * @param alerts what is open, once the gateway has that
     */
    public InventoryFeature(
            WebContext web,
            RunRoutes runs,
            TextConsole console,
            LocksAndFreezes locks,
            Supplier<List<String>> problems,
            Supplier<Config.PublicStatus> publicStatus,
            EnvironmentFiles files,
            Supplier<Optional<Alerts>> alerts) {
        this.alerts = alerts;
        this.web = web;
        this.runs = runs;
        this.console = console;
        this.locks = locks;
        this.problems = problems;
        this.publicStatus = publicStatus;
        this.files = files;
    }

    /**
     * Reads hosts that somebody pasted: CSV, or JSON where it begins with a bracket.
     *
     * @throws dev.playcall.web.http.ProblemException when it is neither
     */
    public static HostCommand.RegisterHosts pastedHosts(String environment, String text) throws IOException {
        return HostRows.pasted(environment, text);
    }

    @Override
    public void register(RoutesConfig routes) {
        var catalogs = web.catalogs();
        new InventoryRoutes(catalogs, web.commands(), web.requestAuth()).register(routes);
        new InventoryPageRoutes(web, problems, locks, alerts).register(routes);
        new EnvironmentRoutes(catalogs, web.journal(), web.requestAuth(), files).register(routes);
        new ConsoleRoutes(console, web.securityFilter(), web.requestAuth()).register(routes);
        new LockRoutes(catalogs, web.commands(), locks, web.requestAuth()).register(routes);
        new LockForms(web).register(routes);
        new RegisteredHostRoutes(web.commands(), web.requestAuth(), runs).register(routes);
        var page = new PublicPage(publicStatus, catalogs, web.journal(), web.pages(), web.clock());
        web.securityFilter().open(page::isOpen);
        page.register(routes);
    }
}
