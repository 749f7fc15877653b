package dev.playcall.web.deployments;

import dev.playcall.web.http.RouteGroup;
import dev.playcall.web.runs.RunRoutes;
import dev.playcall.web.security.WebContext;
import dev.playcall.web.stream.RunSignals;
import io.javalin.config.RoutesConfig;

/** Deployments: starting one, letting it go on, repeating it, and showing how each of its servers stands. */
public final class DeploymentsFeature implements RouteGroup {
    private final WebContext web;
    private final RunRoutes runs;
    private final RunSignals signals;

    public DeploymentsFeature(WebContext web, RunRoutes runs, RunSignals signals) {
        this.web = web;
        this.runs = runs;
        this.signals = signals;
    }

    @Override
    public void register(RoutesConfig routes) {
        new DeploymentRoutes(web, runs, new DeploymentStream(web, signals)).register(routes);
        new DeploymentPages(web).register(routes);
    }
}
