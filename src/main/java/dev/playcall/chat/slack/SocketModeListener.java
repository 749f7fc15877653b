package dev.playcall.chat.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.chat.slack.api.SlackJson;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of Socket Mode. It lives until Slack or the network ends it; it is not opened twice. */
final class SocketModeListener {
    private static final Logger log = LoggerFactory.getLogger(SocketModeListener.class);
    private static final int LONGEST_ENVELOPE = 8_000_000;
    /** Slack has given up on an envelope long before: only a connection that takes nothing any more is ended. */
    private static final Duration SENDING = Duration.ofSeconds(12);

    private final EventAcknowledger eventAcknowledger;
    private final CompletableFuture<End> turn = new CompletableFuture<>();
    private final CompletableFuture<Boolean> hello = new CompletableFuture<>();
    private final ReentrantLock sending = new ReentrantLock();
    private volatile long lastReceived = System.nanoTime();
    private volatile boolean open;
    private volatile @Nullable WebSocket web;

    private SocketModeListener(EventAcknowledger eventAcknowledger) {
        this.eventAcknowledger = eventAcknowledger;
    }

    /** Why another connection is needed. */
    enum End {
        /** Slack is about to close this one and goes on using it until then. */
        REPLACE,
        LOST,
        /** Somebody switched Socket Mode off. */
        DISABLED,
        /** Slack thinks that there are more connections than it allows. */
        TOO_MANY
    }

    /** Connects and waits until Slack has said hello; empty when it does not in time. */
    static Optional<SocketModeListener> dial(
            HttpClient http, URI address, EventAcknowledger eventAcknowledger, Duration timeout)
            throws InterruptedException {
        var socketModeListener = new SocketModeListener(eventAcknowledger);
        try {
            http.newWebSocketBuilder()
                    .connectTimeout(timeout)
                    .buildAsync(address, socketModeListener.new FrameListener())
                    .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (socketModeListener.hello.get(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.of(socketModeListener);
            }
        } catch (ExecutionException | TimeoutException e) {
            log.debug("No socket to Slack", e);
        }
        socketModeListener.abort();
        return Optional.empty();
    }

    boolean isOpen() {
        return open;
    }

    /**
     * Waits until this connection has to be replaced. A connection on which nothing is heard is lost: that is
     * counted in pings without an answer, because the whole process may have stood still for longer than that.
     */
    End await(Duration ping, Duration silence) throws InterruptedException {
        long most = Math.max(1, silence.dividedBy(ping));
        int unanswered = 0;
        long heard = lastReceived;
        while (true) {
            try {
                return turn.get(ping.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException _) {
                unanswered = lastReceived == heard ? unanswered + 1 : 0;
                heard = lastReceived;
                if (unanswered > most) {
                    abort();
                } else {
                    ping();
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void ping() {
        var now = web;
        if (now != null && open && !sent(now.sendPing(ByteBuffer.allocate(0)))) {
            abort();
        }
    }

    private static boolean sent(CompletableFuture<WebSocket> sending) {
        try {
            sending.orTimeout(SENDING.toMillis(), TimeUnit.MILLISECONDS).join();
            return true;
        } catch (CompletionException e) {
            log.debug("This socket is closed for sending", e);
            return false;
        }
    }

    /** Returns whether it left us. */
    boolean send(JsonNode message) {
        var now = web;
        if (now == null || !open) {
            return false;
        }
        sending.lock();
        try {
            boolean left = sent(now.sendText(message.toString(), true));
            if (!left) {
                abort();
            }
            return left;
        } finally {
            sending.unlock();
        }
    }

    void close() {
        var now = web;
        if (now != null && open) {
            sent(now.sendClose(WebSocket.NORMAL_CLOSURE, ""));
        }
        abort();
    }

    void abort() {
        over(End.LOST);
        var now = web;
        if (now != null) {
            now.abort();
        }
    }

    private void over(End why) {
        open = false;
        hello.complete(false);
        turn.complete(why);
    }

    private void message(JsonNode frame, String text) {
        switch (frame.path("type").asText()) {
            case "hello" -> {
                open = true;
                hello.complete(true);
            }
            case "disconnect" -> disconnect(frame.path("reason").asText());
            default -> eventAcknowledger.frame(frame.path("envelope_id").asText(), text, this::acknowledge);
        }
    }

    private boolean acknowledge(String envelope, Optional<ObjectNode> payload) {
        var ack = SlackJson.object().put("envelope_id", envelope);
        payload.ifPresent(p -> ack.set("payload", p));
        return send(ack);
    }

    private void disconnect(String reason) {
        log.info("Slack requested a new connection: {}", reason);
        switch (reason) {
            case "link_disabled" -> turn.complete(End.DISABLED);
            case "too_many_websockets" -> turn.complete(End.TOO_MANY);
            default -> turn.complete(End.REPLACE);
        }
    }

    /** What is heard. Nothing that goes wrong with one message may make the connection deaf. */
    private final class FrameListener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        /** What comes first may be an envelope, before the one who dialled knows that the connection is there. */
        @Override
        public void onOpen(WebSocket socket) {
            web = socket;
            if (turn.isDone()) {
                // Whoever dialled has given up meanwhile: nobody would watch this one.
                socket.abort();
            } else {
                socket.request(1);
            }
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            lastReceived = System.nanoTime();
            text.append(data);
            if (text.length() > LONGEST_ENVELOPE) {
                log.warn("Slack sent a message longer than {} characters; reconnecting", LONGEST_ENVELOPE);
                abort();
                return null;
            }
            if (last) {
                var whole = text.toString();
                text.setLength(0);
                take(whole);
            }
            socket.request(1);
            return null;
        }

        private void take(String whole) {
            try {
                SlackJson.read(whole).ifPresent(f -> message(f, whole));
            } catch (RuntimeException | Error e) {
                log.error("A Slack message could not be processed", e);
            }
        }

        @Override
        public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
            lastReceived = System.nanoTime();
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
            lastReceived = System.nanoTime();
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            over(End.LOST);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            over(End.LOST);
        }
    }
}
