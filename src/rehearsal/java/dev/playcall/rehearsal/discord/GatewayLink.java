package dev.playcall.rehearsal.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.websocket.WsContext;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** One connection to the gateway. */
final class GatewayLink {
    private static final int LARGEST_COMMAND = 4096;
    private final WsContext socket;
    private final Gateway gateway;
    private final boolean heard;
    private final @Nullable Deflater deflater;
    private @Nullable Session session;
    private int received;
    private long windowSince;

    GatewayLink(WsContext socket, Gateway gateway, boolean acknowledgesHeartbeats) {
        this.socket = socket;
        this.gateway = gateway;
        this.heard = acknowledgesHeartbeats;
        deflater = "zlib-stream".equals(socket.queryParam("compress")) ? new Deflater() : null;
    }

    void hello(Duration heartbeat) {
        socket.session.setIdleTimeout(Duration.ofMinutes(10));
        var version = socket.queryParam("v");
        if (!"10".equals(version)) {
            close(4012, "Invalid API version");
            return;
        }
        gateway.add(this);
        var hello = Json.object().put("op", 10);
        hello.putObject("d").put("heartbeat_interval", heartbeat.toMillis());
        send(hello);
    }

    void receive(String text) {
        JsonNode message;
        try {
            message = Json.parse(text);
        } catch (Refusal e) {
            close(4002, "Error while decoding payload.");
            return;
        }
        if (text.length() > LARGEST_COMMAND || !message.isObject()) {
            close(4002, "Error while decoding payload.");
            return;
        }
        if (tooFast()) {
            close(4008, "Rate limited.");
            return;
        }
        obey(message.path("op").asInt(-1), message.path("d"));
    }

    /** A connection may send 120 messages a minute. */
    private boolean tooFast() {
        var now = System.nanoTime();
        if (received == 0 || now - windowSince > 60_000_000_000L) {
            windowSince = now;
            received = 0;
        }
        received++;
        return received > 120;
    }

    private void obey(int op, JsonNode data) {
        switch (op) {
            case 1 -> beat();
            case 2 -> {
                if (session().isPresent()) {
                    close(4005, "Already authenticated.");
                } else {
                    gateway.identify(this, data);
                }
            }
            case 6 -> gateway.resume(this, data);
            case 3, 4, 8, 31 -> {
                if (session().isEmpty()) {
                    close(4003, "Not authenticated.");
                }
            }
            default -> close(4001, "Unknown opcode.");
        }
    }

    private void beat() {
        if (heard) {
            send(Json.object().put("op", 11));
        }
    }

    synchronized Optional<Session> session() {
        return Optional.ofNullable(session);
    }

    synchronized void enter(Session entered) {
        session = entered;
    }

    void invalid(boolean resumable) {
        send(Json.object().put("op", 9).put("d", resumable));
    }

    void reconnect() {
        send(Json.object().put("op", 7).putNull("d"));
    }

    synchronized void send(ObjectNode message) {
        if (!socket.session.isOpen()) {
            return;
        }
        if (deflater == null) {
            socket.send(message.toString());
        } else {
            socket.send(ByteBuffer.wrap(compressed(deflater, message.toString())));
        }
    }

    private static byte[] compressed(Deflater deflater, String text) {
        deflater.setInput(text.getBytes(StandardCharsets.UTF_8));
        var out = new ByteArrayOutputStream();
        var chunk = new byte[8192];
        int n;
        do {
            n = deflater.deflate(chunk, 0, chunk.length, Deflater.SYNC_FLUSH);
            out.write(chunk, 0, n);
        } while (n == chunk.length);
        return out.toByteArray();
    }

    void close(int code, String reason) {
        socket.closeSession(code, reason);
    }

    /** The cable is pulled: no close frame. */
    void cut() {
        socket.session.disconnect();
    }

    synchronized void ended() {
        if (deflater != null) {
            deflater.end();
        }
    }
}
