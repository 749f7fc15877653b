package dev.playcall.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.playcall.command.Caller;
import dev.playcall.command.Command;
import dev.playcall.command.Desk;
import dev.playcall.command.KeptSecrets;
import dev.playcall.command.Reply;
import dev.playcall.security.SecretKind;
import dev.playcall.security.SecretRef;
import dev.playcall.security.SecretText;
import dev.playcall.web.openapi.PeopleSaid;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;

/** Secrets over HTTP: values go in, and none comes out. */
final class SecretRoutes {
    private static final String ONE = "/api/v1/secrets/{scope}/{name}";

    private final Desk desk;
    private final KeptSecrets kept;
    private final Visitors visitors;

    SecretRoutes(Desk desk, KeptSecrets kept, Visitors visitors) {
        this.desk = desk;
        this.kept = kept;
        this.visitors = visitors;
    }

    void register(RoutesConfig routes) {
        var api = new Api(routes);
        api.get("/api/v1/secrets", PeopleSaid.SECRETS, this::list);
        api.put(ONE, PeopleSaid.SET_SECRET, this::set);
        api.delete(ONE, PeopleSaid.DROP_SECRET, ctx -> answer(ctx, new Command.RemoveSecret(ref(ctx))));
        api.post("/api/v1/secrets/rotate", PeopleSaid.SECRET_ROTATE, ctx -> answer(ctx, new Command.RotateSecrets()));
    }

    private Caller caller(Context ctx) {
        return visitors.caller(ctx, Optional.empty());
    }

    private void list(Context ctx) {
        var node = Json.object();
        var list = node.putArray("secrets");
        kept.of(caller(ctx))
                .forEach(i -> list.addObject()
                        .put("scope", i.ref().scope())
                        .put("name", i.ref().name())
                        .put("kind", i.kind().word())
                        .put("set_by", i.by().value())
                        .put("set_at", Json.time(i.at())));
        Json.send(ctx, node);
    }

    private void set(Context ctx) throws JsonProcessingException {
        var body = Json.body(ctx);
        var value = body.path("value");
        if (!value.isTextual()) {
            throw ProblemException.badRequest("value", "value has to be a text");
        }
        var kind = SecretKind.of(body.path("kind").asText(SecretKind.TEXT.word()))
                .orElseThrow(
                        () -> ProblemException.badRequest("kind", "kind is text, ssh_key, git_key or vault_password"));
        answer(ctx, new Command.SetSecret(ref(ctx), kind, new SecretText(value.textValue())));
    }

    private static SecretRef ref(Context ctx) {
        return SecretRef.parse(ctx.pathParam("scope") + "/" + ctx.pathParam("name"))
                .orElseThrow(() -> ProblemException.badRequest(
                        "name",
                        "a secret is named by an environment, or global, and a name of letters, digits and _ . -"));
    }

    private void answer(Context ctx, Command.OnSecrets wish) {
        switch (desk.handle(wish, caller(ctx))) {
            case Reply.Done(var message) -> Json.send(ctx, Json.object().put("message", message));
            case Reply.Invalid invalid -> throw ProblemException.badRequest(invalid.field(), invalid.line());
            case Reply.NotFound(var message) -> throw ProblemException.notFound(message);
            case Reply.Denied denied -> throw new ProblemException(403, denied.line(), Optional.empty());
            case Reply.TooMany(var message, var _) -> throw new ProblemException(429, message, Optional.empty());
            case Reply.Taken(var message) -> throw new ProblemException(409, message, Optional.empty());
            case Reply.Unavailable(var message) -> throw new ProblemException(503, message, Optional.empty());
            case Reply.TooLate(var _, var message) -> throw new ProblemException(409, message, Optional.empty());
            case Reply.Accepted _, Reply.Again _, Reply.Scheduled _, Reply.Batched _, Reply.Told _ ->
                throw new IllegalStateException("a secret is no run");
        }
    }
}
