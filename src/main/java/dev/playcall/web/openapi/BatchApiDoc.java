package dev.playcall.web.openapi;

import static dev.playcall.web.openapi.JsonSchema.anything;
import static dev.playcall.web.openapi.JsonSchema.either;
import static dev.playcall.web.openapi.JsonSchema.field;
import static dev.playcall.web.openapi.JsonSchema.flag;
import static dev.playcall.web.openapi.JsonSchema.list;
import static dev.playcall.web.openapi.JsonSchema.map;
import static dev.playcall.web.openapi.JsonSchema.maybe;
import static dev.playcall.web.openapi.JsonSchema.named;
import static dev.playcall.web.openapi.JsonSchema.object;
import static dev.playcall.web.openapi.JsonSchema.text;
import static dev.playcall.web.openapi.JsonSchema.words;

/** What is said of batches and schedules. */
public final class BatchApiDoc {
    public static final ApiOperation BATCHES = ApiOperation.of("Batches you may see, newest first")
            .paged(200)
            .answers(
                    200,
                    "Batches",
                    object(field("batches", list(named("Batch"))), field("next_cursor", text().orNull())))
            .polled();

    public static final ApiOperation ADD_BATCH = ApiOperation.of(
                    "Run an operation in several environments, one after the other; all or none are accepted")
            .body(object(
                            field(
                                    "environments",
                                    either(list(text()), words("all")).says("In their order, or \"all\"")),
                            maybe("on_failure", words("stop", "continue").otherwise("stop")),
                            field("operation", text()),
                            maybe("playbook", text()),
                            maybe("limit", text()),
                            maybe("tags", list(text())),
                            maybe("check", flag()),
                            maybe("diff", flag()),
                            maybe("variables", map(anything())),
                            maybe("name", text()),
                            maybe("description", text()),
                            maybe("override", text().says("Reason for overriding a lock or freeze window")))
                    .only())
            .keyed()
            .answers(200, "The key was used before: the existing batch", named("Batch"))
            .answers(201, "The batch with its runs", named("Batch"))
            .limited();

    public static final ApiOperation BATCH = ApiOperation.of("One batch with its runs in their order")
            .answers(200, "The batch", named("Batch"))
            .polled();

    public static final ApiOperation BATCH_CANCEL = ApiOperation.of(
                    "Cancel the unfinished runs of a batch; with rest only those not started")
            .maybeBody(object(maybe("rest", flag())).only())
            .answers(200, "What was cancelled", object(field("message", text())));

    public static final ApiOperation BATCH_RETRY = ApiOperation.of("Retry the failed runs as a new batch")
            .maybeBody(
                    object(maybe("reason", text()), maybe("override", text())).only())
            .keyed()
            .answers(201, "The new batch", named("Batch"))
            .limited();

    public static final ApiOperation SCHEDULES = ApiOperation.of("Schedules of environments you may see")
            .answers(200, "The schedules", object(field("schedules", list(named("Schedule")))))
            .polled();

    public static final ApiOperation ADD_SCHEDULE = ApiOperation.of(
                    "Create a schedule: the fields of a run, and cron or at")
            .body(RunSchemas.WISH
                    .and(
                            maybe("cron", text().example("30 2 * * *")),
                            maybe("at", text().example("2026-11-22T02:00")),
                            maybe("timezone", text().example("Europe/Berlin")),
                            maybe(
                                    "missed",
                                    text().example("skip").example("run_once").example("run_all:5")),
                            maybe("jitter", text().example("5m")))
                    .only())
            .keyed()
            .answers(201, "The schedule", named("Schedule"));

    public static final ApiOperation SCHEDULE =
            ApiOperation.of("One schedule with its next times").answers(200, "The schedule", named("Schedule"));

    public static final ApiOperation DROP_SCHEDULE =
            ApiOperation.of("Remove it").answers(200, "Removed", object(field("message", text())));

    public static final ApiOperation SCHEDULE_PAUSE = ApiOperation.of("Pause the schedule")
            .maybeBody(object(maybe("reason", text())).only())
            .answers(200, "Paused", object(field("message", text())));

    public static final ApiOperation SCHEDULE_RESUME =
            ApiOperation.of("Go on").answers(200, "Resumed", object(field("message", text())));

    public static final ApiOperation SCHEDULE_RUN = ApiOperation.of("Run it now, as the caller")
            .keyed()
            .answers(200, "The key was used before: the existing run", named("FullRun"))
            .answers(201, "The run", named("FullRun"))
            .limited();

    private BatchApiDoc() {}
}
