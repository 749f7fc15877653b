package dev.playcall.web.openapi;

import static dev.playcall.web.openapi.JsonSchema.field;
import static dev.playcall.web.openapi.JsonSchema.list;
import static dev.playcall.web.openapi.JsonSchema.maybe;
import static dev.playcall.web.openapi.JsonSchema.named;
import static dev.playcall.web.openapi.JsonSchema.number;
import static dev.playcall.web.openapi.JsonSchema.object;
import static dev.playcall.web.openapi.JsonSchema.text;

/** What is said of runs. */
public final class RunApiDoc {
    public static final ApiOperation RUNS = ApiOperation.of("Runs, newest first, without host statistics")
            .query("status", text(), "states with commas between them")
            .query("operation", text(), "exactly")
            .query("playbook", text(), "exactly")
            .query("environment", text(), "exactly")
            .query("host", text(), "runs that touched this host")
            .query("requested_by", text(), "slack:U0123, or only U0123 or the name of that person")
            .query("from", text(), "asked for at or after: 2026-01-31T09:30:00Z, 2026-01-31 or 7d for so long ago")
            .query("to", text(), "asked for before: 2026-01-31T09:30:00Z, 2026-01-31 or 7d for so long ago")
            .query(
                    "q",
                    text(),
                    "words that all have to be in names, errors or the log's lines that matter; \"a phrase\" as it is")
            .paged(500)
            .answers(200, "One page", object(field("runs", list(named("Run"))), field("next_cursor", text().orNull())))
            .polled();

    public static final ApiOperation START = ApiOperation.of("Ask for a run")
            .body(RunSchemas.WISH)
            .keyed()
            .answers(200, "The same key was used before: its run", named("FullRun"))
            .answers(201, "The run", named("FullRun"))
            .limited();

    public static final ApiOperation REVIEW = ApiOperation.of(
                    "What would come of a wish to start something; nothing is started")
            .body(RunSchemas.WISH)
            .answers(
                    200,
                    "It would be taken",
                    object(
                            field("operation", text()),
                            field("environment", text()),
                            field("hosts", list(text()).says("those it would run on")),
                            field(
                                    "waits",
                                    list(text()).says("what it would wait for; empty when it would start at once"))));

    public static final ApiOperation RUN = ApiOperation.of("One run with host statistics")
            .answers(200, "The run", named("FullRun"))
            .polled();

    public static final ApiOperation RUN_HOSTS = ApiOperation.of("Results of each host")
            .answers(
                    200,
                    "Hosts",
                    object(field(
                            "hosts",
                            list(object(
                                    field("host", text()),
                                    field("status", text()),
                                    field("failed_task", text().orNull()),
                                    field("message", text().orNull()),
                                    field("version_before", text().orNull()),
                                    field("version", text().orNull()),
                                    field("duration", number()),
                                    field("connection", text().orNull().example("ssh")),
                                    field("stats", named("Stats")))))))
            .polled();

    public static final ApiOperation CANCEL =
            ApiOperation.of("Stop a run").keyed().answers(200, "The run", named("FullRun"));

    public static final ApiOperation PAUSE = ApiOperation.of(
                    "Hold still what works: its processes are stopped, the time it is allowed does not run")
            .maybeBody(object(maybe("reason", text())).only())
            .keyed()
            .answers(200, "The run, paused", named("FullRun"));

    public static final ApiOperation RESUME =
            ApiOperation.of("Let it go on").keyed().answers(200, "The run", named("FullRun"));

    public static final ApiOperation APPROVE =
            ApiOperation.of("Agree to exactly what a run would do").keyed().answers(200, "The run", named("FullRun"));

    public static final ApiOperation REJECT = ApiOperation.of("Do not agree, which ends the run")
            .maybeBody(object(maybe("reason", text())).only())
            .keyed()
            .answers(200, "The run", named("FullRun"));

    public static final ApiOperation RETRY = ApiOperation.of("The hosts that did not end well, again")
            .maybeBody(object(
                            maybe("reason", text().says("in place of what the first run said")),
                            maybe("override", text().says("why it is done in spite of a lock or a freeze")))
                    .only())
            .keyed()
            .answers(200, "The same key was used before: its run", named("FullRun"))
            .answers(201, "The run", named("FullRun"))
            .limited();

    public static final ApiOperation RERUN = ApiOperation.of("The same request again")
            .maybeBody(object(
                            maybe("reason", text().says("in place of what the first run said")),
                            maybe("override", text().says("why it is done in spite of a lock or a freeze")))
                    .only())
            .keyed()
            .answers(200, "The same key was used before: its run", named("FullRun"))
            .answers(201, "The run", named("FullRun"))
            .limited();

    public static final ApiOperation PIN = ApiOperation.of("Keep a run whatever its age")
            .body(object(field("reason", text())).only())
            .answers(200, "It is kept", object(field("message", text())));

    public static final ApiOperation DROP_RUN_PIN = ApiOperation.of("Keep it no longer than any other")
            .answers(200, "It is not pinned any more", object(field("message", text())));

    private RunApiDoc() {}
}
