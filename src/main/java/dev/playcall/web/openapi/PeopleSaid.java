package dev.playcall.web.openapi;

import static dev.playcall.web.openapi.Shape.field;
import static dev.playcall.web.openapi.Shape.flag;
import static dev.playcall.web.openapi.Shape.integer;
import static dev.playcall.web.openapi.Shape.list;
import static dev.playcall.web.openapi.Shape.maybe;
import static dev.playcall.web.openapi.Shape.named;
import static dev.playcall.web.openapi.Shape.object;
import static dev.playcall.web.openapi.Shape.text;
import static dev.playcall.web.openapi.Shape.time;
import static dev.playcall.web.openapi.Shape.words;

/** What is said of accounts, tokens and secrets. */
public final class PeopleSaid {
    public static final Operation USERS = Operation.of("Who may log in (administrators only)")
            .answers(200, "Accounts", object(field("users", list(named("User")))));

    public static final Operation ADD_USER = Operation.of("Make an account (administrators only)")
            .body(object(field("name", text()), field("password", text().characters(10, 200)), maybe("admin", flag()))
                    .only())
            .answers(201, "The account", object(field("name", text()), field("admin", flag())));

    private static final Shape DEPARTED = object(
            field("message", text()),
            field("revoked_tokens", list(text())),
            field("paused_schedules", list(integer())));

    public static final Operation DROP_USER = Operation.of(
                    "Remove an account with its sessions and tokens, and pause its schedules (administrators only)")
            .answers(200, "It is gone, and this with it", DEPARTED)
            .answers(204, "It is gone");

    public static final Operation SET_USER_PASSWORD = Operation.of(
                    "Give an account another password and end its sessions (administrators only)")
            .body(object(field("password", text())).only())
            .answers(204, "It is changed");

    public static final Operation TOKENS = Operation.of(
                    "Your tokens, without their secrets; whoever may handle tokens sees all")
            .answers(200, "Tokens", object(field("tokens", list(named("Token")))));

    public static final Operation ADD_TOKEN = Operation.of(
                    "Make a token; its secret is in this answer and nowhere else")
            .body(object(
                            field("name", text()),
                            field("scopes", list(text()).says("names of permissions")),
                            maybe("days", integer().least(1).most(366).otherwise(90)))
                    .only())
            .answers(201, "The token", Shapes.TOKEN.and(field("token", text())));

    public static final Operation DROP_TOKEN = Operation.of("Revoke a token and pause its schedules")
            .answers(200, "It is revoked, and this with it", DEPARTED)
            .answers(204, "It is revoked");

    public static final Operation SECRETS = Operation.of("The secrets one may handle, without their values")
            .answers(
                    200,
                    "Names, kinds and who set them",
                    object(field(
                            "secrets",
                            list(object(
                                    field("scope", text()),
                                    field("name", text()),
                                    field("kind", text()),
                                    field("set_by", text()),
                                    field("set_at", time()))))));

    public static final Operation SET_SECRET = Operation.of("Keep a secret")
            .path("scope", text(), "an environment, or global")
            .body(object(field("value", text()), maybe("kind", words("text", "ssh_key", "git_key", "vault_password")))
                    .only())
            .answers(200, "What was done", object(field("message", text())));

    public static final Operation DROP_SECRET = Operation.of("Forget a secret")
            .path("scope", text(), "an environment, or global")
            .answers(200, "What was done", object(field("message", text())));

    public static final Operation SECRET_ROTATE = Operation.of("Close all secrets with a new key")
            .answers(200, "What was done", object(field("message", text())));

    private PeopleSaid() {}
}
