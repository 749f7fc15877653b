package dev.playcall.rehearsal.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsConnectContext;
import io.javalin.websocket.WsContext;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Socket Mode: the open connections, and envelopes that go to one of them in turn. */
final class Sockets implements Delivery {
    private static final int MOST = 10;

    private final Supplier<URI> base;
    private final AtomicBoolean deaf;
    private final Set<String> tickets = new HashSet<>();
    private final List<WsContext> open = new ArrayList<>();
    /** The session ids of those whose end was announced. */
    private final Set<String> announced = new HashSet<>();

    private final Map<String, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private int next;
    private volatile boolean late;
    private boolean refusing;
    private boolean disabled;

    Sockets(Supplier<URI> base, AtomicBoolean deaf) {
        this.base = base;
        this.deaf = deaf;
    }

    /** {@code apps.connections.open}. */
    synchronized ObjectNode issue(Params params) {
        if (disabled) {
            throw new Refusal("access_denied", List.of("[ERROR] Socket Mode is not turned on: " + params.method()));
        }
        var ticket = UUID.randomUUID().toString();
        tickets.add(ticket);
        var address = base.get();
        return Json.ok()
                .put("url", "ws://" + address.getAuthority() + "/link/?ticket=" + ticket + "&app_id=" + Workspace.APP);
    }

    void register(WsConfig ws) {
        ws.onConnect(this::connected);
        ws.onMessage(ctx -> said(ctx.message()));
        ws.onClose(ctx -> gone(ctx));
        ws.onError(ctx -> gone(ctx));
    }

    private synchronized void connected(WsConnectContext ctx) {
        if (!tickets.remove(Optional.ofNullable(ctx.queryParam("ticket")).orElse(""))) {
            ctx.closeSession(1008, "unknown ticket");
            return;
        }
        if (open.size() >= MOST) {
            ctx.send(disconnect("too_many_websockets").toString());
            ctx.closeSession(1008, "too_many_websockets");
            return;
        }
        ctx.enableAutomaticPings(5, TimeUnit.SECONDS);
        open.add(ctx);
        ctx.send(hello().toString());
    }

    private ObjectNode hello() {
        var hello = Json.object().put("type", "hello").put("num_connections", open.size());
        hello.putObject("debug_info")
                .put("host", "rehearsal")
                .put("build_number", 1)
                .put("approximate_connection_time", 18060);
        hello.putObject("connection_info").put("app_id", Workspace.APP);
        return hello;
    }

    private static ObjectNode disconnect(String reason) {
        var frame = Json.object().put("type", "disconnect").put("reason", reason);
        frame.putObject("debug_info").put("host", "rehearsal");
        return frame;
    }

    private void said(String message) {
        if (deaf.get() || late) {
            return;
        }
        Json.read(message).ifPresent(ack -> {
            var wanted = waiting.remove(ack.path("envelope_id").asText());
            if (wanted != null) {
                wanted.complete(ack.has("payload") ? ack.get("payload") : Json.object());
            }
        });
    }

    private synchronized void gone(WsContext ctx) {
        open.removeIf(o -> o.sessionId().equals(ctx.sessionId()));
    }

    synchronized int count() {
        return open.size();
    }

    /** Nothing more goes to a connection whose end was announced while there is another. */
    private synchronized Optional<WsContext> turn() {
        var staying =
                open.stream().filter(o -> !announced.contains(o.sessionId())).toList();
        var choice = staying.isEmpty() ? open : staying;
        return choice.isEmpty() ? Optional.empty() : Optional.of(choice.get(Math.floorMod(next++, choice.size())));
    }

    @Override
    public Ack deliver(ObjectNode envelope, Duration timeout) {
        var id = UUID.randomUUID().toString();
        envelope.put("envelope_id", id);
        var answer = new CompletableFuture<JsonNode>();
        waiting.put(id, answer);
        long begin = System.nanoTime();
        try {
            var socket = turn();
            if (socket.isEmpty()) {
                return Ack.missed(Duration.ZERO);
            }
            socket.get().send(envelope.toString());
            var payload = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new Ack(true, Duration.ofNanos(System.nanoTime() - begin), payload, List.of());
        } catch (TimeoutException | ExecutionException e) {
            return Ack.missed(timeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Ack.missed(timeout);
        } finally {
            waiting.remove(id);
        }
    }

    /** Announces the end of all open connections; the returned task ends them. */
    synchronized Runnable announce(String reason) {
        var old = List.copyOf(open);
        old.forEach(o -> {
            announced.add(o.sessionId());
            o.send(disconnect(reason).toString());
        });
        return () -> old.forEach(WsContext::closeSession);
    }

    synchronized void disable() {
        disabled = true;
        announce("link_disabled").run();
    }

    synchronized void drop() {
        List.copyOf(open).forEach(o -> o.session.disconnect());
        open.clear();
    }

    synchronized void refuse(boolean value) {
        refusing = value;
    }

    @Override
    public void late(boolean value) {
        late = value;
    }

    synchronized boolean isRefusing() {
        return refusing;
    }
}
