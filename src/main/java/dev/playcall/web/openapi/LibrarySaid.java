package dev.playcall.web.openapi;

import static dev.playcall.web.openapi.Shape.field;
import static dev.playcall.web.openapi.Shape.flag;
import static dev.playcall.web.openapi.Shape.integer;
import static dev.playcall.web.openapi.Shape.list;
import static dev.playcall.web.openapi.Shape.maybe;
import static dev.playcall.web.openapi.Shape.object;
import static dev.playcall.web.openapi.Shape.text;
import static dev.playcall.web.openapi.Shape.time;

/** What is said of where playbooks and inventories come from. */
public final class LibrarySaid {
    private static final Shape COMMIT =
            object(field("id", text()), field("author", text()), field("at", time()), field("subject", text()));

    private static final Shape CHECKOUT = object(
            field("folder", text()),
            field("remote", text()),
            field("from", text()),
            field("commit", text()),
            field("new_commits", integer()),
            field("commits", list(COMMIT)),
            field("files", list(text())),
            field("playbooks", list(text())),
            field("environments", list(text())));

    public static final Operation SYNC = Operation.of(
                    "Take playbooks and inventories from git as they are there now; fast-forward only, or nothing")
            .maybeBody(object(maybe("now", flag().says("also while runs work from these files")))
                    .only())
            .answers(
                    200,
                    "What is new",
                    object(
                            field("message", text()),
                            field("changed", flag()),
                            field("checkouts", list(CHECKOUT)),
                            field("notes", list(text()))));

    public static final Operation GALAXY = Operation.of(
                    "Whether the collections and roles of requirements.yml are installed")
            .answers(200, "How it stands", object(field("message", text())));

    public static final Operation GALAXY_INSTALL = Operation.of(
                    "Install the collections and roles of requirements.yml; answers when they are there")
            .maybeBody(object(maybe("again", flag().says("also where they are there already, beside the old ones")))
                    .only())
            .answers(200, "Done, or there already", object(field("message", text())));

    public static final Operation SETTINGS = Operation.of(
                    "What may be set while Playcall works, what it is and where that comes from")
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

    public static final Operation SET_SETTING = Operation.of("Set it, in place of what the configuration says")
            .body(object(field("value", text()), maybe("reason", text().says("stands in the audit log")))
                    .only())
            .answers(200, "Set", object(field("message", text())));

    public static final Operation RESET_SETTING = Operation.of("Have it as the configuration says again")
            .answers(200, "Reset", object(field("message", text())));

    private LibrarySaid() {}
}
