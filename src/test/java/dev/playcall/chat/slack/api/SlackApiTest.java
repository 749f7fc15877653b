package dev.playcall.chat.slack.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.chat.slack.api.SlackApi.SlackResponse;
import dev.playcall.config.Config;
import dev.playcall.config.Config.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is known after one call of the Web API through Slack's client. */
class SlackApiTest {
    private static final String OK = "{\"ok\":true}";

    private static SlackApi api(int port) {
        var base = URI.create("http://127.0.0.1:" + port + "/api/");
        return new SlackApi(
                SlackSdk.create(base),
                new Config.Slack(new Secret("xoxb-1"), new Secret("xapp-1"), new Secret(""), "socket", base, ""));
    }

    @Test
    void whatNeverLeftIsNotTakenForLost() throws IOException {
        int port;
        try (var nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = nobody.getLocalPort();
        }
        try (var api = api(port)) {
            assertThat(api.call("chat.postMessage", Map.of())).isInstanceOf(SlackResponse.NotSent.class);
        }
    }

    /** The client could send a request once more on a new connection when a kept one ends without an answer. */
    @Test
    void aRequestWhoseAnswerIsLostIsSentOnce() throws IOException {
        var requests = new AtomicInteger();
        try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                var api = api(server.getLocalPort())) {
            Thread.ofVirtual().start(() -> serve(server, requests));
            assertThat(api.call("auth.test", Map.of())).isInstanceOf(SlackResponse.Yes.class);
            assertThat(api.call("chat.postMessage", Map.of("text", "x"))).isInstanceOf(SlackResponse.Lost.class);
            assertThat(requests).hasValue(2);
        }
    }

    /** Answers the first request of all, and ends the connection after each other one. */
    private static void serve(ServerSocket server, AtomicInteger requests) {
        while (!server.isClosed()) {
            try (var socket = server.accept()) {
                while (read(socket.getInputStream())) {
                    if (requests.incrementAndGet() > 1) {
                        break;
                    }
                    answer(socket);
                }
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void answer(Socket socket) throws IOException {
        var out = socket.getOutputStream();
        out.write(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + OK.length() + "\r\n\r\n"
                        + OK)
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** Reads one request with its body; false at the end. */
    private static boolean read(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return false;
            }
            head.append((char) next);
        }
        var length = head.toString().toLowerCase(java.util.Locale.ROOT).split("content-length: ", 2);
        int body = length.length < 2 ? 0 : Integer.parseInt(length[1].substring(0, length[1].indexOf('\r')));
        return in.readNBytes(body).length == body;
    }
}
