package dev.playcall.web.openapi;

import static dev.playcall.web.openapi.Shape.field;
import static dev.playcall.web.openapi.Shape.flag;
import static dev.playcall.web.openapi.Shape.list;
import static dev.playcall.web.openapi.Shape.maybe;
import static dev.playcall.web.openapi.Shape.number;
import static dev.playcall.web.openapi.Shape.object;
import static dev.playcall.web.openapi.Shape.text;

/** What is said of playbooks. */
public final class PlaybooksSaid {
    public static final Operation PLAYBOOKS = Operation.of("Playbooks and their variables")
            .answers(
                    200,
                    "Playbooks",
                    object(field(
                            "playbooks",
                            list(object(
                                    field("name", text()),
                                    field("title", text()),
                                    field("description", text()),
                                    field("operation", text().orNull()),
                                    field("timeout", number().orNull()),
                                    field("danger", text()),
                                    field(
                                            "variables",
                                            list(object(
                                                    field("name", text()),
                                                    field("type", text()),
                                                    field("description", text()),
                                                    field("required", flag()),
                                                    field("secret", flag()),
                                                    field("default", text().orNull()),
                                                    field("choices", list(text()))))))))))
            .polled();

    public static final Operation ADD_PLAYBOOK = Operation.of("Write a new playbook, after Ansible has looked at it")
            .body(object(field("name", text()), field("playbook", text()), maybe("meta", text()))
                    .only())
            .answers(201, "Written", object(field("message", text())));

    public static final Operation PLAYBOOK = Operation.of("The text of a playbook, with its ETag")
            .answers(
                    200,
                    "The playbook",
                    object(
                            field("name", text()),
                            field("etag", text()),
                            field("playbook", text()),
                            field("meta", text().orNull())));

    public static final Operation SET_PLAYBOOK = Operation.of(
                    "Another text for a playbook; without meta it keeps its description")
            .header("If-Match", text(), "the ETag of what was read")
            .body(object(field("playbook", text()), maybe("meta", text())).only())
            .answers(200, "Done", object(field("message", text())));

    public static final Operation DROP_PLAYBOOK = Operation.of("Take a playbook away; it is kept and can be restored")
            .header("If-Match", text(), "the ETag of what was read")
            .answers(200, "Done", object(field("message", text())));

    public static final Operation PLAYBOOK_VERSIONS = Operation.of("What is kept of a playbook, newest first")
            .answers(
                    200,
                    "Versions",
                    object(field(
                            "versions",
                            list(object(field("id", text()), field("until", text()), field("etag", text()))))));

    public static final Operation PLAYBOOK_VERSION = Operation.of("What a playbook once said")
            .answers(
                    200,
                    "The version",
                    object(
                            field("name", text()),
                            field("etag", text()),
                            field("playbook", text()),
                            field("meta", text().orNull())));

    public static final Operation PLAYBOOK_RESTORE = Operation.of(
                    "Have an earlier version back, the newest when none is named")
            .maybeBody(object(maybe("version", text())).only())
            .answers(200, "Done", object(field("message", text())));

    private PlaybooksSaid() {}
}
