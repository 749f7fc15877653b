package dev.playcall.web.accounts;

import dev.playcall.command.schedule.AccountRemoval;
import dev.playcall.security.access.Permission;
import dev.playcall.security.audit.AuditLog;
import dev.playcall.security.identity.Identity;
import dev.playcall.web.http.Cookies;
import dev.playcall.web.http.RouteGroup;
import dev.playcall.web.security.WebContext;
import io.javalin.config.RoutesConfig;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/** Logging in, the own account, and for admins tokens and the accounts of others. */
public final class AccountsFeature implements RouteGroup {
    private static final List<String> SCOPES =
            Arrays.stream(Permission.values()).map(Permission::word).toList();
    /** One for agents is for one environment, which the page does not ask for. */
    private static final List<String> ON_PAGE = SCOPES.stream()
            .filter(s -> !s.equals(Permission.AGENT_INGEST.word()))
            .toList();

    private final WebContext web;
    private final Identity identity;
    private final Cookies cookies;
    private final AuditLog audit;
    private final AccountRemoval accountRemoval;

    public AccountsFeature(
            WebContext web, Identity identity, Cookies cookies, AuditLog audit, AccountRemoval accountRemoval) {
        this.web = web;
        this.identity = identity;
        this.cookies = cookies;
        this.audit = audit;
        this.accountRemoval = accountRemoval;
    }

    @Override
    public void register(RoutesConfig routes) {
        var responder = new AccountAudit(audit);
        var filter = web.securityFilter();
        new LoginRoutes(identity, cookies, web.pages(), filter, responder, new SecureRandom()).register(routes);
        new AccountRoutes(identity, cookies, web.pages(), filter, web.requestAuth(), responder, ON_PAGE, web.clock())
                .register(routes);
        new TokenRoutes(identity, filter, responder, accountRemoval, web.names(), SCOPES).register(routes);
        new WhoAmIRoutes(web.requestAuth()).register(routes);
        new UserRoutes(identity, filter, responder, accountRemoval).register(routes);
        new AccountForms(identity, filter, web.requestAuth(), responder, accountRemoval, web.flash()).register(routes);
    }
}
