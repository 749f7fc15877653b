package dev.playcall.web.openapi;

import static dev.playcall.web.openapi.JsonSchema.field;
import static dev.playcall.web.openapi.JsonSchema.flag;
import static dev.playcall.web.openapi.JsonSchema.integer;
import static dev.playcall.web.openapi.JsonSchema.list;
import static dev.playcall.web.openapi.JsonSchema.maybe;
import static dev.playcall.web.openapi.JsonSchema.named;
import static dev.playcall.web.openapi.JsonSchema.number;
import static dev.playcall.web.openapi.JsonSchema.object;
import static dev.playcall.web.openapi.JsonSchema.text;
import static dev.playcall.web.openapi.JsonSchema.words;

/** What is said of what happened before. */
public final class HistoryApiDoc {
    public static final ApiOperation AUDIT = ApiOperation.of("Audit log, newest first")
            .query("person", text(), "slack:U0123, or the id alone")
            .query("environment", text(), "exactly")
            .query("run", integer(), "entries about this run")
            .query("deed", text(), "start, cancel, secret.set …")
            .query("decision", text(), "asked, done, refused, failed")
            .query("from", text(), "ISO 8601")
            .query("to", text(), "ISO 8601, exclusive")
            .paged(200)
            .answers(
                    200,
                    "One page",
                    object(field("entries", list(named("AuditEntry"))), field("next_cursor", text().orNull())));

    public static final ApiOperation RUN_EXPORT = ApiOperation.of("All matching runs, newest first, as one stream")
            .query("format", words("csv", "json").otherwise("csv"), "")
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
            .answers(200, "CSV as RFC 4180 has it, or an array of runs")
            .as("text/csv", text())
            .as("application/json", list(named("CostedRun")));

    public static final ApiOperation RUN_COMPARE = ApiOperation.of(
                    "Compare two runs: request, playbook, hosts, tasks, cost; null means unknown")
            .answers(
                    200,
                    "The differences",
                    object(
                            field("first", named("CostedRun")),
                            field("second", named("CostedRun")),
                            field(
                                    "request",
                                    list(object(
                                            field("what", text()), field("first", text()), field("second", text())))),
                            field(
                                    "playbook",
                                    object(
                                            field("same", flag().orNull()),
                                            maybe("diff", text()),
                                            maybe("unknown", text()))),
                            field(
                                    "hosts",
                                    list(object(
                                            field("name", text()),
                                            field(
                                                    "first",
                                                    object(
                                                                    field("status", text()),
                                                                    field("failed_task", text().orNull()),
                                                                    field("duration", number()))
                                                            .orNull()),
                                            field(
                                                    "second",
                                                    object(
                                                                    field("status", text()),
                                                                    field("failed_task", text().orNull()),
                                                                    field("duration", number()))
                                                            .orNull())))),
                            field(
                                    "tasks",
                                    list(object(
                                                    field("name", text()),
                                                    field(
                                                            "first",
                                                            object(
                                                                            field("ok", integer()),
                                                                            field("changed", integer()),
                                                                            field("failed", integer()),
                                                                            field("skipped", integer()),
                                                                            field("duration", number()))
                                                                    .orNull()),
                                                    field(
                                                            "second",
                                                            object(
                                                                            field("ok", integer()),
                                                                            field("changed", integer()),
                                                                            field("failed", integer()),
                                                                            field("skipped", integer()),
                                                                            field("duration", number()))
                                                                    .orNull())))
                                            .orNull())));

    public static final ApiOperation STATS = ApiOperation.of("Statistics of a period (days in UTC)")
            .query("period", text().otherwise("7d"), "today, 7d, 90d")
            .query("environment", text(), "")
            .answers(200, "The figures", named("Figures"))
            .polled();

    private HistoryApiDoc() {}
}
