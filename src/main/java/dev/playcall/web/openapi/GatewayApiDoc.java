package dev.playcall.web.openapi;

import static dev.playcall.web.openapi.JsonSchema.anything;
import static dev.playcall.web.openapi.JsonSchema.field;
import static dev.playcall.web.openapi.JsonSchema.flag;
import static dev.playcall.web.openapi.JsonSchema.integer;
import static dev.playcall.web.openapi.JsonSchema.list;
import static dev.playcall.web.openapi.JsonSchema.map;
import static dev.playcall.web.openapi.JsonSchema.maybe;
import static dev.playcall.web.openapi.JsonSchema.named;
import static dev.playcall.web.openapi.JsonSchema.object;
import static dev.playcall.web.openapi.JsonSchema.text;
import static dev.playcall.web.openapi.JsonSchema.time;
import static dev.playcall.web.openapi.JsonSchema.words;

/** What is said of the gateway itself and of what is posted to it. */
public final class GatewayApiDoc {
    public static final ApiOperation HEALTHZ = ApiOperation.of("Whether the process is alive")
            .probe()
            .answers(200, "ok")
            .as("text/plain", text());

    public static final ApiOperation READYZ = ApiOperation.of("Readiness of every component")
            .probe()
            .answers(200, "Ready, or degraded: a component has failed but the rest is running", named("Readiness"))
            .answers(503, "An essential component has stopped", named("Readiness"));

    public static final ApiOperation METRICS = ApiOperation.of("Prometheus metrics")
            .probe()
            .answers(200, "Prometheus text format")
            .as("text/plain", text());

    public static final ApiOperation OPENAPI = ApiOperation.of("This document")
            .answers(200, "OpenAPI 3.1", map(anything()))
            .polled();

    public static final ApiOperation CONSOLE = ApiOperation.of("Run a chat command")
            .body(object(
                            field("text", text()),
                            maybe("user", text().says("name of the person, if no login is required")),
                            maybe("width", integer()),
                            maybe("colour", flag()))
                    .only())
            .answers(
                    200,
                    "The answer",
                    object(
                            field("text", text()),
                            field("refused", flag()),
                            field("run", integer().orNull())));

    public static final ApiOperation RELOAD = ApiOperation.of("Reload the configuration; an invalid one is rejected")
            .answers(200, "Done", object(field("message", text())));

    private static final JsonSchema TAKEN = object(
            field("accepted", integer().says("new")),
            field("known", integer().says("taken before, or no news of what is known")));

    private static final JsonSchema PARTLY_TAKEN = object(
            field("title", text()),
            field("status", integer()),
            field("detail", text().says("the first of the problems")),
            maybe("accepted", integer()),
            maybe("known", integer()),
            maybe("clashes", integer()),
            maybe("problems", list(text()).says("one for each bad notice, with its place in the body")));

    public static final ApiOperation NOTIFICATIONS = ApiOperation.of("Accept notifications")
            .body(anything())
            .answers(202, "Accepted", TAKEN)
            .answers(400, "Rejected, completely or in part: valid events are accepted")
            .as("application/problem+json", PARTLY_TAKEN)
            .answers(409, "The key was already used for a different event")
            .as("application/problem+json", PARTLY_TAKEN);

    public static final ApiOperation HOOKS = ApiOperation.of(
                    "Webhook of a source (notify.sources), authenticated by token or signature")
            .says("A form with the field payload, as sent by GitHub, is accepted, too. A signed request is accepted"
                    + " once.")
            .body(anything())
            .answers(202, "Accepted", TAKEN)
            .answers(400, "Rejected, completely or in part: valid events are accepted")
            .as("application/problem+json", PARTLY_TAKEN)
            .answers(409, "The key was already used for a different event")
            .as("application/problem+json", PARTLY_TAKEN);

    public static final ApiOperation PUBLIC = ApiOperation.of(
                    "Public status of the configured environments (server.public_status)")
            .answers(
                    200,
                    "Refreshed every ten seconds",
                    object(
                            field("at", time()),
                            field("status", words("ok", "working", "trouble", "unknown")),
                            field(
                                    "environments",
                                    list(object(
                                            field("name", text()),
                                            field("status", words("ok", "working", "trouble", "unknown")),
                                            field(
                                                    "servers",
                                                    object(
                                                            field("total", integer()),
                                                            field("ok", integer()),
                                                            field("trouble", integer()),
                                                            field("working", integer()),
                                                            field("unknown", integer()))),
                                            field("last_deployment", time().orNull()),
                                            maybe(
                                                    "hosts",
                                                    list(object(
                                                                    field("name", text()),
                                                                    field(
                                                                            "status",
                                                                            words(
                                                                                    "ok", "working", "trouble",
                                                                                    "unknown"))))
                                                            .says("only where they are shown by name")))))));

    private GatewayApiDoc() {}
}
