package dev.playcall.rehearsal.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** The smallest application: Slack's own client for the Web API, and a JDK WebSocket that acknowledges what it is told to. */
final class Bot implements AutoCloseable {
    final List<JsonNode> frames = new CopyOnWriteArrayList<>();
    final AtomicInteger pongs = new AtomicInteger();
    final AtomicInteger ended = new AtomicInteger();
    private final List<WebSocket> sockets = new CopyOnWriteArrayList<>();
    private final SlackServer server;
    private final Slack slack;
    private final HttpClient http = HttpClient.newHttpClient();
    /** The payload of the acknowledgement, none for no acknowledgement at all. */
    volatile Function<JsonNode, Optional<String>> answers = _ -> Optional.of("");

    Bot(SlackServer server) {
        this.server = server;
        var config = new SlackConfig();
        config.setMethodsEndpointUrlPrefix(server.apiBase().toString());
        config.setStatsEnabled(false);
        config.setHttpClientCallTimeoutMillis(4000);
        slack = Slack.getInstance(config);
    }

    MethodsClient api() {
        return slack.methods(SlackServer.BOT_TOKEN);
    }

    JsonNode call(String method, String json) throws Exception {
        return Json.read(http.send(
                                HttpRequest.newBuilder(server.apiBase().resolve(method))
                                        .header("Authorization", "Bearer " + SlackServer.BOT_TOKEN)
                                        .header("Content-Type", "application/json")
                                        .POST(HttpRequest.BodyPublishers.ofString(json))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body())
                .orElseThrow();
    }

    HttpResponse<String> post(String address, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(address))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    WebSocket connect() throws Exception {
        var url =
                slack.methods(SlackServer.APP_TOKEN).appsConnectionsOpen(r -> r).getUrl();
        int before = hellos();
        var socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(url), new Ear())
                .get();
        sockets.add(socket);
        if (server.openSockets() < 11) {
            org.awaitility.Awaitility.await()
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> hellos() > before || !frames.isEmpty());
        }
        return socket;
    }

    private int hellos() {
        return of("hello").size();
    }

    List<JsonNode> of(String type) {
        return frames.stream().filter(f -> f.path("type").asText().equals(type)).toList();
    }

    JsonNode last(String type) {
        return of(type).getLast().path("payload");
    }

    @Override
    public void close() throws IOException {
        sockets.forEach(WebSocket::abort);
        try {
            slack.close();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
        http.shutdownNow();
    }

    private final class Ear implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                var frame = Json.read(text.toString()).orElseThrow();
                text.setLength(0);
                frames.add(frame);
                answers.apply(frame)
                        .filter(_ -> frame.has("envelope_id"))
                        .ifPresent(payload -> socket.sendText(
                                        "{\"envelope_id\":" + frame.path("envelope_id")
                                                + (payload.isEmpty() ? "" : ",\"payload\":" + payload) + "}",
                                        true)
                                .join());
            }
            socket.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onPong(WebSocket socket, java.nio.ByteBuffer message) {
            pongs.incrementAndGet();
            socket.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            ended.incrementAndGet();
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            ended.incrementAndGet();
        }
    }
}
