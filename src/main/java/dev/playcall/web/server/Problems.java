package dev.playcall.web.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.playcall.background.Faults;
import dev.playcall.domain.PersonNames;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.pages.ErrorView;
import dev.playcall.web.security.Pages;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every error is a problem document; none holds a stack trace. */
final class Problems {
    private static final Logger log = LoggerFactory.getLogger(Problems.class);
    private static final String EXPLAINED = "problem-told";
    /** A database that restarts takes a few. */
    private static final String RETRY_AFTER_SECONDS = "5";

    private static final Map<Integer, String> TITLES = Map.ofEntries(
            Map.entry(400, "Bad request"),
            Map.entry(401, "Not authenticated"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not found"),
            Map.entry(405, "Method not allowed"),
            Map.entry(409, "Conflict"),
            Map.entry(410, "Gone"),
            Map.entry(413, "Request too large"),
            Map.entry(415, "Unsupported media type"),
            Map.entry(421, "Misdirected request"),
            Map.entry(422, "Unprocessable"),
            Map.entry(426, "Upgrade required"),
            Map.entry(429, "Too many requests"),
            Map.entry(500, "Internal error"),
            Map.entry(503, "Unavailable"));

    private final Pages pages;
    private final PersonNames names;

    Problems(Pages pages, PersonNames names) {
        this.pages = pages;
        this.names = names;
    }

    void register(RoutesConfig routes) {
        routes.exception(ProblemException.class, (e, ctx) -> write(ctx, e.status(), e.detail(), e.field()));
        routes.exception(JsonProcessingException.class, (e, ctx) -> write(ctx, 400, syntax(e), Optional.empty()));
        routes.exception(
                HttpResponseException.class,
                (e, ctx) -> write(ctx, e.getStatus(), known(ctx, e.getStatus()), Optional.empty()));
        routes.exception(Exception.class, this::failed);
        // A status without a word gets one; whoever answered with a body has said why, and that is not overwritten.
        for (int status : new int[] {400, 404, 405, 413}) {
            routes.error(status, ctx -> {
                if (!isExplained(ctx)) {
                    write(ctx, ctx.statusCode(), known(ctx, ctx.statusCode()), Optional.empty());
                }
            });
        }
    }

    /** A database or a disk that will be well again is no error of this program, and where it was met helps nobody. */
    private void failed(Exception e, Context ctx) {
        if (Faults.isPassing(e)) {
            var why = Faults.plain(e).orElse("the database does not answer");
            log.error("{} {} failed: {}", ctx.method(), ctx.path(), Faults.reason(e));
            ctx.header("Retry-After", RETRY_AFTER_SECONDS);
            write(ctx, 503, "not possible at the moment: " + why, Optional.empty());
            return;
        }
        log.error("{} {} failed", ctx.method(), ctx.path(), e);
        write(ctx, 500, "internal error; see Playcall's log", Optional.empty());
    }

    private static boolean isExplained(Context ctx) {
        return ctx.attribute(EXPLAINED) != null
                || !Optional.ofNullable(ctx.result()).orElse("").isBlank();
    }

    private static String known(Context ctx, int status) {
        return switch (status) {
            case 405 -> ctx.method() + " is not possible here";
            case 413 ->
                "the body is larger than " + TextFormat.size(HttpPort.LARGEST_REQUEST) + ", which is the limit here";
            case 404 -> "there is no page or resource at " + ctx.path();
            default -> "this request cannot be processed";
        };
    }

    private static String syntax(JsonProcessingException e) {
        var at = e.getLocation();
        var where = at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
        return "the body is not JSON" + where;
    }

    private void write(Context ctx, int status, String detail, Optional<String> field) {
        ctx.attribute(EXPLAINED, true);
        if (status == 413) {
            UnreadBody.discard(ctx);
        }
        if (Pages.wanted(ctx)) {
            ctx.status(status);
            pages.show(ctx, "pages/error.jte", new ErrorView(status, TITLES.getOrDefault(status, "Error"), detail));
            return;
        }
        var node = JsonBodies.object();
        node.put("title", TITLES.getOrDefault(status, "Error"))
                .put("status", status)
                .put("detail", names.in(detail));
        field.ifPresent(f -> node.put("field", f));
        ctx.status(status).result(node.toString()).contentType("application/problem+json");
    }
}
