package dev.playcall.web.accounts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.command.schedule.AccountRemoval;
import dev.playcall.command.schedule.AccountRemoval.Removed;
import dev.playcall.domain.PersonNames;
import dev.playcall.security.access.Permission;
import dev.playcall.security.identity.ApiToken;
import dev.playcall.security.identity.Identity;
import dev.playcall.security.identity.Tokens;
import dev.playcall.web.http.Api;
import dev.playcall.web.http.Body;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.http.WebCaller;
import dev.playcall.web.runs.RunJson;
import dev.playcall.web.security.SecurityFilter;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Tokens of programs over HTTP. */
final class TokenRoutes {
    private final Identity identity;
    private final SecurityFilter securityFilter;
    private final AccountAudit responder;
    private final AccountRemoval accountRemoval;
    private final PersonNames names;
    private final List<String> scopes;

    TokenRoutes(
            Identity identity,
            SecurityFilter securityFilter,
            AccountAudit responder,
            AccountRemoval accountRemoval,
            PersonNames names,
            List<String> scopes) {
        this.identity = identity;
        this.securityFilter = securityFilter;
        this.responder = responder;
        this.accountRemoval = accountRemoval;
        this.names = names;
        this.scopes = List.copyOf(scopes);
    }

    void register(RoutesConfig routes) {
        var api = new Api(routes, Api.ANYBODY);
        api.get("/api/v1/tokens", this::list);
        api.post("/api/v1/tokens", this::refusePrograms, this::create);
        api.delete("/api/v1/tokens/{name}", Api.ANYBODY, this::revoke);
    }

    private void list(Context ctx) {
        var node = JsonBodies.object();
        var tokens = node.putArray("tokens");
        identity.tokens().list().stream().filter(t -> isTheirs(ctx, t)).forEach(t -> tokens.add(json(t)));
        JsonBodies.send(ctx, node);
    }

    private boolean isTheirs(Context ctx, ApiToken token) {
        return token.owner().equals(securityFilter.person(ctx)) || securityFilter.mayEverywhere(ctx, Permission.TOKENS);
    }

    private ObjectNode json(ApiToken token) {
        var node = JsonBodies.object()
                .put("name", token.name())
                .put("owner", token.owner().value())
                .put("owner_name", names.of(token.owner()))
                .put("created_at", JsonBodies.time(token.created()))
                .put("expires_at", JsonBodies.time(token.expires()))
                .put("used_at", token.used().map(JsonBodies::time).orElse(null));
        node.set("scopes", RunJson.texts(List.copyOf(token.scopes())));
        return node;
    }

    private void refusePrograms(Context ctx) {
        switch (securityFilter.webCaller(ctx)) {
            case WebCaller.Program _ ->
                throw new ProblemException(403, "a token cannot create tokens; log in as a user", Optional.empty());
            case WebCaller.Anyone _ ->
                throw new ProblemException(
                        403, "there are no accounts yet that could own a token; create one first", Optional.empty());
            case WebCaller.Member _, WebCaller.Console _, WebCaller.Admin _ -> {}
        }
    }

    private void create(Context ctx) throws JsonProcessingException {
        refusePrograms(ctx);
        var body = Body.of(ctx, "name", "scopes", "days");
        var wanted = new TreeSet<>(body.texts("scopes"));
        for (var scope : wanted) {
            if (!scopes.contains(scope.replaceFirst("^(agent\\.ingest):.*", "$1"))) {
                throw ProblemException.badRequest(
                        "scopes", "there is no scope \"" + scope + "\"; there are " + String.join(", ", scopes));
            }
        }
        var life = Duration.ofDays(body.number("days", 90));
        var owner = securityFilter.person(ctx);
        var name = body.text("name");
        var made = responder.attempt(
                ctx,
                owner,
                "token.create",
                name + " for " + String.join(", ", wanted),
                () -> identity.tokens().create(name, owner, wanted, life),
                Tokens.Made::refusal);
        switch (made) {
            case Tokens.Made.Refused(var field, var why) -> throw ProblemException.badRequest(field, why);
            case Tokens.Made.Token(var token, var credential) -> {
                ctx.status(201).header("Location", "/api/v1/tokens/" + token.name());
                JsonBodies.send(ctx, json(token).put("token", credential.reveal()));
            }
        }
    }

    private void revoke(Context ctx) {
        var name = ctx.pathParam("name");
        boolean theirs =
                identity.tokens().named(name).filter(t -> isTheirs(ctx, t)).isPresent();
        var by = securityFilter.person(ctx);
        var left = Optional.of(name)
                .filter(_ -> theirs)
                .map(n -> responder.attempt(
                        ctx, by, "token.revoke", n, () -> accountRemoval.revokeToken(n, by), Removed::refusal))
                .filter(d -> d.refusal().isEmpty())
                .orElseThrow(() -> ProblemException.notFound("you have no token " + name));
        sendPaused(ctx, left);
    }

    /** Which schedules were paused with it, where there were any. */
    static void sendPaused(Context ctx, Removed left) {
        if (left.schedules().isEmpty()) {
            ctx.status(204);
            return;
        }
        var node = JsonBodies.object().put("message", left.words());
        node.set("revoked_tokens", RunJson.texts(left.tokens()));
        var paused = node.putArray("paused_schedules");
        left.schedules().forEach(paused::add);
        JsonBodies.send(ctx, node);
    }
}
