package dev.playcall.web.openapi;

import static dev.playcall.web.openapi.JsonSchema.anything;
import static dev.playcall.web.openapi.JsonSchema.field;
import static dev.playcall.web.openapi.JsonSchema.flag;
import static dev.playcall.web.openapi.JsonSchema.integer;
import static dev.playcall.web.openapi.JsonSchema.list;
import static dev.playcall.web.openapi.JsonSchema.map;
import static dev.playcall.web.openapi.JsonSchema.maybe;
import static dev.playcall.web.openapi.JsonSchema.named;
import static dev.playcall.web.openapi.JsonSchema.number;
import static dev.playcall.web.openapi.JsonSchema.object;
import static dev.playcall.web.openapi.JsonSchema.text;
import static dev.playcall.web.openapi.JsonSchema.time;
import static dev.playcall.web.openapi.JsonSchema.words;

/** Runs, whole and in part, and what is asked for. */
final class RunSchemas {
    static final JsonSchema STATS = object(
            field("ok", integer()),
            field("changed", integer()),
            field("unreachable", integer()),
            field("failed", integer()),
            field("skipped", integer()),
            field("rescued", integer()),
            field("ignored", integer()));

    static final JsonSchema RUN = object(
            field("id", integer()),
            field("type", words("playbook", "validate")),
            field("commit", text().orNull().says("of the checkout of git that its playbook lay in when it began")),
            maybe("inventory_commit", text().says("of the checkout of the inventory, where that is another one")),
            maybe("galaxy", text().says("which set of installed collections and roles it had")),
            maybe("commit_edited", flag().says("whether files were different from what that commit has")),
            field("operation", text()),
            field("playbook", text().orNull()),
            field("environment", text()),
            field("name", text()),
            field("description", text()),
            field(
                    "status",
                    words(
                            "awaiting_approval",
                            "queued",
                            "running",
                            "success",
                            "failed",
                            "cancelled",
                            "timed_out",
                            "interrupted",
                            "rejected",
                            "expired")),
            field("reason", text()),
            field("requested_by", text()),
            field("on_behalf_of", text()),
            field("channel", text()),
            field("queued_at", time()),
            field("start_time", time().orNull()),
            field("end_time", time().orNull()),
            field("duration", number().orNull()),
            field("exit_code", integer().orNull()),
            field("changed", flag()),
            field("check", flag()),
            field("diff", flag()),
            field("limit", text()),
            field("through", list(text())),
            field("tags", list(text())),
            field("variables", map(anything())),
            field("total_servers", integer()),
            field("successful_servers", integer()),
            field("failed_servers", integer()),
            field("skipped_servers", integer()),
            field("success_rate", number().orNull()),
            field(
                    "progress",
                    object(
                            field("results", integer()),
                            field("expected", integer().orNull()),
                            field("play", text()),
                            field("task", text()))),
            field("approved_by", text().orNull()),
            maybe(
                    "approval",
                    object(
                                    field("needed", integer()),
                                    field("missing", integer()),
                                    field("requester_may_approve", flag()),
                                    field("expires_at", time().orNull()),
                                    field("roles", list(text())),
                                    field("given", list(object(field("by", text()), field("at", time())))),
                                    maybe("hosts", list(text())),
                                    maybe("tasks", list(text())),
                                    maybe("trouble", text()),
                                    maybe("check_run", integer().orNull()),
                                    maybe("check_found", text()))
                            .says("Only if approval is required: number, approvals so far, planned tasks")),
            maybe("override", text().says("Only if a lock or freeze window was overridden: the reason")),
            field("cancelled_by", text().orNull()),
            field("retry_of", integer().orNull()),
            field("log", text()),
            maybe(
                    "batch",
                    object(
                            field("id", integer()),
                            field("place", integer()),
                            field("of", integer()),
                            field("on_failure", text()))),
            maybe(
                    "paused",
                    object(field("by", text()), field("reason", text()), field("since", time()))
                            .says("Only while it is paused")),
            field("paused_before", number().says("Seconds of earlier pauses; they do not count against its timeout")),
            field(
                    "priority",
                    integer()
                            .says("In the queue of its playbook it stands as if it had been asked for so many"
                                    + " minutes earlier")));

    static final JsonSchema WISH = object(
                    field("operation", text()),
                    field("environment", text()),
                    maybe("playbook", text()),
                    maybe("limit", text()),
                    maybe("tags", list(text())),
                    maybe("check", flag()),
                    maybe("diff", flag()),
                    maybe("variables", map(anything())),
                    maybe("name", text()),
                    maybe("description", text()),
                    maybe("override", text().says("Reason for overriding a lock or freeze window")))
            .only();

    static final JsonSchema FULL_RUN = RUN.and(
            field("stats", map(named("Stats"))),
            field("unreachable", list(text())),
            field("failed", list(text())),
            field(
                    "cost",
                    object(
                            field("cpu_seconds", number().orNull()),
                            field("peak_memory_bytes", integer().orNull()),
                            field("host_minutes", number().orNull()))),
            maybe("pinned", object(field("by", text()), field("reason", text()), field("at", time()))));

    static final JsonSchema COSTED_RUN = RUN.and(field(
            "cost",
            object(
                    field("cpu_seconds", number().orNull()),
                    field("peak_memory_bytes", integer().orNull()),
                    field("host_minutes", number().orNull()))));

    static final JsonSchema AWAITED_RUN = RUN.and(
            field(
                    "estimate",
                    object(field("median", number()), field("p90", number().orNull()), field("runs", integer()))
                            .orNull()),
            maybe("starts_in", number().orNull()),
            maybe("position", integer()));

    private RunSchemas() {}
}
