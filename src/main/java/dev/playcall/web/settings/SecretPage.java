package dev.playcall.web.settings;

import dev.playcall.catalog.Catalogs;
import dev.playcall.command.Caller;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.Reply;
import dev.playcall.command.SecretCommand;
import dev.playcall.command.access.StoredSecrets;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.security.access.Permission;
import dev.playcall.security.secret.SecretInfo;
import dev.playcall.security.secret.SecretKind;
import dev.playcall.security.secret.SecretRef;
import dev.playcall.security.secret.SecretText;
import dev.playcall.web.http.Forms;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.security.Pages;
import dev.playcall.web.security.RequestAuth;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The page of secrets: a value is typed in here and never comes out. */
final class SecretPage {
    private final Catalogs catalogs;
    private final CommandHandler commands;
    private final StoredSecrets kept;
    private final RequestAuth requestAuth;
    private final Pages pages;
    private final Clock clock;

    SecretPage(
            Catalogs catalogs,
            CommandHandler commands,
            StoredSecrets kept,
            RequestAuth requestAuth,
            Pages pages,
            Clock clock) {
        this.catalogs = catalogs;
        this.commands = commands;
        this.kept = kept;
        this.requestAuth = requestAuth;
        this.pages = pages;
        this.clock = clock;
    }

    void register(RoutesConfig routes) {
        routes.get("/secrets", ctx -> {
            requestAuth.admitAnywhere(ctx, Permission.SECRETS);
            show(ctx, 200, "", "");
        });
        routes.post("/secrets", this::set);
        routes.post("/secrets/{scope}/{name}/remove", ctx -> does(ctx, SecretCommand.RemoveSecret::new));
        routes.post(
                "/secrets/{scope}/{name}/rotate-key", ctx -> does(ctx, ref -> new SecretCommand.RotateKey(ref, "")));
    }

    private Caller caller(Context ctx) {
        return requestAuth.caller(ctx, Optional.empty());
    }

    /** What was typed as a value is not shown again, also when something else was wrong with it. */
    private void show(Context ctx, int status, String wrong, String done) {
        var now = clock.instant();
        var rows = kept.of(caller(ctx)).stream().map(i -> row(i, now)).toList();
        var scopes = Stream.concat(
                        Stream.of(SecretRef.EVERYWHERE),
                        catalogs.current().environments().keySet().stream().map(Object::toString))
                .filter(s -> kept.mayHandle(caller(ctx), s))
                .toList();
        var kinds = SecretKind.settable().stream().map(SecretKind::word).toList();
        ctx.status(status);
        pages.show(ctx, "settings/secrets.jte", new SecretsView(rows, scopes, kinds, wrong, done));
    }

    static SecretRow row(SecretInfo info, Instant now) {
        return new SecretRow(
                info.ref().scope(),
                info.ref().name(),
                info.kind().word(),
                info.by().inText(),
                TextFormat.ago(info.at(), now),
                JsonBodies.time(info.at()));
    }

    private void set(Context ctx) {
        requestAuth.admitAnywhere(ctx, Permission.SECRETS);
        var ref = SecretRef.parse(field(ctx, "scope") + "/" + field(ctx, "name"));
        var kind = SecretKind.of(field(ctx, "kind"));
        if (ref.isEmpty() || kind.isEmpty()) {
            show(ctx, 422, "A secret name starts with a letter and contains only letters, digits and _ . -", "");
            return;
        }
        // A browser sends line breaks of a text field as two characters; keys and certificates have one.
        var value = Forms.text(ctx, "value").orElse("").replace("\r\n", "\n");
        done(ctx, new SecretCommand.SetSecret(ref.get(), kind.get(), new SecretText(value)));
    }

    private static String field(Context ctx, String name) {
        return Forms.text(ctx, name).orElse("").strip();
    }

    private void does(Context ctx, Function<SecretRef, SecretCommand> command) {
        requestAuth.admitAnywhere(ctx, Permission.SECRETS);
        var ref = SecretRef.parse(ctx.pathParam("scope") + "/" + ctx.pathParam("name"));
        if (ref.isEmpty()) {
            show(ctx, 404, "Secret not found.", "");
            return;
        }
        done(ctx, command.apply(ref.get()));
    }

    private void done(Context ctx, SecretCommand command) {
        switch (commands.handle(command, caller(ctx))) {
            case Reply.Done(var message) -> show(ctx, 200, "", message);
            case Reply.Invalid invalid -> show(ctx, 422, invalid.line(), "");
            case Reply.NotFound(var message) -> show(ctx, 404, message, "");
            case Reply.Denied denied -> show(ctx, 403, denied.line(), "");
            case Reply.TooMany(var message, var _) -> show(ctx, 429, message, "");
            case Reply.Unavailable(var message) -> show(ctx, 503, message, "");
            case Reply.Conflict(var message) -> show(ctx, 409, message, "");
            case Reply.TooLate(var _, var message) -> show(ctx, 409, message, "");
            case Reply.Accepted(var run) -> ctx.redirect("/runs/" + run.id().value(), HttpStatus.SEE_OTHER);
            case Reply.Duplicate _, Reply.Scheduled _, Reply.Batched _, Reply.Detailed _ ->
                throw new IllegalStateException("a secret is not a run");
        }
    }
}
