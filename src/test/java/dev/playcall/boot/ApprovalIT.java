package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.testing.Gateway;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Check, look, approve exactly this, apply: with real Ansible and a gateway that is killed in between. */
class ApprovalIT {
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    Path home;

    private Path made;
    private Path go;

    @BeforeEach
    void paths() {
        made = home.resolve("made");
        go = home.resolve("go");
    }

    private Gateway gateway(boolean preview) {
        var gateway = new Gateway(home);
        gateway.environment("prod", List.of("h1"));
        gateway.file(
                "config/playcall.yml",
                "access:\n  policies:\n    - { requester_may_approve: true, preview: " + preview + " }\n");
        return gateway;
    }

    private static JsonNode approval(Gateway gateway, long run) {
        return gateway.get("/api/v1/runs/" + run).path("approval");
    }

    private static int approve(Gateway gateway, long run) {
        return gateway.post("/api/v1/runs/" + run + "/approve", Map.of()).statusCode();
    }

    private static void reached(Gateway gateway, long run, String state) {
        await().atMost(LONG).until(() -> gateway.status(run).equals(state));
    }

    @Test
    void aLookAheadChangesNothingAndAnApprovalSurvivesAKill() throws Exception {
        try (var gateway = gateway(true)) {
            gateway.file(
                    "playbooks/deploy.yml",
                    "- name: Roll out\n  hosts: all\n  gather_facts: false\n  tasks:\n    - name: Copy the release\n"
                            + "      ansible.builtin.copy: { content: v1, dest: \"" + made + "\" }\n");
            gateway.start();
            long run = gateway.run("deploy", "prod", Map.of());
            assertThat(approve(gateway, run)).isEqualTo(400);
            await().atMost(LONG)
                    .until(() ->
                            !approval(gateway, run).path("check_found").asText().isEmpty());
            var shown = approval(gateway, run);
            assertThat(shown.path("check_found").asText())
                    .contains("in check mode: succeeded, 1 of 1 hosts would change (h1 1 tasks)");
            assertThat(shown.path("hosts")).hasToString("[\"h1\"]");
            assertThat(shown.path("tasks").toString()).contains("Copy the release");
            assertThat(made).doesNotExist();
            gateway.kill();
            gateway.start();
            assertThat(approve(gateway, run)).isEqualTo(200);
            reached(gateway, run, "success");
            assertThat(made).hasContent("v1");
        }
    }

    @Test
    void aPlaybookEditedBetweenApprovalAndStartIsNotRun() throws Exception {
        try (var gateway = gateway(false)) {
            var waits = "- name: Wait\n  hosts: all\n  gather_facts: false\n  tasks:\n    - name: Wait\n"
                    + "      ansible.builtin.wait_for: { path: \"" + go + "\", sleep: 1 }\n";
            gateway.file("playbooks/deploy.yml", waits);
            gateway.start();
            long first = gateway.run("deploy", "prod", Map.of());
            var followed =
                    CompletableFuture.supplyAsync(() -> gateway.inProcess(Map.of(), "deploy", "prod", "-o", "json"));
            long second = first + 1;
            await().atMost(LONG)
                    .until(() -> gateway.get("/api/v1/runs").at("/runs/0/id").asLong() == second);
            assertThat(approve(gateway, first)).isEqualTo(200);
            // From then on Ansible has read the playbook.
            await().atMost(LONG)
                    .until(() -> gateway.get("/api/v1/runs/" + first)
                            .path("progress")
                            .path("task")
                            .asText()
                            .equals("Wait"));
            assertThat(approve(gateway, second)).isEqualTo(200);
            assertThat(approve(gateway, second)).isEqualTo(409);
            gateway.file(
                    "playbooks/deploy.yml",
                    waits + "    - ansible.builtin.file: { path: \"" + made + "\", state: touch }\n");
            Files.createFile(go);
            reached(gateway, first, "success");
            reached(gateway, second, "rejected");
            assertThat(gateway.get("/api/v1/runs/" + second).path("reason").asText())
                    .contains("the approval is invalid: playbooks/deploy.yml changed");
            assertThat(made).doesNotExist();
            var told = followed.join();
            assertThat(told.code()).isEqualTo(2);
            assertThat(told.err()).matches("playcall: 2 awaits 1 approval until \\S+Z: ./playcall approve 2\n");
        }
    }
}
