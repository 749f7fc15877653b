package dev.playcall.web.openapi;

import static dev.playcall.web.openapi.JsonSchema.field;
import static dev.playcall.web.openapi.JsonSchema.integer;
import static dev.playcall.web.openapi.JsonSchema.list;
import static dev.playcall.web.openapi.JsonSchema.map;
import static dev.playcall.web.openapi.JsonSchema.maybe;
import static dev.playcall.web.openapi.JsonSchema.named;
import static dev.playcall.web.openapi.JsonSchema.object;
import static dev.playcall.web.openapi.JsonSchema.text;
import static dev.playcall.web.openapi.JsonSchema.time;

/** What is said of environments, their hosts and their locks. */
public final class EnvironmentApiDoc {
    public static final ApiOperation ENVIRONMENTS = ApiOperation.of("Environments with the status of their servers")
            .answers(
                    200,
                    "Environments",
                    object(field("environments", list(named("Environment"))), field("problems", list(text()))))
            .polled();

    public static final ApiOperation ENVIRONMENT = ApiOperation.of("One environment")
            .answers(200, "Environment", named("Environment"))
            .polled();

    public static final ApiOperation ENVIRONMENT_VERSIONS = ApiOperation.of("Deployed versions, newest first")
            .query("limit", integer().least(1).most(200).otherwise(50), "maximum number")
            .query("cursor", text(), "next_cursor of the previous page")
            .answers(
                    200,
                    "Versions",
                    object(
                            field(
                                    "versions",
                                    list(object(
                                            field("version", text()), field("run", integer()), field("at", time())))),
                            field("total", integer()),
                            field("next_cursor", text().orNull())));

    public static final ApiOperation SET_ENVIRONMENT_LOCK = ApiOperation.of("Lock an environment")
            .body(object(
                            field("reason", text()),
                            maybe("for", text().says("duration: 30m, 2h, 1d; until unlocked when omitted")))
                    .only())
            .answers(
                    200,
                    "The lock; 409 if another user holds one",
                    object(
                            maybe("environment", text()),
                            maybe("holder", text()),
                            maybe("reason", text()),
                            maybe("since", time()),
                            maybe("until", time().orNull()),
                            field("message", text())));

    public static final ApiOperation DROP_ENVIRONMENT_LOCK = ApiOperation.of("Remove a lock")
            .answers(200, "What was done; 404 when there is no lock", object(field("message", text())));

    public static final ApiOperation LOCKS = ApiOperation.of("Active locks and freeze windows")
            .answers(
                    200,
                    "For environments you may see",
                    object(
                            field(
                                    "locks",
                                    list(object(
                                            field("environment", text()),
                                            field("holder", text()),
                                            field("reason", text()),
                                            field("since", time()),
                                            field("until", time().orNull())))),
                            field(
                                    "freezes",
                                    list(object(
                                            field("environment", text()),
                                            field("reason", text()),
                                            field("until", time()))))))
            .polled();

    public static final ApiOperation INVENTORY = ApiOperation.of("Hosts and groups of an environment")
            .answers(
                    200,
                    "They",
                    object(
                            field("environment", text()),
                            field("hosts", list(text())),
                            field("registered", list(text()).says("only registered hosts")),
                            field("groups", map(list(text())))))
            .polled();

    public static final ApiOperation ADD_HOST = ApiOperation.of("Add a host to hosts.yml")
            .body(object(
                            field("name", text()),
                            maybe("group", text().otherwise("all")),
                            maybe("variables", map(text())))
                    .only())
            .answers(200, "Added", object(field("message", text())));

    public static final ApiOperation ADD_GROUP = ApiOperation.of("Add an empty group")
            .body(object(field("name", text())).only())
            .answers(200, "Done", object(field("message", text())));

    public static final ApiOperation SET_GROUP = ApiOperation.of("Rename a group")
            .body(object(field("name", text())).only())
            .answers(200, "Done; 404 if not found", object(field("message", text())));

    public static final ApiOperation DROP_GROUP = ApiOperation.of("Remove an empty group")
            .answers(200, "Done; 404 if not found", object(field("message", text())));

    public static final ApiOperation DROP_HOST = ApiOperation.of("Remove a host from hosts.yml")
            .answers(200, "Removed; 404 if not found", object(field("message", text())));

    public static final ApiOperation SET_HOST_TAG = ApiOperation.of("Add a host to a group")
            .answers(200, "Added; 404 if there is no such host", object(field("message", text())));

    public static final ApiOperation DROP_HOST_TAG = ApiOperation.of("Remove a host from a group")
            .answers(200, "Removed; 404 if it was not a member", object(field("message", text())));

    private EnvironmentApiDoc() {}
}
