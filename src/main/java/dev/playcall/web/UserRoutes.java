package dev.playcall.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.playcall.command.Departures;
import dev.playcall.command.Departures.Departed;
import dev.playcall.security.Permission;
import dev.playcall.security.identity.Change;
import dev.playcall.security.identity.Identity;
import dev.playcall.web.openapi.PeopleSaid;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.function.Supplier;

/** Accounts over HTTP, for administrators. */
final class UserRoutes {
    private final Identity identity;
    private final Gate gate;
    private final Deeds deeds;
    private final Departures departures;

    UserRoutes(Identity identity, Gate gate, Deeds deeds, Departures departures) {
        this.identity = identity;
        this.gate = gate;
        this.deeds = deeds;
        this.departures = departures;
    }

    void register(RoutesConfig routes) {
        var api = new Api(routes);
        api.get("/api/v1/users", PeopleSaid.USERS, this::list);
        api.post("/api/v1/users", PeopleSaid.ADD_USER, this::add);
        api.delete("/api/v1/users/{name}", PeopleSaid.DROP_USER, this::remove);
        api.put("/api/v1/users/{name}/password", PeopleSaid.SET_USER_PASSWORD, this::changePassword);
    }

    private void refuseOthers(Context ctx) {
        if (!gate.mayEverywhere(ctx, Permission.ADMIN)) {
            throw new ProblemException(403, "accounts are for administrators", Optional.empty());
        }
    }

    private void list(Context ctx) {
        refuseOthers(ctx);
        var node = Json.object();
        var users = node.putArray("users");
        for (var account : identity.accounts().list()) {
            users.addObject()
                    .put("name", account.name())
                    .put("admin", account.admin())
                    .put("created_at", Json.time(account.created()))
                    .put("sessions", identity.sessions().of(account).size());
        }
        Json.send(ctx, node);
    }

    private void add(Context ctx) throws JsonProcessingException {
        refuseOthers(ctx);
        var body = Body.of(ctx, "name", "password", "admin");
        boolean admin = body.flag("admin");
        if (!admin && gate.hasNoAdmin()) {
            throw ProblemException.badRequest("admin", "there is no admin yet, so the first account has to be one");
        }
        var name = body.text("name");
        var password = body.text("password");
        change(
                ctx,
                "account.add",
                name + (admin ? " as admin" : ""),
                () -> identity.accounts().add(name, admin, password));
        ctx.status(201);
        Json.send(ctx, Json.object().put("name", name).put("admin", admin));
    }

    private void remove(Context ctx) {
        refuseOthers(ctx);
        var name = ctx.pathParam("name");
        var by = gate.person(ctx);
        var left = deeds.attempt(
                ctx, by, "account.remove", name, () -> departures.removeAccount(name, by), Departed::refusal);
        if (left.change() instanceof Change.Refused(var field, var why)) {
            throw ProblemException.badRequest(field, why);
        }
        TokenRoutes.say(ctx, left);
    }

    private void changePassword(Context ctx) throws JsonProcessingException {
        refuseOthers(ctx);
        var name = ctx.pathParam("name");
        var password = Body.of(ctx, "password").text("password");
        change(ctx, "account.password", name, () -> identity.accounts().changePassword(name, password));
        identity.sessions().closeAll(name);
        ctx.status(204);
    }

    private void change(Context ctx, String deed, String subject, Supplier<Change> work) {
        switch (deeds.attempt(ctx, gate.person(ctx), deed, subject, work, Change::refusal)) {
            case Change.Done() -> {}
            case Change.Refused(var field, var why) -> throw ProblemException.badRequest(field, why);
        }
    }
}
