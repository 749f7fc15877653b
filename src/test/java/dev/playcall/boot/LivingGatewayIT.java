package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.playcall.testing.Gateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One run through much of a day: registered hosts, a pause over a restart of the gateway, SIGHUP with a good and a bad file. */
class LivingGatewayIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path home;

    private long ticks() throws IOException {
        var file = home.resolve("ticks");
        return Files.exists(file) ? Files.size(file) : 0;
    }

    private static void hangUp(Gateway gateway) throws IOException, InterruptedException {
        var kill = new ProcessBuilder(
                        "kill", "-HUP", Long.toString(gateway.process().pid()))
                .start();
        assertThat(kill.waitFor()).isZero();
    }

    private static String audit(Gateway gateway) {
        return gateway.get("/api/v1/audit").toString();
    }

    @Test
    void aPausedRunOutlivesARestartAndSighupIsHeard() throws Exception {
        try (var gateway = new Gateway(home)) {
            gateway.environment("prod", List.of("h1"));
            gateway.file("playbooks/hold.yml", """
                - hosts: all
                  gather_facts: false
                  tasks:
                    - ansible.builtin.shell: |
                        while [ ! -e "{{ playbook_dir }}/../go" ]; do echo tick >> "{{ playbook_dir }}/../ticks"; sleep 0.05; done
                """);
            gateway.start();
            assertThat(gateway.post(
                                    "/api/v1/inventory/prod/registered",
                                    Map.of("name", "vm-1", "tags", List.of("canary")))
                            .statusCode())
                    .isEqualTo(201);
            long run = gateway.run("play", "prod", Map.of("playbook", "hold", "limit", "canary"));
            await().atMost(SOON).until(() -> ticks() > 0);
            assertThat(gateway.post("/api/v1/runs/" + run + "/pause", Map.of("reason", "lunch"))
                            .statusCode())
                    .isEqualTo(200);
            gateway.send(
                    gateway.request("/api/v1/inventory/prod/registered/vm-1").DELETE());
            var process = gateway.process();
            gateway.stop();
            assertThat(process.exitValue())
                    .as("SIGTERM is how a service is stopped, no failure")
                    .isZero();
            gateway.start();

            var stood = ticks();
            assertThat(gateway.status(run)).isEqualTo("running");
            assertThat(gateway.get("/api/v1/runs/" + run)
                            .path("paused")
                            .path("reason")
                            .asText())
                    .isEqualTo("lunch");
            gateway.file("config/playcall.yml", "ansible: { forks: 9 }\n");
            hangUp(gateway);
            await().atMost(SOON).until(() -> audit(gateway).contains("ansible.forks"));
            gateway.file("config/playcall.yml", "ansible:\n  forks: many\n");
            hangUp(gateway);
            await().atMost(SOON).until(() -> audit(gateway).contains("config/playcall.yml:2"));
            assertThat(audit(gateway)).contains("console:SIGHUP");
            assertThat(ticks()).isEqualTo(stood);

            gateway.file("go", "");
            assertThat(gateway.post("/api/v1/runs/" + run + "/resume", Map.of()).statusCode())
                    .isEqualTo(200);
            await().atMost(SOON).until(() -> gateway.isOver(run));
            assertThat(gateway.status(run)).isEqualTo("success");
            assertThat(gateway.get("/api/v1/runs/" + run + "/hosts").toString())
                    .contains("vm-1")
                    .doesNotContain("h1");
        }
    }
}
