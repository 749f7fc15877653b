package dev.playcall.web.openapi;

import static dev.playcall.web.openapi.Shape.anything;
import static dev.playcall.web.openapi.Shape.field;
import static dev.playcall.web.openapi.Shape.integer;
import static dev.playcall.web.openapi.Shape.list;
import static dev.playcall.web.openapi.Shape.map;
import static dev.playcall.web.openapi.Shape.maybe;
import static dev.playcall.web.openapi.Shape.object;
import static dev.playcall.web.openapi.Shape.text;
import static dev.playcall.web.openapi.Shape.time;

/** What is said of hosts that stand in no file. */
public final class RegisteredSaid {
    private static final Shape ONE = object(
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

    public static final Operation HOSTS = Operation.of("Hosts that stand in no file")
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

    public static final Operation HOST =
            Operation.of("One of them").answers(200, "The host", ONE).polled();

    public static final Operation CREATE = Operation.of("Register a host that is new")
            .body(said(field("name", text().example("vm-7"))))
            .answers(201, "The host; 409 when there is one of this name", ONE);

    public static final Operation REPLACE = Operation.of("Register it, or replace all that is known of it")
            .body(said(maybe("name", text())))
            .answers(200, "The host", ONE);

    public static final Operation CHANGE = Operation.of(
                    "Change what is said and leave the rest; null takes a value away")
            .body(said(maybe("name", text())))
            .answers(200, "The host", ONE);

    public static final Operation REMOVE = Operation.of("Take it away; runs that work already keep it")
            .answers(200, "It is gone", object(field("message", text())));

    private RegisteredSaid() {}

    private static Shape said(Shape.Field name) {
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
