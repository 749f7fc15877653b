package dev.playcall.notify.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.boot.GatewayFile;
import dev.playcall.chat.discord.api.DiscordApi;
import dev.playcall.chat.discord.api.DiscordApi.DiscordResponse;
import dev.playcall.chat.slack.SlackAdapter;
import dev.playcall.cli.client.HttpGateway;
import dev.playcall.config.Config;
import dev.playcall.config.ReceiverConfig.Connection;
import dev.playcall.security.identity.Credential;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever is spoken to over {@code http://} may know nothing of HTTP/2, and answers 400 to the header that offers it. */
class ClearTextHttpTest {
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private ServerSocket server;
    private URI base;

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        base = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
        Thread.ofVirtual().start(this::serve);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (var socket = server.accept()) {
                answer(socket);
            } catch (IOException e) {
                // The test is over, or a client has gone.
            }
        }
    }

    /** As Node's server does: an Upgrade that nobody listens for ends the conversation. */
    private void answer(Socket socket) throws IOException {
        var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        var first = in.readLine();
        boolean upgrade = false;
        int length = 0;
        for (var line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            var header = line.toLowerCase(Locale.ROOT);
            upgrade |= header.startsWith("upgrade:") || header.startsWith("http2-settings:");
            length = header.startsWith("content-length:")
                    ? Integer.parseInt(header.substring(15).strip())
                    : length;
        }
        in.skip(length);
        asked.add(first + (upgrade ? " with Upgrade" : ""));
        var body = "{\"ok\":true,\"parts\":[]}";
        socket.getOutputStream()
                .write((upgrade
                                ? "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"
                                : "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                                        + body.length() + "\r\nConnection: close\r\n\r\n" + body)
                        .getBytes(StandardCharsets.US_ASCII));
    }

    private void isTaken() {
        assertThat(asked).isNotEmpty().allMatch(a -> a.endsWith(" HTTP/1.1"), "HTTP/1.1 without an Upgrade");
        asked.clear();
    }

    @Test
    void everyClientIsUnderstoodByAServerThatKnowsOnlyHttp11() {
        var none = new Config.Secret("");
        try (var discord = new DiscordApi(new Config.Discord(none, List.of(), base, base, ""), Clock.systemUTC())) {
            assertThat(discord.get("users/@me")).isInstanceOf(DiscordResponse.Ok.class);
        }
        isTaken();
        var slack =
                new Config.Slack(new Config.Secret("xoxb-1"), new Config.Secret("xapp-1"), none, "socket", base, "");
        try (var adapter = new SlackAdapter(slack, Clock.systemUTC(), () -> false, "")) {
            adapter.check();
        }
        isTaken();
        try (var gateway = new HttpGateway(new GatewayFile.Found(base, new Credential("s")))) {
            assertThat(gateway.problems()).isEmpty();
        }
        isTaken();
        assertThat(new SinkHttp(Connection.PRIVATE).call(base, new byte[] {1}, Map.of()))
                .isInstanceOfSatisfying(
                        SinkHttp.Answer.Response.class,
                        s -> assertThat(s.status()).isEqualTo(200));
        isTaken();
    }

    @Test
    void noClientOfTheJdkLeavesItsVersionToTheJdk() throws IOException {
        try (var files = Files.walk(Path.of("src/main/java"))) {
            assertThat(files.filter(f -> f.toString().endsWith(".java"))
                            .filter(f -> !f.toString().contains("/bench/"))
                            .map(ClearTextHttpTest::text)
                            .filter(t -> t.contains("HttpClient.new"))
                            .filter(t -> !t.contains(".version(")))
                    .isEmpty();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
