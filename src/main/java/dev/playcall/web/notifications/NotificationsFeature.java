package dev.playcall.web.notifications;

import dev.playcall.command.alert.ReceiverSettings;
import dev.playcall.notify.alert.Alerts;
import dev.playcall.notify.dispatch.NotificationEngine;
import dev.playcall.web.http.RouteGroup;
import dev.playcall.web.security.WebContext;
import io.javalin.config.RoutesConfig;

/** What was sent to whom, what is open and muted, and what programs report. */
public final class NotificationsFeature implements RouteGroup {
    private final WebContext web;
    private final NotificationEngine engine;
    private final Alerts alerts;
    private final ReceiverSettings receivers;

    public NotificationsFeature(WebContext web, NotificationEngine engine, Alerts alerts, ReceiverSettings receivers) {
        this.receivers = receivers;
        this.web = web;
        this.engine = engine;
        this.alerts = alerts;
    }

    @Override
    public void register(RoutesConfig routes) {
        new NotifyRoutes(engine, web.requestAuth(), web.clock()).register(routes);
        var alertRoutes = new AlertRoutes(alerts, web.commands(), web.requestAuth());
        alertRoutes.register(routes);
        new ReceiverRoutes(receivers, alertRoutes, web.requestAuth()).register(routes);
        new NotificationsPage(engine, web).register(routes);
        new ReceiversPage(receivers, engine, web).register(routes);
    }
}
