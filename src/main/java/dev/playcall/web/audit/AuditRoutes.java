package dev.playcall.web.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.security.access.Permission;
import dev.playcall.security.audit.AuditEntry;
import dev.playcall.security.audit.AuditLog;
import dev.playcall.security.audit.AuditNote.AuditVerdict;
import dev.playcall.security.audit.AuditQuery;
import dev.playcall.security.secret.SecretService;
import dev.playcall.web.http.Api;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.Params;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.http.RouteGroup;
import dev.playcall.web.security.Pages;
import dev.playcall.web.security.RequestAuth;
import dev.playcall.web.security.WebContext;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The audit log over HTTP. */
public final class AuditRoutes implements RouteGroup {
    static final Set<String> KNOWN =
            Set.of("person", "environment", "run", "deed", "decision", "from", "to", "limit", "cursor");

    private final AuditLog audit;
    private final RequestAuth requestAuth;
    private final Pages pages;
    private final SecretService secrets;

    public AuditRoutes(WebContext web, AuditLog audit) {
        this.audit = audit;
        this.requestAuth = web.requestAuth();
        this.pages = web.pages();
        this.secrets = web.secrets();
    }

    @Override
    public void register(RoutesConfig routes) {
        var api = new Api(routes, requestAuth.everywhere(Permission.AUDIT));
        api.get("/api/v1/audit", this::list);
        api.get("/api/v1/audit/export", this::export);
        routes.get("/audit", this::page);
    }

    private void page(Context ctx) {
        requestAuth.admit(ctx, Permission.AUDIT);
        pages.show(ctx, "audit/audit.jte", new AuditPage(audit).view(ctx));
    }

    private void export(Context ctx) throws IOException {
        requestAuth.admit(ctx, Permission.AUDIT);
        new AuditDownload(audit, secrets).send(ctx);
    }

    private void list(Context ctx) {
        requestAuth.admit(ctx, Permission.AUDIT);
        var query = query(ctx, KNOWN, false);
        var entries = audit.find(query);
        var node = JsonBodies.object();
        var list = node.putArray("entries");
        entries.forEach(e -> list.add(json(e)));
        node.put(
                "next_cursor",
                entries.size() < query.limit()
                        ? null
                        : Long.toString(entries.getLast().sequence()));
        JsonBodies.send(ctx, node);
    }

    /** @param settled one entry an action: how it ended, or that it was asked for while it has no end */
    static AuditQuery query(Context ctx, Set<String> known, boolean settled) {
        Params.refuseUnknown(ctx, known);
        long run = Params.number(ctx, "run", 0, 1, 999_999_999_999_999L);
        long cursor = Params.number(ctx, "cursor", 0, 1, Long.MAX_VALUE);
        return new AuditQuery(
                Params.text(ctx, "person"),
                Params.text(ctx, "environment"),
                run == 0 ? Optional.empty() : Optional.of(run),
                Params.text(ctx, "deed"),
                Params.text(ctx, "decision").map(AuditRoutes::verdict),
                Params.moment(ctx, "from", Instant.now()),
                Params.moment(ctx, "to", Instant.now()),
                settled,
                cursor == 0 ? Optional.empty() : Optional.of(cursor),
                (int) Params.number(ctx, "limit", 50, 1, 500));
    }

    private static AuditVerdict verdict(String word) {
        return Arrays.stream(AuditVerdict.values())
                .filter(v -> v.word().equals(word))
                .findFirst()
                .orElseThrow(() -> ProblemException.badRequest(
                        "decision",
                        "\"" + word + "\" is not one of "
                                + Arrays.stream(AuditVerdict.values())
                                        .map(AuditVerdict::word)
                                        .collect(Collectors.joining(", "))));
    }

    static ObjectNode json(AuditEntry entry) {
        var note = entry.note();
        var node = JsonBodies.object()
                .put("sequence", entry.sequence())
                .put("at", JsonBodies.time(entry.at()))
                .put("person", note.person().value())
                .put("channel", note.channel())
                .put("deed", note.action())
                .put("subject", note.subject())
                .put("decision", note.verdict().word())
                .put("reason", note.reason());
        var details = node.putObject("details");
        note.details().forEach(details::put);
        return node;
    }
}
