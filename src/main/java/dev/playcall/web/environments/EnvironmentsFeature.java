package dev.playcall.web.environments;

import dev.playcall.catalog.inventory.EnvironmentFiles;
import dev.playcall.web.http.RouteGroup;
import dev.playcall.web.security.WebContext;
import io.javalin.config.RoutesConfig;
import java.util.Optional;
import java.util.function.Supplier;

/** Environments as a whole: made, renamed, archived, restored, and their policies. */
public final class EnvironmentsFeature implements RouteGroup {
    private final WebContext web;
    private final EnvironmentFiles files;
    private final Supplier<Optional<String>> elsewhere;

    /** @param elsewhere why files are not changed here at all, as of now; empty where they are */
    public EnvironmentsFeature(WebContext web, EnvironmentFiles files, Supplier<Optional<String>> elsewhere) {
        this.web = web;
        this.files = files;
        this.elsewhere = elsewhere;
    }

    @Override
    public void register(RoutesConfig routes) {
        new EnvironmentEditRoutes(web.commands(), web.requestAuth()).register(routes);
        new EnvironmentPages(web, files, elsewhere).register(routes);
        new PolicyPage(web, files, elsewhere).register(routes);
    }
}
