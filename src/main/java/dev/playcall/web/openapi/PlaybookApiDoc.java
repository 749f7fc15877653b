package dev.playcall.web.openapi;

import static dev.playcall.web.openapi.JsonSchema.field;
import static dev.playcall.web.openapi.JsonSchema.flag;
import static dev.playcall.web.openapi.JsonSchema.list;
import static dev.playcall.web.openapi.JsonSchema.maybe;
import static dev.playcall.web.openapi.JsonSchema.number;
import static dev.playcall.web.openapi.JsonSchema.object;
import static dev.playcall.web.openapi.JsonSchema.text;

/** What is said of playbooks. */
public final class PlaybookApiDoc {
    public static final ApiOperation PLAYBOOKS = ApiOperation.of("Playbooks and their variables")
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

    public static final ApiOperation ADD_PLAYBOOK = ApiOperation.of(
                    "Create a playbook; Ansible checks its syntax first")
            .body(object(field("name", text()), field("playbook", text()), maybe("meta", text()))
                    .only())
            .answers(201, "Written", object(field("message", text())));

    public static final ApiOperation PLAYBOOK = ApiOperation.of("The text of a playbook, with its ETag")
            .answers(
                    200,
                    "The playbook",
                    object(
                            field("name", text()),
                            field("etag", text()),
                            field("playbook", text()),
                            field("meta", text().orNull())));

    public static final ApiOperation SET_PLAYBOOK = ApiOperation.of(
                    "Replace a playbook; without meta its description is unchanged")
            .header("If-Match", text(), "the ETag of what was read")
            .body(object(field("playbook", text()), maybe("meta", text())).only())
            .answers(200, "Done", object(field("message", text())));

    public static final ApiOperation DROP_PLAYBOOK = ApiOperation.of("Delete a playbook; it can be restored")
            .header("If-Match", text(), "the ETag of what was read")
            .answers(200, "Done", object(field("message", text())));

    public static final ApiOperation PLAYBOOK_VERSIONS = ApiOperation.of("Earlier versions of a playbook, newest first")
            .answers(
                    200,
                    "Versions",
                    object(field(
                            "versions",
                            list(object(field("id", text()), field("until", text()), field("etag", text()))))));

    public static final ApiOperation PLAYBOOK_VERSION = ApiOperation.of("An earlier version of a playbook")
            .answers(
                    200,
                    "The version",
                    object(
                            field("name", text()),
                            field("etag", text()),
                            field("playbook", text()),
                            field("meta", text().orNull())));

    public static final ApiOperation PLAYBOOK_RESTORE = ApiOperation.of(
                    "Restore an earlier version, by default the newest")
            .maybeBody(object(maybe("version", text())).only())
            .answers(200, "Done", object(field("message", text())));

    private PlaybookApiDoc() {}
}
