package dev.playcall.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.command.Departures;
import dev.playcall.command.Departures.Departed;
import dev.playcall.security.Permission;
import dev.playcall.security.identity.ApiToken;
import dev.playcall.security.identity.Identity;
import dev.playcall.security.identity.Tokens;
import dev.playcall.web.openapi.PeopleSaid;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Tokens of programs over HTTP. */
final class TokenRoutes {
    private final Identity identity;
    private final Gate gate;
    private final Deeds deeds;
    private final Departures departures;
    private final List<String> scopes;

    TokenRoutes(Identity identity, Gate gate, Deeds deeds, Departures departures, List<String> scopes) {
        this.identity = identity;
        this.gate = gate;
        this.deeds = deeds;
        this.departures = departures;
        this.scopes = List.copyOf(scopes);
    }

    void register(RoutesConfig routes) {
        var api = new Api(routes);
        api.get("/api/v1/tokens", PeopleSaid.TOKENS, this::list);
        api.post("/api/v1/tokens", PeopleSaid.ADD_TOKEN, this::create);
        api.delete("/api/v1/tokens/{name}", PeopleSaid.DROP_TOKEN, this::revoke);
    }

    private void list(Context ctx) {
        var node = Json.object();
        var tokens = node.putArray("tokens");
        identity.tokens().list().stream().filter(t -> isTheirs(ctx, t)).forEach(t -> tokens.add(json(t)));
        Json.send(ctx, node);
    }

    private boolean isTheirs(Context ctx, ApiToken token) {
        return token.owner().equals(gate.person(ctx)) || gate.mayEverywhere(ctx, Permission.TOKENS);
    }

    private static ObjectNode json(ApiToken token) {
        var node = Json.object()
                .put("name", token.name())
                .put("owner", token.owner().value())
                .put("created_at", Json.time(token.created()))
                .put("expires_at", Json.time(token.expires()))
                .put("used_at", token.used().map(Json::time).orElse(null));
        node.set("scopes", RunJson.texts(List.copyOf(token.scopes())));
        return node;
    }

    private void create(Context ctx) throws JsonProcessingException {
        switch (gate.visitor(ctx)) {
            case Visitor.Program _ ->
                throw new ProblemException(403, "a token cannot make tokens; a person has to", Optional.empty());
            case Visitor.Anyone _ ->
                throw new ProblemException(
                        403,
                        "there is nobody yet to whom a token could belong; make an account first",
                        Optional.empty());
            case Visitor.Member _, Visitor.Console _, Visitor.Admin _ -> make(ctx);
        }
    }

    private void make(Context ctx) throws JsonProcessingException {
        var body = Body.of(ctx, "name", "scopes", "days");
        var wanted = new TreeSet<>(body.texts("scopes"));
        for (var scope : wanted) {
            if (!scopes.contains(scope)) {
                throw ProblemException.badRequest(
                        "scopes", "there is no scope \"" + scope + "\"; there are " + String.join(", ", scopes));
            }
        }
        var life = Duration.ofDays(body.number("days", 90));
        var owner = gate.person(ctx);
        var name = body.text("name");
        var made = deeds.attempt(
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
                Json.send(ctx, json(token).put("token", credential.reveal()));
            }
        }
    }

    private void revoke(Context ctx) {
        var name = ctx.pathParam("name");
        boolean theirs =
                identity.tokens().named(name).filter(t -> isTheirs(ctx, t)).isPresent();
        var by = gate.person(ctx);
        var left = Optional.of(name)
                .filter(_ -> theirs)
                .map(n -> deeds.attempt(
                        ctx, by, "token.revoke", n, () -> departures.revokeToken(n, by), Departed::refusal))
                .filter(d -> d.refusal().isEmpty())
                .orElseThrow(() -> ProblemException.notFound("you have no token " + name));
        say(ctx, left);
    }

    /** Which schedules were paused with it, where there were any. */
    static void say(Context ctx, Departed left) {
        if (left.schedules().isEmpty()) {
            ctx.status(204);
            return;
        }
        var node = Json.object().put("message", left.words());
        node.set("revoked_tokens", RunJson.texts(left.tokens()));
        var paused = node.putArray("paused_schedules");
        left.schedules().forEach(paused::add);
        Json.send(ctx, node);
    }
}
