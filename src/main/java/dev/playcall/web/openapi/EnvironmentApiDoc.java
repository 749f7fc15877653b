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
    public static final ApiOperation ENVIRONMENTS = ApiOperation.of("Environments with what is known of their servers")
            .answers(
                    200,
                    "Environments",
                    object(field("environments", list(named("Environment"))), field("problems", list(text()))))
            .polled();

    public static final ApiOperation ENVIRONMENT = ApiOperation.of("One environment")
            .answers(200, "Environment", named("Environment"))
            .polled();

    public static final ApiOperation ENVIRONMENT_VERSIONS = ApiOperation.of(
                    "Which versions ran there, the one put there last first")
            .query("limit", integer().least(1).most(200).otherwise(50), "at most so many")
            .query("cursor", text(), "next_cursor of the page before")
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

    public static final ApiOperation SET_ENVIRONMENT_LOCK = ApiOperation.of(
                    "Keep everybody else from changing an environment")
            .body(object(
                            field("reason", text()),
                            maybe("for", text().says("how long: 30m, 2h, 1d; until unlocked when left out")))
                    .only())
            .answers(
                    200,
                    "The lock; 409 when somebody else holds one",
                    object(
                            maybe("environment", text()),
                            maybe("holder", text()),
                            maybe("reason", text()),
                            maybe("since", time()),
                            maybe("until", time().orNull()),
                            field("message", text())));

    public static final ApiOperation DROP_ENVIRONMENT_LOCK = ApiOperation.of("Take a lock away")
            .answers(200, "What was done; 404 when there is no lock", object(field("message", text())));

    public static final ApiOperation LOCKS = ApiOperation.of("What is locked and frozen now")
            .answers(
                    200,
                    "Of the environments one may see",
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
                            field("registered", list(text()).says("those of the hosts that stand in no file")),
                            field("groups", map(list(text())))))
            .polled();

    public static final ApiOperation ADD_HOST = ApiOperation.of("Add a host to hosts.yml")
            .body(object(
                            field("name", text()),
                            maybe("group", text().otherwise("all")),
                            maybe("variables", map(text())))
                    .only())
            .answers(200, "It is there", object(field("message", text())));

    public static final ApiOperation ADD_GROUP = ApiOperation.of("Add an empty group")
            .body(object(field("name", text())).only())
            .answers(200, "Done", object(field("message", text())));

    public static final ApiOperation SET_GROUP = ApiOperation.of("Give a group another name")
            .body(object(field("name", text())).only())
            .answers(200, "Done; 404 when it is not there", object(field("message", text())));

    public static final ApiOperation DROP_GROUP = ApiOperation.of("Take an empty group out")
            .answers(200, "Done; 404 when it is not there", object(field("message", text())));

    public static final ApiOperation DROP_HOST = ApiOperation.of("Take a host out of hosts.yml")
            .answers(200, "It is gone; 404 when it is not there", object(field("message", text())));

    public static final ApiOperation SET_HOST_TAG = ApiOperation.of("Put a host into a group")
            .answers(200, "It is in it; 404 when there is no such host", object(field("message", text())));

    public static final ApiOperation DROP_HOST_TAG = ApiOperation.of("Take a host out of a group")
            .answers(200, "It is not in it any more; 404 when it was not", object(field("message", text())));

    private EnvironmentApiDoc() {}
}
