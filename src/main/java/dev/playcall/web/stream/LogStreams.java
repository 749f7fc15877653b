package dev.playcall.web.stream;

import com.fasterxml.jackson.databind.JsonNode;
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
import dev.playcall.web.runs.RunJson;
import dev.playcall.web.security.RequestAuth;
import dev.playcall.web.security.SecurityFilter;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.websocket.WsContext;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.websocket.api.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run over a WebSocket: its log and its events from the start, then live, as JSON messages. A message is sent when the
 * one before it is on its way, so that a slow reader costs one piece of the log and nothing more.
 */
final class LogStreams {
    private static final Logger log = LoggerFactory.getLogger(LogStreams.class);
    /** The log grows without the journal knowing, so it is looked at this often. */
    private static final Duration LOOK = Duration.ofMillis(250);

    private static final int NORMAL = 1000;
    private static final int GOING_AWAY = 1001;
    private static final int POLICY_VIOLATION = 1008;

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int PIECE = 1 << 16;
    /** Looks at the log between two looks at who is watching. */
    private static final int LOOKS_BETWEEN_CHECKS = 40;

    private final RunJournal journal;
    private final RunSignals signals;
    private final LogFiles logs;
    private final RequestAuth requestAuth;
    private final SecretService secrets;
    private final Clock clock;

    LogStreams(
            RunJournal journal,
            RunSignals signals,
            LogFiles logs,
            RequestAuth requestAuth,
            SecretService secrets,
            Clock clock) {
        this.journal = journal;
        this.signals = signals;
        this.logs = logs;
        this.requestAuth = requestAuth;
        this.secrets = secrets;
        this.clock = clock;
    }

    void register(RoutesConfig routes) {
        var api = new Api(routes, requestAuth::admit);
        var path = "/api/v1/runs/{id}/stream";
        api.get(path, ctx -> {
            throw new ProblemException(426, "this is a WebSocket; /log and /events are plain HTTP", Optional.empty());
        });
        routes.wsBeforeUpgrade(path, this::check);
        routes.ws(
                path,
                ws -> ws.onConnect(ctx -> {
                    ctx.enableAutomaticPings(15, TimeUnit.SECONDS);
                    var id = new RunId(Long.parseLong(ctx.pathParam("id")));
                    var offset = Optional.ofNullable(ctx.queryParam("offset")).map(Long::parseLong);
                    Thread.ofVirtual().name("stream-" + id.value()).start(() -> stream(ctx, id, offset.orElse(0L)));
                }));
    }

    private void check(Context ctx) {
        Params.number(ctx, "offset", 0, 0, Long.MAX_VALUE);
        requestAuth.run(ctx);
    }

    private void stream(WsContext ctx, RunId id, long offset) {
        var webCaller = SecurityFilter.callerOf(ctx).orElseThrow();
        try (var watch = signals.watch(webCaller.person(), Optional.of(id))) {
            follow(ctx, watch, webCaller, id, offset);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            log.debug("A client following {} disconnected: {}", id, e.toString());
            ctx.session.disconnect();
        }
    }

    private void follow(WsContext ctx, RunSignals.Watch watch, WebCaller webCaller, RunId id, long from)
            throws InterruptedException, ExecutionException, TimeoutException {
        long offset = from;
        long last = 0;
        boolean news = true;
        Optional<Run> sent = Optional.empty();
        for (int look = 0; ctx.session.isOpen(); look++) {
            if (!watch.isOpen()) {
                goAway(ctx);
                return;
            }
            if (look % LOOKS_BETWEEN_CHECKS == 0 && !requestAuth.isWelcome(webCaller)) {
                ctx.closeSession(POLICY_VIOLATION, "the session has ended");
                return;
            }
            var run = news || sent.isEmpty() ? journal.read().find(id) : sent; // before the log: see below
            if (news) {
                last = events(ctx, id, last);
            }
            if (run.isEmpty()) {
                ctx.closeSession(NORMAL, "the run is not in the history any more");
                return;
            }
            if (!run.equals(sent)) {
                send(ctx, message("run").set("run", RunJson.brief(run.get(), clock.instant())));
                sent = run;
            }
            var piece = logs.read(run.get(), offset, PIECE);
            if (piece.length > 0) {
                send(
                        ctx,
                        message("log")
                                .put("offset", offset)
                                .put("next_offset", offset + piece.length)
                                .put("text", new String(piece, StandardCharsets.UTF_8)));
                offset += piece.length;
                news = watch.await(Duration.ZERO);
            } else if (run.get().state().isFinal()) {
                // It had ended before the log was read to its end, so nothing can be missing.
                send(ctx, message("end").put("next_offset", offset));
                ctx.closeSession(NORMAL, "the run has ended");
                return;
            } else {
                news = watch.await(LOOK);
            }
        }
    }

    /** On its way before the port is closed, or the client would see a connection that broke. */
    private static void goAway(WsContext ctx) throws InterruptedException, ExecutionException, TimeoutException {
        var closed = new Callback.Completable();
        ctx.session.close(GOING_AWAY, "Playcall is shutting down, the run goes on", closed);
        closed.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }

    private long events(WsContext ctx, RunId id, long after)
            throws InterruptedException, ExecutionException, TimeoutException {
        long last = after;
        for (var entry : journal.read().entries(id)) {
            if (entry.sequence() > last) {
                send(ctx, message("event").setAll(EventJson.of(entry)));
                last = entry.sequence();
            }
        }
        return last;
    }

    private static com.fasterxml.jackson.databind.node.ObjectNode message(String type) {
        return JsonBodies.object().put("type", type);
    }

    private void send(WsContext ctx, JsonNode message)
            throws InterruptedException, ExecutionException, TimeoutException {
        var sent = new Callback.Completable();
        ctx.session.sendText(secrets.redact(message.toString()), sent);
        sent.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }
}
