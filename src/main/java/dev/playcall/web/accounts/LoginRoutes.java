package dev.playcall.web.accounts;

import dev.playcall.domain.format.TextFormat;
import dev.playcall.security.identity.Credential;
import dev.playcall.security.identity.FirstStart;
import dev.playcall.security.identity.Identity;
import dev.playcall.security.identity.Sessions.Login;
import dev.playcall.security.identity.Sessions.LoginSource;
import dev.playcall.web.http.Addresses;
import dev.playcall.web.http.Cookies;
import dev.playcall.web.http.Forms;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.http.WebCaller;
import dev.playcall.web.pages.ErrorView;
import dev.playcall.web.security.Pages;
import dev.playcall.web.security.SecurityFilter;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;

/** Coming in and going out: the login, the first start, the logout. */
final class LoginRoutes {
    private static final String WRONG = "Wrong name or password.";
    private static final String OLD_FORM = "This page has expired. Please try again.";

    private final Identity identity;
    private final Cookies cookies;
    private final Pages pages;
    private final SecurityFilter securityFilter;
    private final AccountAudit responder;
    private final SecureRandom random;

    LoginRoutes(
            Identity identity,
            Cookies cookies,
            Pages pages,
            SecurityFilter securityFilter,
            AccountAudit responder,
            SecureRandom random) {
        this.identity = identity;
        this.cookies = cookies;
        this.pages = pages;
        this.securityFilter = securityFilter;
        this.responder = responder;
        this.random = random;
    }

    void register(RoutesConfig routes) {
        routes.get("/login", ctx -> showLogin(ctx, 200, next(ctx.queryParam("next")), "", ""));
        routes.post("/login", this::login);
        routes.post("/logout", this::logout);
        routes.get("/setup", this::showSetup);
        routes.post("/setup", this::setup);
    }

    /** Only a path of ours: an address that somebody else wrote must not lead elsewhere. */
    static String next(@org.jspecify.annotations.Nullable String request) {
        boolean ours = request != null && request.matches("/([A-Za-z0-9_?][A-Za-z0-9/_?=&.,%+:@-]{0,500})?");
        return request != null && ours ? request : "/";
    }

    /** Binds a form to this browser before anybody is logged in: another site cannot log somebody in as somebody else. */
    private String proof(Context ctx) {
        var bound = cookies.form(ctx).orElseGet(() -> {
            var fresh = Credential.random("", random);
            cookies.form(ctx, fresh);
            return fresh;
        });
        return bound.proof();
    }

    private boolean isProven(Context ctx) {
        var proof = Forms.text(ctx, SecurityFilter.PROOF);
        return cookies.form(ctx)
                .map(Credential::proof)
                .filter(p -> proof.equals(Optional.of(p)))
                .isPresent();
    }

    private static String field(Context ctx, String name) {
        return Forms.text(ctx, name).orElse("");
    }

    private void showLogin(Context ctx, int status, String next, String name, String wrong) {
        ctx.status(status);
        pages.show(
                ctx,
                "accounts/login.jte",
                new LoginView(proof(ctx), next, name, wrong, identity.accounts().areUsed()));
    }

    private void login(Context ctx) {
        var name = field(ctx, "name").strip();
        var next = next(field(ctx, "next"));
        if (!isProven(ctx)) {
            showLogin(ctx, 403, next, name, OLD_FORM);
            return;
        }
        var source = new LoginSource(Addresses.client(ctx), cookies.browser(ctx));
        switch (identity.sessions().login(name, field(ctx, "password"), source)) {
            case Login.In in -> {
                record(ctx, in);
                enter(ctx, in, next);
            }
            case Login.Wrong() -> {
                responder.refused(
                        ctx, AccountAudit.unauthenticated(ctx), "login", known(name), "wrong name or password");
                showLogin(ctx, 401, next, name, WRONG);
            }
            case Login.TooSoon(var pause) -> {
                ctx.header("Retry-After", Long.toString(pause.toSeconds() + 1));
                showLogin(
                        ctx,
                        429,
                        next,
                        name,
                        "Too many attempts. Wait " + TextFormat.duration(pause) + " and try again.");
            }
        }
    }

    private void record(Context ctx, Login.In in) {
        try {
            responder.done(ctx, in.session().account().person(), "login", "");
        } catch (ProblemException e) {
            identity.sessions().close(in.credential());
            throw e;
        }
    }

    /** People type passwords into the wrong field, and this is kept for good. */
    private String known(String name) {
        boolean there =
                identity.accounts().list().stream().anyMatch(a -> a.name().equals(name));
        return there ? name : "unknown name";
    }

    private void enter(Context ctx, Login.In in, String next) {
        // Whatever this browser had before has ended: nobody goes on under a secret that was there before the login.
        cookies.session(ctx).ifPresent(identity.sessions()::close);
        var life = Duration.between(in.session().opened(), in.session().expires());
        cookies.session(ctx, in.credential(), life.toSeconds());
        cookies.browser(ctx, in.browser());
        ctx.redirect(next, io.javalin.http.HttpStatus.SEE_OTHER);
    }

    private void logout(Context ctx) {
        if (securityFilter.webCaller(ctx) instanceof WebCaller.Member(var session, var credential)) {
            responder.done(ctx, session.account().person(), "logout", "");
            identity.sessions().close(credential);
        }
        cookies.clearSession(ctx);
        ctx.header("Clear-Site-Data", "\"cache\"");
        ctx.redirect("/login", io.javalin.http.HttpStatus.SEE_OTHER);
    }

    private void showSetup(Context ctx) {
        var key = Optional.ofNullable(ctx.queryParam("key")).orElse("");
        if (identity.firstStart().isOpen(key)) {
            pages.show(ctx, "accounts/setup.jte", new SetupView(proof(ctx), key, "", ""));
        } else {
            closed(ctx);
        }
    }

    private void closed(Context ctx) {
        ctx.status(410);
        pages.show(
                ctx,
                "pages/error.jte",
                new ErrorView(
                        410,
                        "This setup link has expired",
                        "It was used already, or is older than 24 h. While there is no account, Playcall prints a new"
                                + " link each time it starts; ./playcall user add NAME --admin creates the account,"
                                + " too."));
    }

    private void setup(Context ctx) {
        var key = field(ctx, "key");
        var name = field(ctx, "name").strip();
        if (!identity.firstStart().isOpen(key)) {
            closed(ctx);
            return;
        }
        if (!isProven(ctx)) {
            again(ctx, key, name, OLD_FORM);
            return;
        }
        if (!field(ctx, "password").equals(field(ctx, "again"))) {
            again(ctx, key, name, "The passwords do not match.");
            return;
        }
        var made = responder.attempt(
                ctx,
                AccountAudit.unauthenticated(ctx),
                "account.first",
                name,
                () -> identity.firstStart().make(key, name, field(ctx, "password"), Addresses.client(ctx)),
                FirstStart.Made::refusal);
        switch (made) {
            case FirstStart.Made.Admin(var in) -> enter(ctx, in, "/");
            case FirstStart.Made.Refused(var _, var why) -> again(ctx, key, name, why);
        }
    }

    private void again(Context ctx, String key, String name, String wrong) {
        ctx.status(422);
        pages.show(ctx, "accounts/setup.jte", new SetupView(proof(ctx), key, name, wrong));
    }
}
