package dev.playcall.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.RunId;
import dev.playcall.journal.JournalEntry;
import dev.playcall.journal.RunJournal;
import io.javalin.config.RoutesConfig;
import io.javalin.http.sse.SseClient;
import io.javalin.websocket.WsContext;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Following a run as it goes: whoever comes late gets everything from the start, then what happens. */
final class StreamRoutes {
    private static final Logger log = LoggerFactory.getLogger(StreamRoutes.class);
    private static final Duration QUIET = Duration.ofSeconds(15);
    private static final Duration LOG_POLL = Duration.ofMillis(250);
    private static final int PIECE = 1 << 15;

    private final RunJournal journal;
    private final RunSignals signals;
    private final LogFiles logs;
    private final Clock clock;

    StreamRoutes(RunJournal journal, RunSignals signals, LogFiles logs, Clock clock) {
        this.journal = journal;
        this.signals = signals;
        this.logs = logs;
        this.clock = clock;
    }

    void register(RoutesConfig routes) {
        routes.sse("/api/v1/runs/{id}/events", client -> {
            var run = find(Params.run(client.ctx()));
            var header = client.ctx().header("Last-Event-ID");
            long after = header != null && header.matches("\\d{1,18}") ? Long.parseLong(header) : 0;
            client.keepAlive();
            watch("sse-" + run.id().value(), () -> events(client, run.id(), after));
        });
        routes.sse("/api/v1/events", client -> {
            client.keepAlive();
            watch("sse-all", () -> changes(client));
        });
        routes.ws(
                "/api/v1/runs/{id}/stream",
                ws -> ws.onConnect(ctx -> {
                    var text = ctx.pathParam("id");
                    if (text.matches("[1-9]\\d{0,15}")
                            && journal.read()
                                    .find(new RunId(Long.parseLong(text)))
                                    .isPresent()) {
                        watch("ws-" + text, () -> stream(ctx, new RunId(Long.parseLong(text))));
                    } else {
                        ctx.closeSession(4404, "there is no such run");
                    }
                }));
    }

    private interface Watching {
        void run() throws InterruptedException;
    }

    private static void watch(String name, Watching watching) {
        Thread.ofVirtual().name(name).start(() -> {
            try {
                watching.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                log.debug("{} went away: {}", name, e.toString());
            }
        });
    }

    private Run find(RunId id) {
        return journal.read().find(id).orElseThrow(() -> ProblemException.notFound("there is no run " + id));
    }

    /** Everything that happened to one run; ends with it. */
    private void events(SseClient client, RunId id, long after) throws InterruptedException {
        long last = after;
        long seen = -1;
        while (!client.terminated()) {
            long now = signals.count();
            for (var entry : journal.read().entries(id)) {
                if (entry.sequence() > last) {
                    client.sendEvent(name(entry.event()), event(entry).toString(), Long.toString(entry.sequence()));
                    last = entry.sequence();
                }
            }
            var run = find(id);
            client.sendEvent("run", RunJson.brief(run, clock.instant()).toString());
            if (run.state().isFinal()) {
                client.sendEvent("end", "{}");
                client.close();
                return;
            }
            seen = now;
            if (signals.await(seen, QUIET) == seen) {
                client.sendComment("still here");
            }
        }
    }

    /** That something changed somewhere, at most a few times a second, for pages that show everything. */
    private void changes(SseClient client) throws InterruptedException {
        long seen = signals.count();
        while (!client.terminated()) {
            long now = signals.await(seen, QUIET);
            if (now == seen) {
                client.sendComment("still here");
            } else {
                client.sendEvent("change", Long.toString(now));
                Thread.sleep(LOG_POLL);
            }
            seen = now;
        }
    }

    /** The log from its first byte as text frames, then how it ended as one JSON frame. */
    private void stream(WsContext ctx, RunId id) throws InterruptedException {
        BooleanSupplier open = () -> ctx.session.isOpen();
        long offset = 0;
        while (open.getAsBoolean()) {
            var run = find(id); // before reading: what is written before the end is then certainly read
            var piece = logs.read(run, offset, PIECE);
            if (piece.length > 0) {
                ctx.send(new String(piece, StandardCharsets.UTF_8));
                offset += piece.length;
            } else if (run.state().isFinal()) {
                ctx.send(RunJson.brief(run, clock.instant()).toString());
                ctx.closeSession(1000, "the run has ended");
                return;
            } else {
                Thread.sleep(LOG_POLL);
            }
        }
    }

    private static String name(RunEvent event) {
        return switch (event) {
            case RunEvent.Requested _ -> "requested";
            case RunEvent.Approved _ -> "approved";
            case RunEvent.Rejected _ -> "rejected";
            case RunEvent.Expired _ -> "expired";
            case RunEvent.Started _ -> "started";
            case RunEvent.Adopted _ -> "adopted";
            case RunEvent.CancelRequested _ -> "cancel_requested";
            case RunEvent.Finished _ -> "finished";
        };
    }

    private static ObjectNode event(JournalEntry entry) {
        var node = Json.object();
        node.put("sequence", entry.sequence()).put("at", Json.time(entry.at())).put("event", name(entry.event()));
        switch (entry.event()) {
            case RunEvent.Requested(var _, var by, var _, var _) -> node.put("by", by.value());
            case RunEvent.Approved(var by) -> node.put("by", by.value());
            case RunEvent.Rejected(var by, var reason) ->
                node.put("by", by.value()).put("reason", reason);
            case RunEvent.Expired() -> {}
            case RunEvent.Started(var gateway, var file) ->
                node.put("node", gateway).put("log", file);
            case RunEvent.Adopted(var gateway) -> node.put("node", gateway);
            case RunEvent.CancelRequested(var by) -> node.put("by", by.value());
            case RunEvent.Finished(var outcome) -> outcome(node, outcome);
        }
        return node;
    }

    private static void outcome(ObjectNode node, Outcome outcome) {
        node.put("status", outcome.state().word()).put("reason", outcome.reason());
    }
}
