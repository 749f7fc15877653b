package dev.playcall.web.alerts;

import dev.playcall.notify.alert.Alerts;
import dev.playcall.web.http.RouteGroup;
import dev.playcall.web.security.WebContext;
import io.javalin.config.RoutesConfig;

/** What is open and what is silenced, and what is done about it. */
public final class AlertsFeature implements RouteGroup {
    private final WebContext web;
    private final Alerts alerts;

    public AlertsFeature(WebContext web, Alerts alerts) {
        this.web = web;
        this.alerts = alerts;
    }

    @Override
    public void register(RoutesConfig routes) {
        new AlertPages(web, alerts).register(routes);
        new AlertForms(web).register(routes);
    }
}
