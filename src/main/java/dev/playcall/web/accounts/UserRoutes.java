package dev.playcall.web.accounts;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.playcall.command.schedule.AccountRemoval;
import dev.playcall.command.schedule.AccountRemoval.Removed;
import dev.playcall.security.access.Permission;
import dev.playcall.security.identity.Accounts.AccountChange;
import dev.playcall.security.identity.Identity;
import dev.playcall.web.http.Api;
import dev.playcall.web.http.Body;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.security.SecurityFilter;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.function.Supplier;

/** Accounts over HTTP, for administrators. */
final class UserRoutes {
    private final Identity identity;
    private final SecurityFilter securityFilter;
    private final AccountAudit responder;
    private final AccountRemoval accountRemoval;

    UserRoutes(
            Identity identity, SecurityFilter securityFilter, AccountAudit responder, AccountRemoval accountRemoval) {
        this.identity = identity;
        this.securityFilter = securityFilter;
        this.responder = responder;
        this.accountRemoval = accountRemoval;
    }

    void register(RoutesConfig routes) {
        var api = new Api(routes, this::refuseOthers);
        api.get("/api/v1/users", this::list);
        api.post("/api/v1/users", this::refuseOthers, this::add);
        api.delete("/api/v1/users/{name}", this::refuseOthers, this::remove);
        api.put("/api/v1/users/{name}/password", this::refuseOthers, this::changePassword);
    }

    private void refuseOthers(Context ctx) {
        if (!securityFilter.mayEverywhere(ctx, Permission.ADMIN)) {
            throw new ProblemException(403, "only administrators can manage accounts", Optional.empty());
        }
    }

    private void list(Context ctx) {
        refuseOthers(ctx);
        var node = JsonBodies.object();
        var users = node.putArray("users");
        for (var account : identity.accounts().list()) {
            users.addObject()
                    .put("name", account.name())
                    .put("admin", account.admin())
                    .put("created_at", JsonBodies.time(account.created()))
                    .put("sessions", identity.sessions().of(account).size());
        }
        JsonBodies.send(ctx, node);
    }

    private void add(Context ctx) throws JsonProcessingException {
        refuseOthers(ctx);
        var body = Body.of(ctx, "name", "password", "admin");
        boolean admin = body.flag("admin");
        if (!admin && securityFilter.hasNoAdmin()) {
            throw ProblemException.badRequest("admin", "there is no admin yet, so this account must be an admin");
        }
        var name = body.text("name");
        var password = body.text("password");
        change(
                ctx,
                "account.add",
                name + (admin ? " as admin" : ""),
                () -> identity.accounts().add(name, admin, password));
        ctx.status(201);
        JsonBodies.send(ctx, JsonBodies.object().put("name", name).put("admin", admin));
    }

    private void remove(Context ctx) {
        refuseOthers(ctx);
        var name = ctx.pathParam("name");
        var by = securityFilter.person(ctx);
        var left = responder.attempt(
                ctx, by, "account.remove", name, () -> accountRemoval.removeAccount(name, by), Removed::refusal);
        if (left.change() instanceof AccountChange.Refused(var field, var why)) {
            throw ProblemException.badRequest(field, why);
        }
        TokenRoutes.sendPaused(ctx, left);
    }

    private void changePassword(Context ctx) throws JsonProcessingException {
        refuseOthers(ctx);
        var name = ctx.pathParam("name");
        var password = Body.of(ctx, "password").text("password");
        change(ctx, "account.password", name, () -> identity.accounts().changePassword(name, password));
        identity.sessions().closeAll(name);
        ctx.status(204);
    }

    private void change(Context ctx, String action, String subject, Supplier<AccountChange> work) {
        switch (responder.attempt(ctx, securityFilter.person(ctx), action, subject, work, AccountChange::refusal)) {
            case AccountChange.Done() -> {}
            case AccountChange.Refused(var field, var why) -> throw ProblemException.badRequest(field, why);
        }
    }
}
