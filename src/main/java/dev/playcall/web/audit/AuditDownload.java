package dev.playcall.web.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.security.audit.AuditLog;
import dev.playcall.security.audit.AuditQuery;
import dev.playcall.security.secret.SecretService;
import dev.playcall.web.http.Csv;
import dev.playcall.web.http.Params;
import dev.playcall.web.http.ProblemException;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All that fits a filter, for other programs, page after page: its memory does not grow with the log. */
final class AuditDownload {
    private static final int PAGE = 500;
    private static final List<String> COLUMNS =
            List.of("sequence", "at", "person", "channel", "deed", "subject", "decision", "reason", "details");

    private final AuditLog audit;
    private final SecretService secrets;

    AuditDownload(AuditLog audit, SecretService secrets) {
        this.audit = audit;
        this.secrets = secrets;
    }

    void send(Context ctx) throws IOException {
        var query = AuditRoutes.query(ctx, known(), false);
        var format = Params.text(ctx, "format").orElse("csv");
        switch (format) {
            case "csv" -> csv(head(ctx, "text/csv; charset=utf-8", format), query);
            case "json" -> json(head(ctx, "application/json", format), query);
            default -> throw ProblemException.badRequest("format", "\"" + format + "\" is not csv or json");
        }
    }

    /** It has no pages. */
    private static Set<String> known() {
        var known = new HashSet<>(AuditRoutes.KNOWN);
        known.removeAll(Set.of("limit", "cursor"));
        known.add("format");
        return known;
    }

    private static Context head(Context ctx, String type, String ending) {
        return ctx.contentType(type).header("Content-Disposition", "attachment; filename=\"audit." + ending + "\"");
    }

    private void csv(Context ctx, AuditQuery query) throws IOException {
        write(ctx, Csv.line(COLUMNS));
        each(
                query,
                node -> write(
                        ctx, Csv.line(COLUMNS.stream().map(c -> cell(node, c)).toList())));
    }

    private static String cell(ObjectNode node, String column) {
        var value = node.path(column);
        return value.isObject() ? value.toString() : value.asText();
    }

    /** One array with one entry on each line, which can be read whole or line by line. */
    private void json(Context ctx, AuditQuery query) throws IOException {
        var before = new String[] {"[\n"};
        each(query, node -> {
            write(ctx, before[0] + node);
            before[0] = ",\n";
        });
        write(ctx, before[0].startsWith("[") ? "[]\n" : "\n]\n");
    }

    private interface Line {
        void of(ObjectNode entry) throws IOException;
    }

    private void each(AuditQuery query, Line line) throws IOException {
        var next = Optional.of(query.page(Optional.empty(), PAGE));
        while (next.isPresent()) {
            var entries = audit.find(next.get());
            for (var entry : entries) {
                line.of(AuditRoutes.json(entry));
            }
            next = entries.size() < PAGE
                    ? Optional.empty()
                    : Optional.of(query.page(Optional.of(entries.getLast().sequence()), PAGE));
        }
    }

    private void write(Context ctx, String text) throws IOException {
        ctx.outputStream().write(secrets.redact(text).getBytes(StandardCharsets.UTF_8));
    }
}
