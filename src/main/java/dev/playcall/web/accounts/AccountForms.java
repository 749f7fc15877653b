package dev.playcall.web.accounts;

import dev.playcall.command.schedule.AccountRemoval;
import dev.playcall.command.schedule.AccountRemoval.Removed;
import dev.playcall.security.access.Permission;
import dev.playcall.security.identity.Accounts.AccountChange;
import dev.playcall.security.identity.Identity;
import dev.playcall.web.http.Flash;
import dev.playcall.web.http.Forms;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.security.RequestAuth;
import dev.playcall.web.security.SecurityFilter;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Optional;
import java.util.function.Supplier;

/** Accounts and tokens as the settings change them. */
final class AccountForms {
    private final Identity identity;
    private final SecurityFilter securityFilter;
    private final RequestAuth requestAuth;
    private final AccountAudit responder;
    private final AccountRemoval accountRemoval;
    private final Flash flash;

    AccountForms(
            Identity identity,
            SecurityFilter securityFilter,
            RequestAuth requestAuth,
            AccountAudit responder,
            AccountRemoval accountRemoval,
            Flash flash) {
        this.identity = identity;
        this.securityFilter = securityFilter;
        this.requestAuth = requestAuth;
        this.responder = responder;
        this.accountRemoval = accountRemoval;
        this.flash = flash;
    }

    void register(RoutesConfig routes) {
        routes.post("/settings/people", this::add);
        routes.post("/settings/people/{name}/password", this::password);
        routes.post("/settings/people/{name}/remove", this::remove);
        routes.post("/settings/tokens/{name}/revoke", this::revoke);
    }

    private static String field(Context ctx, String name) {
        return Forms.text(ctx, name).orElse("");
    }

    /** Whoever only came in because there is nobody yet makes nobody: the link on the console does. */
    private void refuseOthers(Context ctx) {
        if (!securityFilter.mayEverywhere(ctx, Permission.ADMIN)) {
            throw new ProblemException(403, "only administrators can manage accounts", Optional.empty());
        }
    }

    private void change(Context ctx, String action, String subject, String done, Supplier<AccountChange> work) {
        var refusal = responder
                .attempt(ctx, securityFilter.person(ctx), action, subject, work, AccountChange::refusal)
                .refusal();
        flash.set(ctx, refusal.isEmpty(), refusal.orElse(done));
        ctx.redirect("/settings?tab=people", HttpStatus.SEE_OTHER);
    }

    private void add(Context ctx) {
        refuseOthers(ctx);
        var name = field(ctx, "name").strip();
        boolean admin = !field(ctx, "admin").isEmpty();
        change(
                ctx,
                "account.add",
                name + (admin ? " as admin" : ""),
                name + " can now log in.",
                () -> identity.accounts().add(name, admin, field(ctx, "password")));
    }

    private void password(Context ctx) {
        refuseOthers(ctx);
        var name = ctx.pathParam("name");
        change(ctx, "account.password", name, name + " has a new password and is logged out everywhere.", () -> {
            var changed = identity.accounts().changePassword(name, field(ctx, "password"));
            if (changed.refusal().isEmpty()) {
                identity.sessions().closeAll(name);
            }
            return changed;
        });
    }

    /** What somebody made for programs goes with them. */
    private void remove(Context ctx) {
        refuseOthers(ctx);
        var name = ctx.pathParam("name");
        var by = securityFilter.person(ctx);
        var left = responder.attempt(
                ctx, by, "account.remove", name, () -> accountRemoval.removeAccount(name, by), Removed::refusal);
        var done = name + " can no longer log in. " + left.words();
        flash.set(ctx, left.refusal().isEmpty(), left.refusal().orElseGet(done::strip));
        ctx.redirect("/settings?tab=people", HttpStatus.SEE_OTHER);
    }

    private void revoke(Context ctx) {
        var name = ctx.pathParam("name");
        var person = securityFilter.person(ctx);
        boolean theirs = identity.tokens()
                .named(name)
                .filter(t -> t.owner().equals(person) || requestAuth.may(ctx, Permission.TOKENS))
                .isPresent();
        var words = "";
        if (theirs) {
            responder.done(ctx, person, "token.revoke", name);
            words = accountRemoval.revokeToken(name, person).words();
        } else {
            responder.refused(ctx, person, "token.revoke", name, "not found, or not theirs");
        }
        flash.set(
                ctx,
                theirs,
                theirs ? ("Token " + name + " is revoked. " + words).strip() : "You have no token " + name + ".");
        ctx.redirect("/settings?tab=tokens", HttpStatus.SEE_OTHER);
    }
}
