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
    public static final ApiOperation BATCHES = ApiOperation.of(
                    "Batches, the newest first, those whose environments are all seen")
            .paged(200)
            .answers(
                    200,
                    "Batches",
                    object(field("batches", list(named("Batch"))), field("next_cursor", text().orNull())))
            .polled();

    public static final ApiOperation ADD_BATCH = ApiOperation.of(
                    "The same in several environments, one after the other: all of them are taken or none")
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
                            maybe("override", text().says("Why it is done in spite of a lock or a freeze")))
                    .only())
            .keyed()
            .answers(200, "The same key was used before: its batch", named("Batch"))
            .answers(201, "The batch with its runs", named("Batch"))
            .limited();

    public static final ApiOperation BATCH = ApiOperation.of("One batch with its runs in their order")
            .answers(200, "The batch", named("Batch"))
            .polled();

    public static final ApiOperation BATCH_CANCEL = ApiOperation.of(
                    "Cancel what of it has not ended; with rest only what has not begun")
            .maybeBody(object(maybe("rest", flag())).only())
            .answers(200, "What was cancelled", object(field("message", text())));

    public static final ApiOperation BATCH_RETRY = ApiOperation.of(
                    "Do again what of it did not end well, as a new batch")
            .maybeBody(
                    object(maybe("reason", text()), maybe("override", text())).only())
            .keyed()
            .answers(201, "The new batch", named("Batch"))
            .limited();

    public static final ApiOperation SCHEDULES = ApiOperation.of(
                    "What runs by itself, those of environments that are seen")
            .answers(200, "The schedules", object(field("schedules", list(named("Schedule")))))
            .polled();

    public static final ApiOperation ADD_SCHEDULE = ApiOperation.of(
                    "Run something by itself: the fields of a run, and cron or at")
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

    public static final ApiOperation SCHEDULE_PAUSE = ApiOperation.of("Let its times pass without a run")
            .maybeBody(object(maybe("reason", text())).only())
            .answers(200, "Paused", object(field("message", text())));

    public static final ApiOperation SCHEDULE_RESUME =
            ApiOperation.of("Go on").answers(200, "It goes on", object(field("message", text())));

    public static final ApiOperation SCHEDULE_RUN = ApiOperation.of("Run it now, as the caller")
            .keyed()
            .answers(200, "The same key was used before: its run", named("FullRun"))
            .answers(201, "The run", named("FullRun"))
            .limited();

    private BatchApiDoc() {}
}
