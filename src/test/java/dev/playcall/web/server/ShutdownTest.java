package dev.playcall.web.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.playcall.testing.LoggedFaults;
import dev.playcall.web.WebFixture;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What those hear who are connected when the gateway stops. */
class ShutdownTest {
    @TempDir
    Path folder;

    private WebFixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = new WebFixture(folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private CompletableFuture<Void> stop() {
        return CompletableFuture.runAsync(fixture.server::close);
    }

    @Test
    void whoWatchesARunIsToldThatTheGatewayGoesAwayAndNotThatTheRunHasEnded() throws Exception {
        var run = fixture.deploy("v1.0.0");
        var heard = new CompletableFuture<String>();
        var closed = new CompletableFuture<Integer>();
        var address = fixture.server.address().toString().replace("http:", "ws:") + "/api/v1/runs/" + run.value();
        var socket = fixture.http
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + WebFixture.TOKEN)
                .buildAsync(URI.create(address + "/stream"), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket web, CharSequence data, boolean last) {
                        heard.complete(data.toString());
                        return WebSocket.Listener.super.onText(web, data, last);
                    }

                    @Override
                    public CompletionStage<?> onClose(WebSocket web, int status, String reason) {
                        closed.complete(status);
                        return WebSocket.Listener.super.onClose(web, status, reason);
                    }
                })
                .get(10, TimeUnit.SECONDS);
        heard.get(10, TimeUnit.SECONDS);
        stop().get(15, TimeUnit.SECONDS);
        assertThat(closed.get(10, TimeUnit.SECONDS)).isEqualTo(1001);
        socket.abort();
    }

    @Test
    void aStreamOfEventsEndsWithoutAnEndEvent() throws Exception {
        var run = fixture.deploy("v1.0.0");
        var request = HttpRequest.newBuilder(
                        fixture.server.address().resolve("/api/v1/runs/" + run.value() + "/events"))
                .header("Authorization", "Bearer " + WebFixture.TOKEN)
                .build();
        var stream = fixture.http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        var body = new StringBuilder();
        var reading = CompletableFuture.runAsync(() -> read(stream.body(), body));
        await().until(() -> body.indexOf("event: run") >= 0);
        stop().get(15, TimeUnit.SECONDS);
        reading.get(10, TimeUnit.SECONDS);
        assertThat(body).doesNotContain("event: end");
    }

    private static void read(InputStream in, StringBuilder into) {
        try (in) {
            for (int b = in.read(); b >= 0; b = in.read()) {
                into.append((char) b);
            }
        } catch (IOException e) {
            into.append(": cut off");
        }
    }

    @Test
    void aPostThatHasBegunIsAnsweredToItsEnd() throws Exception {
        var address = fixture.server.address();
        try (var faults = new LoggedFaults();
                var socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(10_000);
            write(
                    socket,
                    "POST /slack/events HTTP/1.1\r\nHost: " + address.getAuthority()
                            + "\r\nX-Signature: yes\r\nContent-Type: text/plain\r\nContent-Length: 10\r\n"
                            + "Expect: 100-continue\r\n\r\n");
            // Said when somebody has begun to read.
            var go = "HTTP/1.1 100 Continue\r\n\r\n";
            assertThat(new String(socket.getInputStream().readNBytes(go.length()), StandardCharsets.UTF_8))
                    .isEqualTo(go);
            write(socket, "first");
            var stopped = stop();
            await().until(() -> isClosed(address));
            assertThat(stopped).isNotDone();
            write(socket, "-half");
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 200").endsWith("heard first-half");
            stopped.get(15, TimeUnit.SECONDS);
            assertThat(faults.seen()).isEmpty();
        }
    }

    @Test
    void aRequestThatComesDuringTheStopIsRefusedWith503WhileTheOneThatHasBegunIsAnswered() throws Exception {
        var address = fixture.server.address();
        var host = "Host: " + address.getAuthority() + "\r\n";
        try (var faults = new LoggedFaults();
                var begun = new Socket(address.getHost(), address.getPort());
                var late = new Socket(address.getHost(), address.getPort())) {
            begun.setSoTimeout(10_000);
            late.setSoTimeout(10_000);
            write(
                    begun,
                    "POST /slack/events HTTP/1.1\r\n" + host
                            + "X-Signature: yes\r\nContent-Type: text/plain\r\nContent-Length: 10\r\n"
                            + "Expect: 100-continue\r\n\r\n");
            var go = "HTTP/1.1 100 Continue\r\n\r\n";
            begun.getInputStream().readNBytes(go.length());
            // The connection is there before the stop; its request is complete only during it.
            write(late, "POST /api/v1/runs HTTP/1.1\r\n");
            var stopped = stop();
            await().until(() -> isClosed(address));
            write(late, host + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
            var refused = new String(late.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(refused).startsWith("HTTP/1.1 503").doesNotContain("Exception", "\tat ");
            assertThat(refused.toLowerCase(Locale.ROOT)).contains("connection: close");
            assertThat(stopped).isNotDone();
            write(begun, "first-half");
            assertThat(new String(begun.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200")
                    .endsWith("heard first-half");
            stopped.get(15, TimeUnit.SECONDS);
            assertThat(fixture.journal.read().queue()).isEmpty();
            assertThat(faults.seen()).isEmpty();
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    private static boolean isClosed(URI address) {
        try (var _ = new Socket(address.getHost(), address.getPort())) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
