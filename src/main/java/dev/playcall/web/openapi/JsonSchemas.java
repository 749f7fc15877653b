package dev.playcall.web.openapi;

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

import java.util.Map;
import java.util.TreeMap;

/** What is named in more than one place. */
final class JsonSchemas {
    static final JsonSchema READINESS = object(
            field("ready", flag()),
            field("degraded", flag().says("Something is wrong with at least one part")),
            field(
                    "parts",
                    list(object(
                            field(
                                    "name",
                                    text().says("What it is: the database, the disk, the runner, a loop, a chat"
                                            + " platform")),
                            field("status", words("ok", "degraded", "stopped")),
                            field("problem", text().orNull().says("What is wrong, in one line")),
                            field("last_ok", time().orNull().says("When a part that works by itself last did so")),
                            field("failing_since", time().orNull().says("Since when it does not"))))));

    static final JsonSchema PROBLEM =
            object(field("title", text()), field("status", integer()), field("detail", text()), maybe("field", text()));

    static final JsonSchema ENVIRONMENT = object(
            field("name", text()),
            field("groups", map(list(text()))),
            field(
                    "servers",
                    list(object(
                            field("name", text()),
                            field(
                                    "ssh",
                                    object(
                                                    field("status", text()),
                                                    field("run", integer()),
                                                    field("started", time()),
                                                    field("completed", time().orNull()),
                                                    field("error", text().orNull()),
                                                    field(
                                                            "latency_ms",
                                                            integer().orNull()),
                                                    field("connection", text().orNull()))
                                            .orNull()),
                            field(
                                    "provision",
                                    object(
                                                    field("status", text()),
                                                    field("run", integer()),
                                                    field("started", time()),
                                                    field("completed", time().orNull()),
                                                    field("error", text().orNull()))
                                            .orNull()),
                            field(
                                    "deploy",
                                    object(
                                                    field("status", text()),
                                                    field("run", integer()),
                                                    field("started", time()),
                                                    field("completed", time().orNull()),
                                                    field("error", text().orNull()),
                                                    field("version", text().orNull()))
                                            .orNull()),
                            field(
                                    "last",
                                    object(
                                                    field("status", text()),
                                                    field("run", integer()),
                                                    field("started", time()),
                                                    field("completed", time().orNull()),
                                                    field("error", text().orNull()))
                                            .orNull()
                                            .says("the last run of any playbook that worked on it")),
                            maybe(
                                    "alert",
                                    object(field("id", integer()), field("title", text()))
                                            .says("the newest open alert that names it")),
                            maybe(
                                    "drift",
                                    object(
                                            field("group", text()),
                                            field("version", text()),
                                            field("expected", text()),
                                            field("others", integer())))))));

    static final JsonSchema AUDIT_ENTRY = object(
            field("sequence", integer()),
            field("at", time()),
            field("person", text()),
            field("channel", text()),
            field("deed", text()),
            field("subject", text()),
            field("decision", words("asked", "done", "refused", "failed")),
            field("reason", text()),
            field("details", map(text())));

    static final JsonSchema USER = object(
            field("name", text()),
            field("admin", flag()),
            maybe("created_at", time()),
            maybe("sessions", integer().says("browsers that are logged in")));

    static final JsonSchema TOKEN = object(
            field("name", text()),
            field("owner", text()),
            field("scopes", list(text())),
            field("created_at", time()),
            field("expires_at", time()),
            field("used_at", time().orNull()));

    static final JsonSchema SCHEDULE = object(
            field("kind", JsonSchema.words("run", "report")),
            field("id", integer()),
            field("owner", text()),
            field("channel", text()),
            field("command", text()),
            field("operation", text()),
            field("environment", text()),
            field("limit", text()),
            field("check", flag()),
            maybe("cron", text()),
            maybe("timezone", text()),
            maybe("at", text()),
            field("words", text()),
            field("missed", text()),
            field("jitter", number()),
            field("paused", flag()),
            maybe("paused_by", text()),
            maybe("paused_reason", text()),
            field("next", list(time())),
            maybe("last", object(field("time", time()), field("result", text()), maybe("run", integer()))),
            maybe("message", text()));

    static final JsonSchema DELIVERY = object(
            field("id", integer()),
            field("receiver", text()),
            field("state", words("due", "sending", "done", "dead", "muted", "folded")),
            field("severity", text()),
            field("summary", text()),
            field("created_at", time()),
            maybe("due_at", time()),
            maybe("ended_at", time()),
            field("tries", integer()),
            field("reason", text()),
            maybe(
                    "attempts",
                    list(object(
                            field("number", integer()),
                            field("at", time()),
                            field("milliseconds", integer()),
                            field("delivered", flag()),
                            field("answer", text())))));

    static final JsonSchema BATCH = object(
            field("id", integer()),
            field("status", text()),
            field("on_failure", words("stop", "continue")),
            field("requested_by", text()),
            field("channel", text()),
            field("queued_at", time()),
            field("retry_of", integer().orNull()),
            field("environments", list(text())),
            field("runs", list(named("Run"))));

    static final JsonSchema FLAKY = object(
            field("environment", text()),
            field("host", text()),
            field("runs", integer()),
            field("failed", integer()),
            field("changes", integer()));

    static final JsonSchema FAILURE = object(
            field("playbook", text()),
            field("task", text()),
            field("message", text()),
            field("runs", integer()),
            field("hosts", integer()),
            field("last_run", integer()));

    static final JsonSchema FIGURES = object(
            field("from", text()),
            field("to", text()),
            field("runs", integer()),
            field("success_rate", number().orNull()),
            field("states", map(integer())),
            field(
                    "duration",
                    object(field("runs", integer()), field("median", number()), field("p95", number()))
                            .orNull()),
            field("flaky_hosts", list(FLAKY)),
            field(
                    "failing_tasks",
                    list(object(
                            field("playbook", text()),
                            field("task", text()),
                            field("runs", integer()),
                            field("hosts", integer())))),
            field("failures", list(FAILURE)),
            field(
                    "people",
                    list(object(field("person", text()), field("runs", integer()), field("failed", integer())))),
            field(
                    "days",
                    list(object(
                            field("day", text()),
                            field("runs", integer()),
                            field("succeeded", integer()),
                            field("failed", integer())))),
            field(
                    "cost",
                    object(
                            field("measured", integer()),
                            field("cpu_seconds", number()),
                            field("host_minutes", number()),
                            field("peak_memory_bytes", integer()))));

    static final Map<String, JsonSchema> ALL = java.util.Collections.unmodifiableMap(new TreeMap<>(Map.ofEntries(
            Map.entry("Readiness", READINESS),
            Map.entry("Problem", PROBLEM),
            Map.entry("Stats", RunSchemas.STATS),
            Map.entry("Wish", RunSchemas.WISH),
            Map.entry("Environment", ENVIRONMENT),
            Map.entry("Run", RunSchemas.RUN),
            Map.entry("AuditEntry", AUDIT_ENTRY),
            Map.entry("User", USER),
            Map.entry("Token", TOKEN),
            Map.entry("Schedule", SCHEDULE),
            Map.entry("Delivery", DELIVERY),
            Map.entry("Batch", BATCH),
            Map.entry("Figures", FIGURES),
            Map.entry("FullRun", RunSchemas.FULL_RUN),
            Map.entry("CostedRun", RunSchemas.COSTED_RUN),
            Map.entry("AwaitedRun", RunSchemas.AWAITED_RUN))));

    private JsonSchemas() {}
}
