package dev.playcall.web.openapi;

import static dev.playcall.web.openapi.JsonSchema.field;
import static dev.playcall.web.openapi.JsonSchema.flag;
import static dev.playcall.web.openapi.JsonSchema.integer;
import static dev.playcall.web.openapi.JsonSchema.list;
import static dev.playcall.web.openapi.JsonSchema.maybe;
import static dev.playcall.web.openapi.JsonSchema.object;
import static dev.playcall.web.openapi.JsonSchema.text;
import static dev.playcall.web.openapi.JsonSchema.time;

/** What is said of where playbooks and inventories come from. */
public final class ContentApiDoc {
    private static final JsonSchema COMMIT =
            object(field("id", text()), field("author", text()), field("at", time()), field("subject", text()));

    private static final JsonSchema CHECKOUT = object(
            field("folder", text()),
            field("remote", text()),
            field("from", text()),
            field("commit", text()),
            field("new_commits", integer()),
            field("commits", list(COMMIT)),
            field("files", list(text())),
            field("playbooks", list(text())),
            field("environments", list(text())));

    public static final ApiOperation SYNC = ApiOperation.of(
                    "Update playbooks and inventories from Git (fast-forward only)")
            .maybeBody(object(maybe("now", flag().says("also while runs use these files")))
                    .only())
            .answers(
                    200,
                    "New commits",
                    object(
                            field("message", text()),
                            field("changed", flag()),
                            field("checkouts", list(CHECKOUT)),
                            field("notes", list(text()))));

    public static final ApiOperation GALAXY = ApiOperation.of(
                    "Whether the collections and roles of requirements.yml are installed")
            .answers(200, "Current state", object(field("message", text())));

    public static final ApiOperation GALAXY_INSTALL = ApiOperation.of(
                    "Install collections and roles from requirements.yml; responds when done")
            .maybeBody(object(maybe("again", flag().says("reinstall beside the current installation")))
                    .only())
            .answers(200, "Installed", object(field("message", text())));

    public static final ApiOperation SETTINGS = ApiOperation.of("Runtime settings with value and source")
            .answers(
                    200,
                    "Settings",
                    object(
                            field(
                                    "settings",
                                    list(object(
                                            field("key", text()),
                                            field("value", text()),
                                            field("origin", text()),
                                            field("range", text()),
                                            field("description", text())))),
                            field("problems", list(text()))));

    public static final ApiOperation SET_SETTING = ApiOperation.of("Override the configuration")
            .body(object(field("value", text()), maybe("reason", text().says("recorded in the audit log")))
                    .only())
            .answers(200, "Set", object(field("message", text())));

    public static final ApiOperation RESET_SETTING =
            ApiOperation.of("Reset to the configuration").answers(200, "Reset", object(field("message", text())));

    private ContentApiDoc() {}
}
