package dev.playcall.web.openapi;

import static dev.playcall.web.openapi.JsonSchema.field;
import static dev.playcall.web.openapi.JsonSchema.list;
import static dev.playcall.web.openapi.JsonSchema.maybe;
import static dev.playcall.web.openapi.JsonSchema.named;
import static dev.playcall.web.openapi.JsonSchema.object;
import static dev.playcall.web.openapi.JsonSchema.text;
import static dev.playcall.web.openapi.JsonSchema.time;

/** What is said of the queue. */
public final class QueueApiDoc {
    public static final ApiOperation TIMES = ApiOperation.of("Describe a cron expression with its next times")
            .needs("cron", text(), "minute hour day month weekday, as in 30 2 * * mon-fri")
            .query("timezone", text(), "default from the configuration, for example Europe/Berlin")
            .query("environment", text(), "environment whose freeze windows are included")
            .answers(
                    200,
                    "The times",
                    object(
                            field("words", text()),
                            field("timezone", text()),
                            field(
                                    "next",
                                    list(object(
                                            field("time", time()),
                                            field("frozen", text().orNull().says("freeze window at that time")))))));

    public static final ApiOperation QUEUE = ApiOperation.of("Running and queued runs")
            .answers(
                    200,
                    "Queue",
                    object(field("running", list(named("AwaitedRun"))), field("waiting", list(named("AwaitedRun")))))
            .polled();

    public static final ApiOperation QUEUE_PAUSE = ApiOperation.of("Pause the queue, an environment or a playbook")
            .maybeBody(object(maybe("what", text()), maybe("reason", text())).only())
            .answers(200, "Done", object(field("message", text())));

    public static final ApiOperation QUEUE_RESUME = ApiOperation.of("Resume")
            .maybeBody(object(maybe("what", text())).only())
            .answers(200, "Done", object(field("message", text())));

    public static final ApiOperation QUEUE_DRAIN = ApiOperation.of("Stop accepting new runs")
            .maybeBody(object(maybe("reason", text())).only())
            .answers(200, "Done", object(field("message", text())));

    public static final ApiOperation QUEUE_CANCEL = ApiOperation.of("Cancel all queued runs that may be cancelled")
            .answers(200, "Done", object(field("message", text())));

    private QueueApiDoc() {}
}
