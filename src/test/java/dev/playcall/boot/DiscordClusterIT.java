package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.playcall.rehearsal.discord.DiscordServer;
import dev.playcall.rehearsal.discord.Person;
import dev.playcall.rehearsal.discord.Shown;
import dev.playcall.testing.Gateway;
import dev.playcall.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/** Two gateways on one database, of which one is connected to Discord. */
class DiscordClusterIT {
    private static final Duration LONG = Duration.ofMinutes(2);

    private final DiscordServer discord = DiscordServer.start();
    private final Person alice = discord.person("300000000000000001", "alice", discord.role("operators"));
    private final String channel = discord.channel("operations");
    private Gateway first;
    private Gateway second;

    @BeforeEach
    void start(@TempDir(factory = TempDirFactory.Standard.class) Path folder) throws IOException {
        var server = PostgresServer.shared();
        var place = server.place(server.create());
        first = node(folder, "node-1", place).start();
        await().atMost(LONG).until(discord::usable);
        second = node(folder, "node-2", place);
        second.takeAlong(folder.resolve("node-1"), "data/keys");
        second.start();
    }

    private Gateway node(Path folder, String name, String place) {
        var settings = new HashMap<>(PostgresServer.settings(place, name));
        settings.putAll(DiscordStage.settings(discord));
        var gateway = new Gateway(folder.resolve(name), settings);
        gateway.environment("prod", List.of("h1"));
        gateway.file(
                "playbooks/site.yml",
                "- hosts: h1\n  gather_facts: false\n  tasks: [{ ansible.builtin.debug: { msg: done } }]\n");
        return gateway;
    }

    @AfterEach
    void end() {
        second.close();
        first.close();
        discord.close();
    }

    private List<Shown> own() {
        return discord.messages(channel).stream()
                .filter(m -> m.author().equals("Playcall"))
                .toList();
    }

    private List<Shown> replies() {
        return discord.replies(alice).stream().filter(r -> !r.loading()).toList();
    }

    /** By a command that is answered once, and a run whose card is shown once. */
    private void assertItWorks(Gateway door) {
        int before = replies().size();
        var slash = SlashLine.of("status", discord.commands()).orElseThrow();
        discord.slash(alice, channel, slash.command(), slash.options());
        await().atMost(LONG).until(() -> replies().size() > before);
        int cards = own().size();
        long run = door.run("play", "prod", Map.of("playbook", "site"));
        await().atMost(LONG).until(() -> door.isOver(run) && own().size() > cards);
        await().during(Duration.ofSeconds(3))
                .atMost(LONG)
                .untilAsserted(() -> assertThat(own()).hasSize(cards + 1));
        assertThat(replies()).hasSize(before + 1);
        assertThat(discord.connections()).isEqualTo(1);
    }

    @Test
    void anotherOneTakesOverFromOneThatIsStoppedAndFromOneThatIsKilled() throws Exception {
        assertItWorks(second);
        assertThat(second.send(second.request("/readyz")).body()).doesNotContain("is connecting");
        first.stop();
        await().atMost(LONG).until(() -> discord.connections() == 1);
        assertItWorks(second);
        first.start();
        assertItWorks(first);
        second.kill();
        await().atMost(LONG).until(() -> discord.connections() == 0);
        await().atMost(LONG).until(() -> discord.connections() == 1);
        assertItWorks(first);
        assertThat(discord.mostConnections()).isEqualTo(1);
    }
}
