package dev.playcall.chat.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.playcall.config.Config;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import net.dv8tion.jda.api.hooks.ListenerAdapter;
import org.junit.jupiter.api.Test;

class DiscordConnectionTest {
    /** As long as Discord cannot be reached, it is asked after 0.5 to 1 s, then after 1 to 2 s, and by nobody else meanwhile. */
    @Test
    void aLoginThatFailsIsRepeatedAfterLongerAndLongerPauses() throws Exception {
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var times = new CopyOnWriteArrayList<Long>();
            Thread.ofVirtual().start(() -> hangUp(server, times));
            try (var connection = connection(server)) {
                connection.start(() -> true);
                await().atMost(Duration.ofSeconds(60)).until(() -> times.size() >= 3);
            }
            assertThat(pauses(times).getFirst()).isGreaterThan(400);
            assertThat(pauses(times).get(1)).isGreaterThan(900);
        }
    }

    @Test
    void itEndsOnAThreadThatIsInterrupted() throws Exception {
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var times = new CopyOnWriteArrayList<Long>();
            Thread.ofVirtual().start(() -> hangUp(server, times));
            var connection = connection(server);
            connection.start(() -> true);
            await().atMost(Duration.ofSeconds(60)).until(() -> !times.isEmpty());
            Thread.currentThread().interrupt();
            connection.close();
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private static DiscordConnection connection(ServerSocket server) {
        var base = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
        return new DiscordConnection(
                new Config.Discord(new Config.Secret("MTIz.AAAAAA.none"), List.of(), base, base, ""),
                new ListenerAdapter() {});
    }

    private static List<Long> pauses(List<Long> times) {
        var pauses = new ArrayList<Long>();
        for (int i = 1; i < times.size(); i++) {
            pauses.add((times.get(i) - times.get(i - 1)) / 1_000_000);
        }
        return pauses;
    }

    private static void hangUp(ServerSocket server, List<Long> times) {
        try {
            while (true) {
                server.accept().close();
                times.add(System.nanoTime());
            }
        } catch (IOException e) {
            // closed
        }
    }
}
