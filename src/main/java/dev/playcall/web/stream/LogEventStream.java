package dev.playcall.web.stream;

import dev.playcall.domain.Run;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.RunJournal;
import dev.playcall.security.secret.SecretService;
import dev.playcall.web.http.Api;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.Params;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.http.WebCaller;
import dev.playcall.web.log.LogFiles;
import dev.playcall.web.security.RequestAuth;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of a run as server-sent events, a line each. Its id is the offset of the byte after the line, so a client that
 * comes back with it gets each line once. One piece of the log is in memory for each watcher, and is written at the pace of
 * its client: one that does not read holds up only itself, until the connection's idle time ends it.
 */
final class LogEventStream {
    private static final Logger log = LoggerFactory.getLogger(LogEventStream.class);
    /** The log grows without the journal knowing, so it is looked at this often. */
    private static final Duration LOOK = Duration.ofMillis(250);
    /** Looks without a new line before a comment keeps the connection open. */
    private static final int QUIET = 60;

    private static final int PIECE = 1 << 16;
    /** A longer line comes in parts of this size, cut between two characters. */
    private static final int FULL = PIECE - 3;

    private final RunJournal journal;
    private final RunSignals signals;
    private final LogFiles logs;
    private final RequestAuth requestAuth;
    private final SecretService secrets;

    LogEventStream(
            RunJournal journal, RunSignals signals, LogFiles logs, RequestAuth requestAuth, SecretService secrets) {
        this.journal = journal;
        this.signals = signals;
        this.logs = logs;
        this.requestAuth = requestAuth;
        this.secrets = secrets;
    }

    void register(RoutesConfig routes) {
        new Api(routes, requestAuth::admit).get("/api/v1/runs/{id}/log/stream", this::stream);
    }

    private void stream(Context ctx) throws InterruptedException {
        var id = requestAuth.id(ctx);
        long offset = start(ctx);
        var webCaller = requestAuth.webCaller(ctx);
        try (var watch = signals.watch(webCaller.person(), Optional.of(id))) {
            follow(new SseWriter(ctx, secrets::redact), watch, webCaller, id, offset);
        } catch (IOException e) {
            log.debug("A client following the log of {} disconnected: {}", id, e.toString());
        }
    }

    private static long start(Context ctx) {
        var header = ctx.header("Last-Event-ID");
        if (header == null || header.isBlank()) {
            return Params.number(ctx, "offset", 0, 0, Long.MAX_VALUE);
        }
        if (!header.strip().matches("\\d{1,18}")) {
            throw ProblemException.badRequest(
                    "Last-Event-ID", "Last-Event-ID is the id of the last event received, a byte offset in the log");
        }
        return Long.parseLong(header.strip());
    }

    private void follow(SseWriter out, RunSignals.Watch watch, WebCaller webCaller, RunId id, long from)
            throws IOException, InterruptedException {
        long offset = from;
        int quiet = 0;
        Optional<Run> run = Optional.empty();
        boolean news = true;
        while (watch.isOpen()) {
            if (quiet % QUIET == 0 && !requestAuth.isWelcome(webCaller)) {
                return;
            }
            if (news || run.isEmpty()) {
                run = journal.read().find(id); // before the log: that of a run that has ended is complete
            }
            if (run.isEmpty()) {
                return;
            }
            boolean over = run.get().state().isFinal();
            long next = lines(out, logs.read(run.get(), offset, PIECE), offset, over);
            if (next == offset && over) {
                out.event(
                        "end",
                        offset,
                        JsonBodies.object().put("status", run.get().state().word()));
                return;
            }
            quiet = next == offset ? quiet + 1 : 1;
            if (quiet % QUIET == 0) {
                out.comment("still here");
            }
            news = watch.await(next == offset ? LOOK : Duration.ZERO);
            offset = next;
        }
    }

    /** Sends the complete lines of a piece; what has no end of a line is sent when nothing follows it, or when it fills the piece. */
    private static long lines(SseWriter out, byte[] piece, long offset, boolean over) throws IOException {
        int begin = 0;
        for (int i = 0; i < piece.length; i++) {
            if (piece[i] == '\n') {
                out.line(new String(piece, begin, i - begin, StandardCharsets.UTF_8), offset + i + 1);
                begin = i + 1;
            }
        }
        if (begin == 0 && piece.length > 0 && (over || piece.length >= FULL)) {
            out.line(new String(piece, StandardCharsets.UTF_8), offset + piece.length);
            begin = piece.length;
        }
        if (begin > 0) {
            out.flush();
        }
        return offset + begin;
    }
}
