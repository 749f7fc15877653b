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
    public static final ApiOperation HEALTHZ = ApiOperation.of("Whether the process answers")
            .probe()
            .answers(200, "ok")
            .as("text/plain", text());

    public static final ApiOperation READYZ = ApiOperation.of("Whether every part works")
            .probe()
            .answers(200, "Everything works, or what does not leaves the rest working (degraded)", named("Readiness"))
            .answers(503, "A part that nothing works without has stopped", named("Readiness"));

    public static final ApiOperation METRICS = ApiOperation.of("Figures for Prometheus")
            .probe()
            .answers(200, "Prometheus text format")
            .as("text/plain", text());

    public static final ApiOperation OPENAPI = ApiOperation.of("This document")
            .answers(200, "OpenAPI 3.1", map(anything()))
            .polled();

    public static final ApiOperation CONSOLE = ApiOperation.of("Say a line as in chat")
            .body(object(
                            field("text", text()),
                            maybe("user", text().says("who says it, where nobody has to say who they are")),
                            maybe("width", integer()),
                            maybe("colour", flag()))
                    .only())
            .answers(
                    200,
                    "What is said back",
                    object(
                            field("text", text()),
                            field("refused", flag()),
                            field("run", integer().orNull())));

    public static final ApiOperation RELOAD = ApiOperation.of(
                    "Read the configuration anew; a bad one is refused and the old one holds")
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

    public static final ApiOperation NOTIFICATIONS = ApiOperation.of("Takes a notification in")
            .body(anything())
            .answers(202, "Taken", TAKEN)
            .answers(400, "Not taken, or only in part: the good ones of many are taken")
            .as("application/problem+json", PARTLY_TAKEN)
            .answers(409, "A key was used before for something else")
            .as("application/problem+json", PARTLY_TAKEN);

    public static final ApiOperation HOOKS = ApiOperation.of(
                    "What the source of this name posts (notify.sources); it proves itself with its token or signature")
            .says("A form with the field payload, as GitHub posts it, is read as well. A signed post is taken once.")
            .body(anything())
            .answers(202, "Taken", TAKEN)
            .answers(400, "Not taken, or only in part: the good ones of many are taken")
            .as("application/problem+json", PARTLY_TAKEN)
            .answers(409, "A key was used before for something else")
            .as("application/problem+json", PARTLY_TAKEN);

    public static final ApiOperation PUBLIC = ApiOperation.of(
                    "How the servers of the chosen environments are, for everybody (server.public_status)")
            .answers(
                    200,
                    "Made anew every ten seconds",
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
