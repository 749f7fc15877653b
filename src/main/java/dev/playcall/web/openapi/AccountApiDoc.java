package dev.playcall.web.openapi;

import static dev.playcall.web.openapi.JsonSchema.field;
import static dev.playcall.web.openapi.JsonSchema.flag;
import static dev.playcall.web.openapi.JsonSchema.integer;
import static dev.playcall.web.openapi.JsonSchema.list;
import static dev.playcall.web.openapi.JsonSchema.maybe;
import static dev.playcall.web.openapi.JsonSchema.named;
import static dev.playcall.web.openapi.JsonSchema.object;
import static dev.playcall.web.openapi.JsonSchema.text;
import static dev.playcall.web.openapi.JsonSchema.time;
import static dev.playcall.web.openapi.JsonSchema.words;

/** What is said of accounts, tokens and secrets. */
public final class AccountApiDoc {
    public static final ApiOperation USERS = ApiOperation.of("Web user accounts (administrators only)")
            .answers(200, "Accounts", object(field("users", list(named("User")))));

    public static final ApiOperation ADD_USER = ApiOperation.of("Create an account (administrators only)")
            .body(object(field("name", text()), field("password", text().characters(10, 200)), maybe("admin", flag()))
                    .only())
            .answers(201, "The account", object(field("name", text()), field("admin", flag())));

    private static final JsonSchema DEPARTED = object(
            field("message", text()),
            field("revoked_tokens", list(text())),
            field("paused_schedules", list(integer())));

    public static final ApiOperation DROP_USER = ApiOperation.of(
                    "Remove an account with its sessions and tokens, and pause its schedules (administrators only)")
            .answers(200, "Removed, together with these", DEPARTED)
            .answers(204, "Removed");

    public static final ApiOperation SET_USER_PASSWORD = ApiOperation.of(
                    "Set a new password and end the sessions of an account (administrators only)")
            .body(object(field("password", text())).only())
            .answers(204, "It is changed");

    public static final ApiOperation TOKENS = ApiOperation.of(
                    "Your tokens without their secrets; with the permission tokens, all tokens")
            .answers(200, "Tokens", object(field("tokens", list(named("Token")))));

    public static final ApiOperation ADD_TOKEN = ApiOperation.of("Create a token; its secret is returned only here")
            .body(object(
                            field("name", text()),
                            field("scopes", list(text()).says("names of permissions")),
                            maybe("days", integer().least(1).most(366).otherwise(90)))
                    .only())
            .answers(201, "The token", JsonSchemas.TOKEN.and(field("token", text())));

    public static final ApiOperation DROP_TOKEN = ApiOperation.of("Revoke a token and pause its schedules")
            .answers(200, "Revoked, together with these", DEPARTED)
            .answers(204, "It is revoked");

    public static final ApiOperation SECRETS = ApiOperation.of("Secrets you may manage, without their values")
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

    public static final ApiOperation SET_SECRET = ApiOperation.of("Set a secret")
            .path("scope", text(), "an environment, or global")
            .body(object(field("value", text()), maybe("kind", words("text", "ssh_key", "git_key", "vault_password")))
                    .only())
            .answers(200, "What was done", object(field("message", text())));

    public static final ApiOperation DROP_SECRET = ApiOperation.of("Remove a secret")
            .path("scope", text(), "an environment, or global")
            .answers(200, "What was done", object(field("message", text())));

    public static final ApiOperation SECRET_ROTATE = ApiOperation.of(
                    "Rotate the encryption key and re-encrypt all secrets")
            .answers(200, "What was done", object(field("message", text())));

    private AccountApiDoc() {}
}
