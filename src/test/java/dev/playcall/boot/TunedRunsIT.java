package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.playcall.testing.Gateway;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings of Ansible for one environment, with real Ansible. */
class TunedRunsIT {
    @Test
    void factsAreKeptForTheNextRunAndTheRunSaysWhatHeldForIt(@TempDir Path home) throws Exception {
        try (var gateway = new Gateway(home, Map.of())) {
            gateway.environment("fleet", List.of("h1", "h2"));
            gateway.file(
                    "config/playcall.yml", "ansible: { environments: { fleet: { fact_cache: 24h, forks: 7 } } }\n");
            gateway.file("playbooks/facts.yml", """
                - hosts: all
                  tasks:
                    - ansible.builtin.debug: { msg: "{{ ansible_facts.system }}" }
                """);
            gateway.start();
            assertThat(gathered(gateway, home)).isTrue();
            assertThat(gathered(gateway, home)).isFalse();
            var facts = home.resolve("data/facts/fleet");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(facts)))
                    .isEqualTo("rwx------");
            assertThat(facts.resolve("h1")).exists();
            var page = gateway.send(gateway.request("/runs/2").header("Accept", "text/html"));
            assertThat(page.body())
                    .contains("fact_cache 1d (ansible.environments.fleet.fact_cache)")
                    .contains("forks 7 (ansible.environments.fleet.forks)", "gathering smart (ansible.gathering)");
        }
    }

    private static boolean gathered(Gateway gateway, Path home) throws Exception {
        long run = gateway.run("play", "fleet", Map.of("playbook", "facts"));
        await().atMost(Duration.ofMinutes(2)).until(() -> gateway.isOver(run));
        assertThat(gateway.get("/api/v1/runs/" + run).path("status").asText()).isEqualTo("success");
        return Files.readString(home.resolve("data/runs/" + run + "/events")).contains("Gathering Facts");
    }
}
