package dev.playcall.web.openapi;

import static dev.playcall.web.openapi.JsonSchema.anything;
import static dev.playcall.web.openapi.JsonSchema.field;
import static dev.playcall.web.openapi.JsonSchema.integer;
import static dev.playcall.web.openapi.JsonSchema.list;
import static dev.playcall.web.openapi.JsonSchema.map;
import static dev.playcall.web.openapi.JsonSchema.maybe;
import static dev.playcall.web.openapi.JsonSchema.object;
import static dev.playcall.web.openapi.JsonSchema.text;
import static dev.playcall.web.openapi.JsonSchema.time;

/** What is said of hosts that stand in no file. */
public final class RegisteredHostApiDoc {
    private static final JsonSchema ONE = object(
            field("name", text()),
            field("address", text().orNull()),
            field("port", integer().orNull()),
            field("user", text().orNull()),
            field("key", text().orNull()),
            field("tags", list(text())),
            field("variables", map(anything())),
            field("registered_by", text()),
            field("registered_at", time()),
            maybe("message", text()));

    public static final ApiOperation HOSTS = ApiOperation.of("Registered hosts")
            .answers(
                    200,
                    "The hosts; hidden are those that are left out, and problems says why, one for each: they stand in"
                            + " the file as well, which counts, or their name or tag means something else there",
                    object(
                            field("environment", text()),
                            field("hosts", list(ONE)),
                            field("hidden", list(text())),
                            field("problems", list(text()))))
            .polled();

    public static final ApiOperation HOST =
            ApiOperation.of("One of them").answers(200, "The host", ONE).polled();

    public static final ApiOperation CREATE = ApiOperation.of("Register a host that is new")
            .body(said(field("name", text().example("vm-7"))))
            .answers(201, "The host; 409 when there is one of this name", ONE);

    public static final ApiOperation REPLACE = ApiOperation.of("Register it, or replace all that is known of it")
            .body(said(maybe("name", text())))
            .answers(200, "The host", ONE);

    public static final ApiOperation CHANGE = ApiOperation.of("Change the given fields; null removes a value")
            .body(said(maybe("name", text())))
            .answers(200, "The host", ONE);

    public static final ApiOperation REMOVE = ApiOperation.of("Unregister a host; running runs keep it")
            .answers(200, "Removed", object(field("message", text())));

    private RegisteredHostApiDoc() {}

    private static JsonSchema said(JsonSchema.Field name) {
        return object(
                        name,
                        maybe("address", text().example("10.0.0.7").orNull()),
                        maybe("port", integer().least(1).most(65_535).orNull()),
                        maybe("user", text().example("deploy").orNull()),
                        maybe(
                                "key",
                                text().says("name of a private key among the secrets")
                                        .orNull()),
                        maybe("tags", list(text())),
                        maybe("variables", map(anything())))
                .only();
    }
}
