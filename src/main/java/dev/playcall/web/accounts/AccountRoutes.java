package dev.playcall.web.accounts;

import dev.playcall.domain.format.TextFormat;
import dev.playcall.security.access.Permission;
import dev.playcall.security.identity.Account;
import dev.playcall.security.identity.Accounts.AccountChange;
import dev.playcall.security.identity.ApiToken;
import dev.playcall.security.identity.Identity;
import dev.playcall.security.identity.Sessions.Login;
import dev.playcall.security.identity.Sessions.LoginSource;
import dev.playcall.security.identity.Sessions.Session;
import dev.playcall.security.identity.Tokens;
import dev.playcall.web.http.Addresses;
import dev.playcall.web.http.Cookies;
import dev.playcall.web.http.Forms;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.http.WebCaller;
import dev.playcall.web.security.Pages;
import dev.playcall.web.security.RequestAuth;
import dev.playcall.web.security.SecurityFilter;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;

/** The page of whoever is logged in: tokens, password, browsers. */
final class AccountRoutes {
    private final Identity identity;
    private final Cookies cookies;
    private final Pages pages;
    private final SecurityFilter securityFilter;
    private final RequestAuth requestAuth;
    private final AccountAudit responder;
    private final List<String> scopes;
    private final Clock clock;

    /** @param scopes what a token may be made for */
    AccountRoutes(
            Identity identity,
            Cookies cookies,
            Pages pages,
            SecurityFilter securityFilter,
            RequestAuth requestAuth,
            AccountAudit responder,
            List<String> scopes,
            Clock clock) {
        this.identity = identity;
        this.cookies = cookies;
        this.pages = pages;
        this.securityFilter = securityFilter;
        this.requestAuth = requestAuth;
        this.responder = responder;
        this.scopes = List.copyOf(scopes);
        this.clock = clock;
    }

    void register(RoutesConfig routes) {
        routes.get("/account", ctx -> show(ctx, 200, "", "", ""));
        routes.post("/account/tokens", this::makeToken);
        routes.post("/account/tokens/{name}/revoke", this::revoke);
        routes.post("/account/password", this::changePassword);
        routes.post("/account/sessions/end", this::endOthers);
    }

    /** Programs have the API; this page is about the account of a person. */
    private WebCaller.Member member(Context ctx) {
        if (securityFilter.webCaller(ctx) instanceof WebCaller.Member member) {
            return member;
        }
        throw ProblemException.notFound("not logged in, so there is no account to show");
    }

    private void show(Context ctx, int status, String secret, String wrong, String done) {
        var member = member(ctx);
        var account = member.session().account();
        var now = clock.instant();
        var tokens = own(account).stream().map(t -> row(t, now)).toList();
        var sessions =
                identity.sessions().of(account).stream().map(s -> row(s, now)).toList();
        var view = new AccountView(
                account.name(),
                account.admin(),
                requestAuth.mayAnywhere(ctx, Permission.SECRETS),
                tokens,
                scopes,
                sessions,
                secret,
                wrong,
                done);
        pages.show(ctx.status(status), "accounts/account.jte", view);
    }

    private List<ApiToken> own(Account account) {
        return identity.tokens().list().stream()
                .filter(t -> t.owner().equals(account.person()))
                .toList();
    }

    private static TokenRow row(ApiToken token, Instant now) {
        boolean expired = !token.expires().isAfter(now);
        return new TokenRow(
                token.name(),
                String.join(", ", token.scopes()),
                expired ? "expired" : TextFormat.until(token.expires(), now),
                JsonBodies.time(token.expires()),
                token.used().map(u -> TextFormat.ago(u, now)).orElse("never"),
                expired);
    }

    private static SessionRow row(Session session, Instant now) {
        return new SessionRow(
                TextFormat.ago(session.opened(), now), TextFormat.ago(session.seen(), now), session.address());
    }

    private static String field(Context ctx, String name) {
        return Forms.text(ctx, name).orElse("");
    }

    private void makeToken(Context ctx) {
        var owner = member(ctx).person();
        var days = Forms.text(ctx, "days")
                .filter(d -> d.matches("\\d{1,3}"))
                .map(Integer::parseInt)
                .orElse(90);
        var wanted = new HashSet<>(Forms.texts(ctx, "scope"));
        wanted.retainAll(scopes);
        var name = field(ctx, "name").strip();
        var what = name + " for " + String.join(", ", wanted);
        var made = responder.attempt(
                ctx,
                owner,
                "token.create",
                what,
                () -> identity.tokens().create(name, owner, wanted, Duration.ofDays(days)),
                Tokens.Made::refusal);
        switch (made) {
            case Tokens.Made.Token(var _, var credential) -> show(ctx, 200, credential.reveal(), "", "");
            case Tokens.Made.Refused(var _, var why) -> show(ctx, 422, "", why, "");
        }
    }

    private void revoke(Context ctx) {
        var name = ctx.pathParam("name");
        var account = member(ctx).session().account();
        boolean own = own(account).stream().anyMatch(t -> t.name().equals(name));
        if (own) {
            responder.done(ctx, account.person(), "token.revoke", name);
            identity.tokens().revoke(name);
            show(ctx, 200, "", "", "Token " + name + " is revoked.");
        } else {
            responder.refused(ctx, account.person(), "token.revoke", name, "not theirs");
            show(ctx, 404, "", "You have no token " + name + ".", "");
        }
    }

    /** Whoever finds an open browser must not be able to take the account with it, so the old password is asked for. */
    private void changePassword(Context ctx) {
        var member = member(ctx);
        var account = member.session().account();
        var fresh = field(ctx, "password");
        if (!fresh.equals(field(ctx, "again"))) {
            show(ctx, 422, "", "The passwords do not match.", "");
            return;
        }
        var source = new LoginSource(Addresses.client(ctx), cookies.browser(ctx));
        switch (identity.sessions().check(account.name(), field(ctx, "old"), source)) {
            case Login.Known _ -> change(ctx, member, fresh);
            case Login.Wrong() -> {
                responder.refused(
                        ctx, account.person(), "account.password", account.name(), "the current password is wrong");
                show(ctx, 422, "", "The current password is wrong.", "");
            }
            case Login.TooSoon(var pause) ->
                show(ctx, 429, "", "Too many attempts. Wait " + TextFormat.duration(pause) + " and try again.", "");
        }
    }

    private void change(Context ctx, WebCaller.Member member, String password) {
        var account = member.session().account();
        var changed = responder.attempt(
                ctx,
                account.person(),
                "account.password",
                account.name(),
                () -> identity.accounts().changePassword(account.name(), password),
                AccountChange::refusal);
        switch (changed) {
            case AccountChange.Done() -> {
                identity.sessions().closeOthers(account, member.credential());
                identity.sessions().browser(account).ifPresent(b -> cookies.browser(ctx, b));
                show(ctx, 200, "", "", "Password changed. All other sessions are logged out.");
            }
            case AccountChange.Refused(var _, var why) -> show(ctx, 422, "", why, "");
        }
    }

    private void endOthers(Context ctx) {
        var member = member(ctx);
        var account = member.session().account();
        responder.done(ctx, account.person(), "session.end", "all other sessions of " + account.name());
        int ended = identity.sessions().closeOthers(account, member.credential());
        show(ctx, 200, "", "", ended == 0 ? "There were no other sessions." : "All other sessions are logged out.");
    }
}
