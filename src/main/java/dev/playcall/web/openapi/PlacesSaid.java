package dev.playcall.web.openapi;

import static dev.playcall.web.openapi.Shape.field;
import static dev.playcall.web.openapi.Shape.integer;
import static dev.playcall.web.openapi.Shape.list;
import static dev.playcall.web.openapi.Shape.map;
import static dev.playcall.web.openapi.Shape.maybe;
import static dev.playcall.web.openapi.Shape.named;
import static dev.playcall.web.openapi.Shape.object;
import static dev.playcall.web.openapi.Shape.text;
import static dev.playcall.web.openapi.Shape.time;

/** What is said of environments, their hosts and their locks. */
public final class PlacesSaid {
    public static final Operation ENVIRONMENTS = Operation.of("Environments with what is known of their servers")
            .answers(
                    200,
                    "Environments",
                    object(field("environments", list(named("Environment"))), field("problems", list(text()))))
            .polled();

    public static final Operation ENVIRONMENT = Operation.of("One environment")
            .answers(200, "Environment", named("Environment"))
            .polled();

    public static final Operation ENVIRONMENT_VERSIONS = Operation.of(
                    "Which versions ran there, the one put there last first")
            .answers(
                    200,
                    "Versions",
                    object(field(
                            "versions",
                            list(object(field("version", text()), field("run", integer()), field("at", time()))))));

    public static final Operation SET_ENVIRONMENT_LOCK = Operation.of(
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

    public static final Operation DROP_ENVIRONMENT_LOCK = Operation.of("Take a lock away")
            .answers(200, "What was done; 404 when there is no lock", object(field("message", text())));

    public static final Operation LOCKS = Operation.of("What is locked and frozen now")
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

    public static final Operation INVENTORY = Operation.of("Hosts and groups of an environment")
            .answers(
                    200,
                    "They",
                    object(
                            field("environment", text()),
                            field("hosts", list(text())),
                            field("registered", list(text()).says("those of the hosts that stand in no file")),
                            field("groups", map(list(text())))))
            .polled();

    public static final Operation ADD_HOST = Operation.of("Add a host to hosts.yml")
            .body(object(
                            field("name", text()),
                            maybe("group", text().otherwise("all")),
                            maybe("variables", map(text())))
                    .only())
            .answers(200, "It is there", object(field("message", text())));

    public static final Operation ADD_GROUP = Operation.of("Add an empty group")
            .body(object(field("name", text())).only())
            .answers(200, "Done", object(field("message", text())));

    public static final Operation SET_GROUP = Operation.of("Give a group another name")
            .body(object(field("name", text())).only())
            .answers(200, "Done; 404 when it is not there", object(field("message", text())));

    public static final Operation DROP_GROUP = Operation.of("Take an empty group out")
            .answers(200, "Done; 404 when it is not there", object(field("message", text())));

    public static final Operation DROP_HOST = Operation.of("Take a host out of hosts.yml")
            .answers(200, "It is gone; 404 when it is not there", object(field("message", text())));

    public static final Operation SET_HOST_TAG = Operation.of("Put a host into a group")
            .answers(200, "It is in it; 404 when there is no such host", object(field("message", text())));

    public static final Operation DROP_HOST_TAG = Operation.of("Take a host out of a group")
            .answers(200, "It is not in it any more; 404 when it was not", object(field("message", text())));

    private PlacesSaid() {}
}
