package dev.playcall.web.settings;

import dev.playcall.command.access.StoredSecrets;
import dev.playcall.content.galaxy.Galaxy;
import dev.playcall.content.git.Checkouts;
import dev.playcall.security.audit.AuditLog;
import dev.playcall.security.identity.Identity;
import dev.playcall.web.http.Configured;
import dev.playcall.web.http.RouteGroup;
import dev.playcall.web.runs.RunRoutes;
import dev.playcall.web.security.WebContext;
import io.javalin.config.RoutesConfig;

/** How the gateway is set up: settings, git and Galaxy, secrets. */
public final class SettingsFeature implements RouteGroup {
    private final WebContext web;
    private final RunRoutes runs;
    private final Configured configured;
    private final Checkouts checkouts;
    private final Galaxy galaxy;
    private final Identity identity;
    private final StoredSecrets stored;
    private final AuditLog audit;

    public SettingsFeature(
            WebContext web,
            RunRoutes runs,
            Configured configured,
            Checkouts checkouts,
            Galaxy galaxy,
            Identity identity,
            StoredSecrets stored,
            AuditLog audit) {
        this.web = web;
        this.runs = runs;
        this.configured = configured;
        this.checkouts = checkouts;
        this.galaxy = galaxy;
        this.identity = identity;
        this.stored = stored;
        this.audit = audit;
    }

    @Override
    public void register(RoutesConfig routes) {
        new SecretRoutes(web.commands(), stored, web.requestAuth(), web.names()).register(routes);
        new SecretPage(web.catalogs(), web.commands(), stored, web.requestAuth(), web.pages(), web.clock())
                .register(routes);
        new NodeRoutes(web, runs).register(routes);
        var git = new GitPage(checkouts, galaxy, web.journal(), audit, web.clock());
        new SettingsRoutes(configured, git, identity, stored, web.securityFilter(), web).register(routes);
        new SettingForms(configured, web.commands(), audit, web.requestAuth(), web.pages(), web.flash(), web.clock())
                .register(routes);
    }
}
