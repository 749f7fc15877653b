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
            .query("status", text(), "comma-separated states")
            .query("operation", text(), "exactly")
            .query("playbook", text(), "exactly")
            .query("environment", text(), "exactly")
            .query("host", text(), "runs on this host")
            .query("requested_by", text(), "slack:U0123, U0123 or a person's name")
            .query("from", text(), "requested at or after: 2026-01-31T09:30:00Z, 2026-01-31, or 7d for 7 days ago")
            .query("to", text(), "requested before: 2026-01-31T09:30:00Z, 2026-01-31, or 7d for 7 days ago")
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
            .answers(200, "The key was used before: the existing run", named("FullRun"))
            .answers(201, "The run", named("FullRun"))
            .limited();

    public static final ApiOperation REVIEW = ApiOperation.of("Preview a run request; nothing is started")
            .body(RunSchemas.WISH)
            .answers(
                    200,
                    "The request is valid",
                    object(
                            field("operation", text()),
                            field("environment", text()),
                            field("hosts", list(text()).says("target hosts")),
                            field(
                                    "waits",
                                    list(text()).says("what it would wait for; empty if it would start immediately"))));

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
            ApiOperation.of("Cancel a run").keyed().answers(200, "The run", named("FullRun"));

    public static final ApiOperation PAUSE = ApiOperation.of(
                    "Pause a running run: its processes and its timeout are stopped")
            .maybeBody(object(maybe("reason", text())).only())
            .keyed()
            .answers(200, "The run, paused", named("FullRun"));

    public static final ApiOperation RESUME =
            ApiOperation.of("Resume").keyed().answers(200, "The run", named("FullRun"));

    public static final ApiOperation APPROVE =
            ApiOperation.of("Approve exactly what a run would do").keyed().answers(200, "The run", named("FullRun"));

    public static final ApiOperation REJECT = ApiOperation.of("Reject a run, which ends it")
            .maybeBody(object(maybe("reason", text())).only())
            .keyed()
            .answers(200, "The run", named("FullRun"));

    public static final ApiOperation RETRY = ApiOperation.of("Retry the failed hosts")
            .maybeBody(object(
                            maybe("reason", text().says("replaces the reason of the first run")),
                            maybe("override", text().says("reason for overriding a lock or freeze window")))
                    .only())
            .keyed()
            .answers(200, "The key was used before: the existing run", named("FullRun"))
            .answers(201, "The run", named("FullRun"))
            .limited();

    public static final ApiOperation RERUN = ApiOperation.of("The same request again")
            .maybeBody(object(
                            maybe("reason", text().says("replaces the reason of the first run")),
                            maybe("override", text().says("reason for overriding a lock or freeze window")))
                    .only())
            .keyed()
            .answers(200, "The key was used before: the existing run", named("FullRun"))
            .answers(201, "The run", named("FullRun"))
            .limited();

    public static final ApiOperation PIN = ApiOperation.of("Exempt a run from retention")
            .body(object(field("reason", text())).only())
            .answers(200, "Pinned", object(field("message", text())));

    public static final ApiOperation DROP_RUN_PIN = ApiOperation.of("Make a run subject to retention again")
            .answers(200, "Unpinned", object(field("message", text())));

    private RunApiDoc() {}
}
