package dev.playcall.web.runs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.domain.Run;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.History.RunCost;
import dev.playcall.journal.RunQuery;
import dev.playcall.security.secret.SecretService;
import dev.playcall.web.http.Csv;
import dev.playcall.web.http.Params;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.security.RequestAuth;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The whole history for other programs, page after page: its memory does not grow with the runs. */
final class RunExport {
    private static final int PAGE = 500;
    private static final List<String> COLUMNS = List.of(
            "id",
            "status",
            "operation",
            "playbook",
            "environment",
            "name",
            "description",
            "requested_by",
            "channel",
            "queued_at",
            "start_time",
            "end_time",
            "duration",
            "exit_code",
            "reason",
            "changed",
            "check",
            "limit",
            "tags",
            "variables",
            "total_servers",
            "successful_servers",
            "failed_servers",
            "skipped_servers",
            "success_rate",
            "approved_by",
            "cancelled_by",
            "retry_of",
            "cpu_seconds",
            "peak_memory_bytes",
            "host_minutes",
            "log");

    private final EventStore store;
    private final RequestAuth requestAuth;
    private final SecretService secrets;
    private final Clock clock;

    RunExport(EventStore store, RequestAuth requestAuth, SecretService secrets, Clock clock) {
        this.store = store;
        this.requestAuth = requestAuth;
        this.secrets = secrets;
        this.clock = clock;
    }

    void send(Context ctx) throws IOException {
        var format = Params.text(ctx, "format").orElse("csv");
        var query =
                requestAuth.narrowed(ctx, Params.export(ctx, clock.instant())).pages(PAGE);
        switch (format) {
            case "csv" -> {
                head(ctx, "text/csv; charset=utf-8", "csv");
                csv(query, ctx.outputStream());
            }
            case "json" -> {
                head(ctx, "application/json", "json");
                json(query, ctx.outputStream());
            }
            default -> throw ProblemException.badRequest("format", "\"" + format + "\" is not csv or json");
        }
    }

    private static void head(Context ctx, String type, String ending) {
        ctx.contentType(type).header("Content-Disposition", "attachment; filename=\"runs." + ending + "\"");
    }

    private void csv(RunQuery query, OutputStream out) throws IOException {
        write(out, Csv.line(COLUMNS));
        each(query, (run, runCost, now) -> {
            var node = row(run, runCost, now);
            write(out, Csv.line(COLUMNS.stream().map(c -> cell(node, c)).toList()));
        });
    }

    /** One array with one run on each line, which can be read whole or line by line. */
    private void json(RunQuery query, OutputStream out) throws IOException {
        var before = new String[] {"[\n"};
        each(query, (run, runCost, now) -> {
            write(out, before[0] + row(run, runCost, now));
            before[0] = ",\n";
        });
        write(out, before[0].startsWith("[") ? "[]\n" : "\n]\n");
    }

    private interface Line {
        void of(Run run, RunCost runCost, Instant now) throws IOException;
    }

    private void each(RunQuery query, Line line) throws IOException {
        var next = Optional.of(query);
        while (next.isPresent()) {
            var asked = next.get();
            var page = store.list(asked);
            var costs = store.history().costs(page.runs().stream().map(Run::id).toList());
            var now = clock.instant();
            for (var run : page.runs()) {
                line.of(run, costs.getOrDefault(run.id(), RunCost.UNKNOWN), now);
            }
            next = page.next().map(asked::before);
        }
    }

    private static ObjectNode row(Run run, RunCost runCost, Instant now) {
        var node = RunJson.brief(run, now);
        RunJson.cost(node, runCost);
        return node;
    }

    private static String cell(ObjectNode node, String column) {
        var value = node.path(column);
        if (value.isMissingNode()) {
            value = node.path("cost").path(column);
        }
        if (value.isArray()) {
            return String.join(
                    ",",
                    StreamSupport.stream(value.spliterator(), false)
                            .map(v -> v.asText())
                            .toList());
        }
        return value.isObject() ? value.toString() : value.isNull() ? "" : value.asText();
    }

    private void write(OutputStream out, String text) throws IOException {
        out.write(secrets.redact(text).getBytes(StandardCharsets.UTF_8));
    }
}
