package dev.playcall.config.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadingTest {
    @TempDir
    Path home;

    private LoadedConfig reading(String yaml) throws IOException {
        Files.createDirectories(home.resolve("config"));
        Files.writeString(home.resolve("config/playcall.yml"), yaml);
        return ConfigFile.read(home, Optional.empty(), Map.of());
    }

    @Test
    void aCommentOrAMovedLineIsNoChange() throws IOException {
        var before = reading("ansible: { forks: 5 }\nserver: { port: 1 }\n");
        var after = reading("# said twice\nserver:\n  port: 1\n\nansible:\n  forks: 5\n");
        assertThat(after.changed(before)).isEmpty();
        assertThat(after.needingRestart(before)).isEmpty();
    }

    @Test
    void whatIsNewGoneOrDifferentIsNamedByItsKey() throws IOException {
        var before = reading("ansible: { forks: 5, timeout: 2h }\nserver: { port: 1 }\n");
        var after = reading("ansible: { forks: 6 }\nretention: { runs: { max_count: 7 } }\nserver: { port: 2 }\n");
        assertThat(after.changed(before))
                .containsExactly("ansible.forks", "ansible.timeout", "retention.runs.max_count");
        assertThat(after.needingRestart(before)).containsExactly("server.port");
    }

    @Test
    void aListIsOneThingAndItsOrderCounts() throws IOException {
        var before = reading("access: { bindings: [{ role: admin, people: [web:a, web:b] }] }\n");
        var after = reading("access: { bindings: [{ role: admin, people: [web:b, web:a] }] }\n");
        assertThat(after.changed(before)).containsExactly("access.bindings");
    }

    @Test
    void nobodyReadsASecretInIt() throws IOException {
        assertThat(reading("chat: { slack: { bot_token: xoxb-4711 } }\n").toString())
                .doesNotContain("4711");
    }

    @Test
    void whatNeedsARestartStaysAsItWasStarted() throws IOException {
        var started = reading("server: { port: 1 }\npaths: { playbooks: a }\nansible: { forks: 5 }\n")
                .config();
        var running = reading("server: { port: 2 }\npaths: { playbooks: b }\nansible: { forks: 6 }\n")
                .config()
                .runningAs(started);
        assertThat(running.server().port()).isEqualTo(1);
        assertThat(running.paths().playbooks()).isEqualTo(home.resolve("a"));
        assertThat(running.ansible().forks()).isEqualTo(6);
    }
}
