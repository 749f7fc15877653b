package dev.playcall.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.security.AuditEntry;
import dev.playcall.security.AuditLog;
import dev.playcall.security.AuditQuery;
import dev.playcall.security.Permission;
import dev.playcall.security.Verdict;
import dev.playcall.web.openapi.HistorySaid;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The audit log over HTTP. */
final class AuditRoutes {
    private static final Set<String> KNOWN =
            Set.of("person", "environment", "run", "deed", "decision", "from", "to", "limit", "cursor");

    private final AuditLog audit;
    private final Visitors visitors;
    private final Pages pages;

    AuditRoutes(AuditLog audit, Visitors visitors, Pages pages) {
        this.audit = audit;
        this.visitors = visitors;
        this.pages = pages;
    }

    void register(RoutesConfig routes) {
        var api = new Api(routes);
        api.get("/api/v1/audit", HistorySaid.AUDIT, this::list);
        routes.get("/audit", this::page);
    }

    private void page(Context ctx) {
        visitors.admit(ctx, Permission.AUDIT);
        pages.show(ctx, "audit.jte", new AuditPage(audit).view(ctx));
    }

    private void list(Context ctx) {
        visitors.admit(ctx, Permission.AUDIT);
        var query = query(ctx);
        var entries = audit.find(query);
        var node = Json.object();
        var list = node.putArray("entries");
        entries.forEach(e -> list.add(json(e)));
        node.put(
                "next_cursor",
                entries.size() < query.limit()
                        ? null
                        : Long.toString(entries.getLast().sequence()));
        Json.send(ctx, node);
    }

    static AuditQuery query(Context ctx) {
        Params.refuseUnknown(ctx, KNOWN);
        long run = Params.number(ctx, "run", 0, 1, 999_999_999_999_999L);
        long cursor = Params.number(ctx, "cursor", 0, 1, Long.MAX_VALUE);
        return new AuditQuery(
                Params.text(ctx, "person"),
                Params.text(ctx, "environment"),
                run == 0 ? Optional.empty() : Optional.of(run),
                Params.text(ctx, "deed"),
                Params.text(ctx, "decision").map(AuditRoutes::verdict),
                Params.time(ctx, "from"),
                Params.time(ctx, "to"),
                false,
                cursor == 0 ? Optional.empty() : Optional.of(cursor),
                (int) Params.number(ctx, "limit", 50, 1, 500));
    }

    private static Verdict verdict(String word) {
        return Arrays.stream(Verdict.values())
                .filter(v -> v.word().equals(word))
                .findFirst()
                .orElseThrow(() -> ProblemException.badRequest(
                        "decision",
                        "\"" + word + "\" is not one of "
                                + Arrays.stream(Verdict.values())
                                        .map(Verdict::word)
                                        .collect(Collectors.joining(", "))));
    }

    private static ObjectNode json(AuditEntry entry) {
        var note = entry.note();
        var node = Json.object()
                .put("sequence", entry.sequence())
                .put("at", Json.time(entry.at()))
                .put("person", note.person().value())
                .put("channel", note.channel())
                .put("deed", note.deed())
                .put("subject", note.subject())
                .put("decision", note.verdict().word())
                .put("reason", note.reason());
        var details = node.putObject("details");
        note.details().forEach(details::put);
        return node;
    }
}
