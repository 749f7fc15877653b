package dev.playcall.web.audit;

import dev.playcall.security.audit.AuditEntry;
import dev.playcall.security.audit.AuditLog;
import dev.playcall.security.audit.AuditNote;
import dev.playcall.security.audit.AuditNote.AuditVerdict;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.ProblemException;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Puts the page of the audit log together. */
final class AuditPage {
    private final AuditLog audit;

    AuditPage(AuditLog audit) {
        this.audit = audit;
    }

    /** A wrong filter is told on the page, over an empty list, where it can be put right. */
    AuditView view(Context ctx) {
        var filter = new TreeMap<String, String>();
        ctx.queryParamMap()
                .forEach((name, values) ->
                        values.stream().filter(v -> !v.isBlank()).findFirst().ifPresent(v -> filter.put(name, v)));
        try {
            var query = AuditRoutes.query(ctx, AuditRoutes.KNOWN, true);
            var entries = audit.find(query);
            var more = entries.size() < query.limit()
                    ? ""
                    : older(filter, entries.getLast().sequence());
            return view(entries, filter, more, "");
        } catch (ProblemException e) {
            return view(List.of(), filter, "", e.detail());
        }
    }

    private static AuditView view(List<AuditEntry> entries, Map<String, String> filter, String older, String wrong) {
        var decisions =
                Arrays.stream(AuditVerdict.values()).map(AuditVerdict::word).toList();
        return new AuditView(
                entries.stream().map(AuditPage::row).toList(), filter, decisions, older, export(filter), wrong);
    }

    private static AuditRow row(AuditEntry entry) {
        var note = entry.note();
        return new AuditRow(
                JsonBodies.time(entry.at()),
                note.person().value(),
                note.person().inText(),
                note.channel(),
                note.action() + " " + note.subject(),
                note.verdict().word(),
                tone(note.verdict()),
                note.reason(),
                note.details().getOrDefault(AuditNote.RUN, ""));
    }

    private static String tone(AuditVerdict auditVerdict) {
        return switch (auditVerdict) {
            case DONE -> "good";
            case REFUSED, FAILED -> "bad";
            case ASKED -> "soft";
        };
    }

    private static String older(Map<String, String> filter, long before) {
        var all = new TreeMap<>(filter);
        all.put("cursor", Long.toString(before));
        return "/audit?" + query(all);
    }

    /** All that is like these, not only what this page has. */
    private static String export(Map<String, String> filter) {
        var all = new TreeMap<>(filter);
        all.keySet().removeAll(Set.of("cursor", "limit"));
        return "/api/v1/audit/export?" + (all.isEmpty() ? "" : query(all) + "&") + "format=";
    }

    private static String query(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(e -> URLEncoder.encode(e.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
