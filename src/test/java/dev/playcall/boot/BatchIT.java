package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.testing.Gateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Six environments in a real gateway that dies in the middle. */
class BatchIT {
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    private Path home;

    /** @param standIn whether a program that ends soon stands in for Ansible */
    private Gateway gateway(boolean standIn) throws IOException {
        var path = home.resolve("bin") + ":" + System.getenv("PATH");
        var gateway = new Gateway(home, standIn ? Map.of("PATH", path) : Map.of());
        for (int i = 1; i <= 6; i++) {
            gateway.environment("e" + i, List.of("h1"));
        }
        gateway.file("playbooks/deploy.yml", """
            - hosts: all
              gather_facts: false
              tasks:
                - ansible.builtin.command: sleep 2
                  when: "'/e3/' in inventory_file"
                - ansible.builtin.fail: { msg: "no room on the disk" }
                  when: "'/e3/' in inventory_file"
            """);
        if (standIn) {
            standIn();
        }
        return gateway;
    }

    /** Works for a second, in the third environment for three, and fails there. */
    private void standIn() throws IOException {
        var program = home.resolve("bin/ansible-playbook");
        Files.createDirectories(program.getParent());
        Files.writeString(program, """
            #!/bin/sh
            echo '{"n":1,"t":1,"e":"start","v":1}' >> "$PLAYCALL_EVENTS"
            case "$*" in */e3/*) sleep 3; failed=1;; *) sleep 1; failed=0;; esac
            echo '{"n":2,"t":2,"e":"stats","hosts":1,"failed":'$failed',"unreachable":0,"changed":0}' >> "$PLAYCALL_EVENTS"
            [ $failed = 0 ] || exit 2
            """);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static long ask(Gateway gateway, String policy) {
        var names = IntStream.rangeClosed(1, 6).mapToObj(i -> "e" + i).toList();
        var body = Map.of("operation", "deploy", "environments", names, "on_failure", policy);
        var made = gateway.post("/api/v1/batches", body, "Idempotency-Key", "k-" + policy);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(gateway.post("/api/v1/batches", body, "Idempotency-Key", "k-" + policy)
                        .statusCode())
                .isEqualTo(200);
        return Gateway.json(made).path("id").asLong();
    }

    private static List<String> states(JsonNode batch) {
        var states = new ArrayList<String>();
        batch.path("runs").forEach(r -> states.add(r.path("status").asText()));
        return states;
    }

    private static JsonNode ended(Gateway gateway, long batch) {
        await().atMost(LONG)
                .until(() -> states(gateway.get("/api/v1/batches/" + batch)).stream()
                        .noneMatch(s -> List.of("queued", "running").contains(s)));
        return gateway.get("/api/v1/batches/" + batch);
    }

    private static void until(Gateway gateway, long batch, int place, String state) {
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> states(gateway.get("/api/v1/batches/" + batch))
                        .get(place - 1)
                        .equals(state));
    }

    private static void inOrder(JsonNode batch) {
        var end = Instant.EPOCH;
        for (var run : batch.path("runs")) {
            if (!run.path("start_time").isNull()) {
                assertThat(Instant.parse(run.path("start_time").asText())).isAfterOrEqualTo(end);
                end = Instant.parse(run.path("end_time").asText());
            }
        }
    }

    @Test
    void theGatewayIsKilledWhileTheThirdFailsAndTheRestIsStopped() throws Exception {
        try (var gateway = gateway(false).start()) {
            long batch = ask(gateway, "stop");
            until(gateway, batch, 3, "running");
            gateway.kill();
            gateway.start();
            var over = ended(gateway, batch);
            assertThat(states(over))
                    .containsExactly("success", "success", "failed", "cancelled", "cancelled", "cancelled");
            assertThat(over.path("status").asText()).isEqualTo("failed");
            assertThat(over.path("runs").path(5).path("reason").asText())
                    .isEqualTo("batch 1 stopped after #3 e3 failed");
            assertThat(over.path("runs").path(2).path("reason").asText()).contains("h1");
            inOrder(over);
            assertThat(gateway.inProcess(Map.of(), "show", "batch", "1").out())
                    .contains("Batch 1 deploy", "3 not started", "batch 1 stopped after #3 e3 failed");
            var again = Gateway.json(gateway.post("/api/v1/batches/" + batch + "/retry", Map.of()));
            assertThat(again.path("environments")).hasSize(4);
            assertThat(states(ended(gateway, again.path("id").asLong())))
                    .containsExactly("failed", "cancelled", "cancelled", "cancelled");
        }
    }

    @Test
    void theGatewayIsStoppedInTheMiddleAndTheRestGoesOnBehindTheFailure() throws Exception {
        try (var gateway = gateway(true).start()) {
            long batch = ask(gateway, "continue");
            until(gateway, batch, 2, "running");
            gateway.stop();
            gateway.start();
            var over = ended(gateway, batch);
            assertThat(states(over)).containsExactly("success", "success", "failed", "success", "success", "success");
            inOrder(over);
        }
    }
}
