package dev.playcall.web.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.playcall.command.Caller;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.Reply;
import dev.playcall.command.SecretCommand;
import dev.playcall.command.access.StoredSecrets;
import dev.playcall.domain.PersonNames;
import dev.playcall.security.access.Permission;
import dev.playcall.security.secret.SecretKind;
import dev.playcall.security.secret.SecretRef;
import dev.playcall.security.secret.SecretText;
import dev.playcall.web.http.Api;
import dev.playcall.web.http.ChangeAnswer;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.security.RequestAuth;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;

/** Secrets over HTTP: values go in, and none comes out. */
final class SecretRoutes {
    private static final String ONE = "/api/v1/secrets/{scope}/{name}";

    private final CommandHandler commands;
    private final StoredSecrets kept;
    private final RequestAuth requestAuth;
    private final PersonNames names;

    SecretRoutes(CommandHandler commands, StoredSecrets kept, RequestAuth requestAuth, PersonNames names) {
        this.commands = commands;
        this.kept = kept;
        this.requestAuth = requestAuth;
        this.names = names;
    }

    void register(RoutesConfig routes) {
        var api = new Api(routes, Api.ANYBODY);
        api.get("/api/v1/secrets", this::list);
        api.put(ONE, this::refuseOthers, this::set);
        api.delete(ONE, this::refuseOthers, ctx -> answer(ctx, new SecretCommand.RemoveSecret(ref(ctx))));
        api.post(ONE + "/rotate-key", this::refuseOthers, this::rotateKey);
        api.post(
                "/api/v1/secrets/rotate",
                requestAuth.everywhere(Permission.SECRETS),
                ctx -> answer(ctx, new SecretCommand.RotateSecrets()));
    }

    /** A global secret is only for those whose rights are not limited to some environments. */
    private void refuseOthers(Context ctx) {
        var scope = ctx.pathParam("scope");
        if (scope.equals(SecretRef.EVERYWHERE)) {
            requestAuth.admit(ctx, Permission.SECRETS);
        } else {
            requestAuth.onEnvironment(ctx, Permission.SECRETS, scope);
        }
    }

    private Caller caller(Context ctx) {
        return requestAuth.caller(ctx, Optional.empty());
    }

    private void list(Context ctx) {
        var node = JsonBodies.object();
        var list = node.putArray("secrets");
        kept.of(caller(ctx))
                .forEach(i -> list.addObject()
                        .put("scope", i.ref().scope())
                        .put("name", i.ref().name())
                        .put("kind", i.kind().word())
                        .put("set_by", i.by().value())
                        .put("set_by_name", names.of(i.by()))
                        .put("set_at", JsonBodies.time(i.at())));
        JsonBodies.send(ctx, node);
    }

    private void set(Context ctx) throws JsonProcessingException {
        var body = JsonBodies.body(ctx);
        var value = body.path("value");
        if (!value.isTextual()) {
            throw ProblemException.badRequest("value", "value must be a string");
        }
        var kind = SecretKind.of(body.path("kind").asText(SecretKind.TEXT.word()))
                .orElseThrow(() -> ProblemException.badRequest("kind", "kind must be " + SecretKind.words()));
        answer(ctx, new SecretCommand.SetSecret(ref(ctx), kind, new SecretText(value.textValue())));
    }

    private void rotateKey(Context ctx) throws JsonProcessingException {
        var limit = ctx.bodyAsBytes().length == 0
                ? ""
                : JsonBodies.body(ctx).path("limit").asText("");
        switch (commands.handle(new SecretCommand.RotateKey(ref(ctx), limit), caller(ctx))) {
            case Reply.Accepted(var run) -> {
                ctx.status(201).header("Location", "/api/v1/runs/" + run.id().value());
                JsonBodies.send(ctx, JsonBodies.object().put("run", run.id().value()));
            }
            case Reply other -> ChangeAnswer.send(ctx, other, 200, 409);
        }
    }

    private static SecretRef ref(Context ctx) {
        return SecretRef.parse(ctx.pathParam("scope") + "/" + ctx.pathParam("name"))
                .orElseThrow(() -> ProblemException.badRequest(
                        "name",
                        "a secret is addressed by an environment or global, and a name of letters, digits and _ . -"));
    }

    private void answer(Context ctx, SecretCommand command) {
        ChangeAnswer.send(ctx, commands.handle(command, caller(ctx)), 200, 409);
    }
}
