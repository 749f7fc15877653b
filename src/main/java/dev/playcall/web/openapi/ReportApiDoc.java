package dev.playcall.web.openapi;

import static dev.playcall.web.openapi.JsonSchema.field;
import static dev.playcall.web.openapi.JsonSchema.integer;
import static dev.playcall.web.openapi.JsonSchema.list;
import static dev.playcall.web.openapi.JsonSchema.map;
import static dev.playcall.web.openapi.JsonSchema.maybe;
import static dev.playcall.web.openapi.JsonSchema.named;
import static dev.playcall.web.openapi.JsonSchema.number;
import static dev.playcall.web.openapi.JsonSchema.object;
import static dev.playcall.web.openapi.JsonSchema.text;
import static dev.playcall.web.openapi.JsonSchema.time;

/** What is said of reports. */
public final class ReportApiDoc {
    private static final JsonSchema FAILING = object(
            field("what", text()),
            field("environment", text()),
            field("runs", integer()),
            field("first_run", integer()),
            field("since", time()));

    public static final ApiOperation REPORTS = ApiOperation.of("Scheduled reports")
            .answers(200, "The reports", object(field("reports", list(named("Schedule")))))
            .polled();

    public static final ApiOperation ADD_REPORT = ApiOperation.of("Post a report to a channel daily, weekly or by cron")
            .body(object(
                            field(
                                    "every",
                                    text().example("daily").example("weekly").example("0 9 * * mon-fri")),
                            maybe("day", text().example("mon")),
                            maybe("at", text().example("09:00")),
                            maybe("timezone", text().example("Europe/Berlin")),
                            maybe(
                                    "missed",
                                    text().example("skip").example("run_once").example("run_all:5")),
                            maybe("environment", text().example("production").example("all")),
                            field("channel", text().example("slack:C0123")))
                    .only())
            .keyed()
            .answers(201, "The report as a schedule", named("Schedule"));

    public static final ApiOperation REPORTS_NOW = ApiOperation.of("A report up to now, for environments you may see")
            .query("environment", text(), "exactly")
            .query("period", text().otherwise("24h"), "at most 92 days: 24h, 7d")
            .answers(
                    200,
                    "The report",
                    object(
                            field("from", time()),
                            field("to", time()),
                            field("runs", integer()),
                            field("success_rate", number().orNull()),
                            field("states", map(integer())),
                            field("failures", list(JsonSchemas.FAILURE)),
                            field("flaky_hosts", list(JsonSchemas.FLAKY)),
                            field("still_failing", list(FAILING))));

    private ReportApiDoc() {}
}
