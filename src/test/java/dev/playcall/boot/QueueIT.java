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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many who ask at once. The program behind these 100 runs is a stand-in that ends at once: what is looked at is the queue,
 * and Ansible's start-up would only make it longer.
 */
class QueueIT {
    private static final String SHORT =
            "- hosts: all\n  gather_facts: false\n  tasks:\n    - ansible.builtin.meta: noop\n";

    @TempDir
    private Path home;

    @Test
    void eightyRequestsOfOnePlaybookAndTwentyOfAnotherNeverOverlapAndNoneIsLost() throws Exception {
        try (var gateway = new Gateway(home, Map.of("PATH", home.resolve("bin") + ":" + System.getenv("PATH")))) {
            gateway.environment("prod", List.of("h1"));
            gateway.file("playbooks/big.yml", SHORT);
            gateway.file("playbooks/small.yml", SHORT);
            standIn();
            gateway.start();
            assertThat(ask(gateway)).hasSize(100).doesNotHaveDuplicates();
            await().atMost(Duration.ofMinutes(5))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> isEmpty(gateway));
            var runs = all(gateway);
            assertThat(runs)
                    .hasSize(100)
                    .allSatisfy(r -> assertThat(r.path("status").asText()).isEqualTo("success"));
            neverOverlap(runs, "big");
            neverOverlap(runs, "small");
        }
    }

    private static List<Long> ask(Gateway gateway) throws Exception {
        var asks = new ArrayList<Callable<Long>>();
        for (int i = 0; i < 100; i++) {
            var playbook = i % 5 == 0 ? "small" : "big";
            asks.add(() -> gateway.run("play", "prod", Map.of("playbook", playbook)));
        }
        var ids = new ArrayList<Long>();
        try (var pool = Executors.newFixedThreadPool(16)) {
            for (var done : pool.invokeAll(asks)) {
                ids.add(done.get());
            }
        }
        return ids;
    }

    private void standIn() throws IOException {
        var program = home.resolve("bin/ansible-playbook");
        Files.createDirectories(program.getParent());
        Files.writeString(program, """
                #!/bin/sh
                echo '{"n":1,"t":1,"e":"start","v":1}' >> "$PLAYCALL_EVENTS"
                echo '{"n":2,"t":2,"e":"stats","hosts":1,"failed":0,"unreachable":0,"changed":0}' >> "$PLAYCALL_EVENTS"
                """);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static boolean isEmpty(Gateway gateway) {
        var queue = gateway.get("/api/v1/queue");
        return queue.path("running").isEmpty() && queue.path("waiting").isEmpty();
    }

    private static List<JsonNode> all(Gateway gateway) {
        var page = gateway.get("/api/v1/runs?limit=500").path("runs");
        var runs = new ArrayList<JsonNode>();
        page.forEach(runs::add);
        return runs;
    }

    /** In order of their numbers, and each after the end of the one before. */
    private static void neverOverlap(List<JsonNode> runs, String playbook) {
        var worked = runs.stream()
                .filter(r -> r.path("playbook").asText().equals(playbook))
                .filter(r -> !r.path("start_time").isNull())
                .sorted(Comparator.comparingLong(r -> r.path("id").asLong()))
                .toList();
        assertThat(worked).isNotEmpty();
        var end = Instant.EPOCH;
        for (var run : worked) {
            assertThat(Instant.parse(run.path("start_time").asText())).isAfterOrEqualTo(end);
            end = Instant.parse(run.path("end_time").asText());
        }
    }

    @Test
    void theSameKeyIsTheSameRun() throws Exception {
        try (var gateway = new Gateway(home)) {
            gateway.environment("prod", List.of("h1"));
            gateway.file("playbooks/deploy.yml", SHORT);
            gateway.start();
            var body = Map.of("operation", "deploy", "environment", "prod");
            var first = gateway.post("/api/v1/runs", body, "Idempotency-Key", "abc");
            var second = gateway.post("/api/v1/runs", body, "Idempotency-Key", "abc");
            assertThat(first.statusCode()).isEqualTo(201);
            assertThat(second.statusCode()).isEqualTo(200);
            assertThat(Gateway.json(second).path("id"))
                    .isEqualTo(Gateway.json(first).path("id"));
            var other = Map.of("operation", "validate", "environment", "prod");
            assertThat(gateway.post("/api/v1/runs", other, "Idempotency-Key", "abc")
                            .statusCode())
                    .isEqualTo(422);
            await().atMost(Duration.ofMinutes(1)).until(() -> gateway.isOver(1));
        }
    }
}
