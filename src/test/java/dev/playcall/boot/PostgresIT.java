package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.playcall.testing.Gateway;
import dev.playcall.testing.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/** A gateway whose runs are kept in PostgreSQL. */
class PostgresIT {
    private static final String SLOW = """
        - name: Count slowly
          hosts: all
          gather_facts: false
          tasks:
            - name: Count
              ansible.builtin.command: sh -c 'for i in 1 2 3 4 5 6; do echo $i; sleep 0.3; done'
              changed_when: true
            - name: Knock at the Übergang
              ansible.builtin.command: test {{ inventory_hostname }} != h2
              changed_when: false
        """;

    private static final String BEGINS = """
        - hosts: h1
          gather_facts: false
          tasks:
            - ansible.builtin.shell: date >> '%s'; sleep 2
              changed_when: true
        """;

    @TempDir(factory = TempDirFactory.Standard.class)
    private Path home;

    @TempDir(factory = TempDirFactory.Standard.class)
    private Path second;

    private static Map<String, String> store(PostgresServer server, String database) {
        return PostgresServer.settings(server.place(database));
    }

    private static Gateway project(Path home, Map<String, String> environment) {
        var gateway = new Gateway(home, environment);
        gateway.environment("prod", List.of("h1", "h2"));
        gateway.file("playbooks/deploy.yml", SLOW);
        return gateway;
    }

    @Test
    void aRunOutlivesTheGatewayThatIsKilledAndIsFoundByTheNextOne() throws Exception {
        var server = PostgresServer.shared();
        var database = server.create();
        var store = store(server, database);
        try (var gateway = project(home, store)) {
            gateway.start();
            long run = gateway.run("deploy", "prod", Map.of());
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Files.exists(home.resolve("data/runs/" + run + "/events")));
            gateway.kill();
            gateway.start();
            await().atMost(Duration.ofSeconds(60)).until(() -> gateway.isOver(run));
            var ended = gateway.get("/api/v1/runs/" + run);
            assertThat(ended.path("reason").asText()).isEqualTo("1 of 2 hosts failed: h2");
            assertThat(found(gateway, "ubergang")).containsExactly(run);
            assertThat(found(gateway, "nothing-of-it")).isEmpty();
            assertThat(gateway.get("/api/v1/runs?status=failed&environment=prod")
                            .path("runs"))
                    .hasSize(1);
            assertThat(gateway.get("/readyz").toString()).doesNotContain("not responding");
            var node = gateway.get("/api/v1/nodes").path("nodes").path(0);
            assertThat(node.path("status").asText() + node.path("running")).isEqualTo("up0");
            assertThat(ended.path("node")).isEqualTo(node.path("name"));
            isRefusedToAnother(store);
            isToldByDoctor(gateway, store);
            saysThatTheDatabaseIsAwayAndGoesOnWithoutHands(gateway, server, database);
        }
    }

    /** The other machine has the keys and the files of the project, as a backup has them, and nothing of the runs. */
    @Test
    void aRunOfAMachineThatIsGoneIsInterruptedAndNotDoneAgain() throws Exception {
        var server = PostgresServer.shared();
        var store = new HashMap<>(store(server, server.create()));
        var begun = second.resolveSibling(second.getFileName() + ".begun");
        store.put("PLAYCALL_CLUSTER_LOST_AFTER", "8s");
        store.put("PLAYCALL_CLUSTER_NODE", "first");
        long run;
        try (var gateway = project(home, store)) {
            gateway.file("playbooks/deploy.yml", BEGINS.formatted(begun));
            gateway.start();
            run = gateway.run("deploy", "prod", Map.of());
            await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(begun));
            gateway.kill();
        }
        store.put("PLAYCALL_CLUSTER_NODE", "second");
        try (var gateway = project(second, store)) {
            gateway.file("playbooks/deploy.yml", BEGINS.formatted(begun));
            gateway.takeAlong(home, "data/keys", "data/audit.head");
            gateway.start();
            assertThat(gateway.status(run)).isEqualTo("running");
            long next = gateway.run("deploy", "prod", Map.of());
            await().atMost(Duration.ofSeconds(60)).until(() -> gateway.isOver(run));
            assertThat(gateway.get("/api/v1/runs/" + run).path("status").asText())
                    .isEqualTo("interrupted");
            assertThat(gateway.get("/api/v1/runs/" + run).path("reason").asText())
                    .isEqualTo("node first, which worked on it, has not been heard of for 8 s");
            await().atMost(Duration.ofSeconds(60)).until(() -> gateway.isOver(next));
            assertThat(gateway.get("/api/v1/runs/" + next).path("node").asText())
                    .isEqualTo("second");
            assertThat(Files.readAllLines(begun)).hasSize(2);
            assertThat(gateway.get("/api/v1/nodes").toString()).contains("\"first\"", "\"second\"");
        }
    }

    private static void saysThatTheDatabaseIsAwayAndGoesOnWithoutHands(
            Gateway gateway, PostgresServer server, String database) {
        server.sql("alter database " + database + " allow_connections false");
        server.sql("select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + database + "'");
        var read = gateway.send(gateway.request("/api/v1/runs"));
        assertThat(read.statusCode()).isEqualTo(503);
        assertThat(read.body()).contains("the database does not answer");
        assertThat(read.headers().firstValue("Retry-After")).isPresent();
        var start = gateway.post("/api/v1/runs", Map.of("operation", "deploy", "environment", "prod"));
        assertThat(start.statusCode()).as(start.body()).isEqualTo(503);
        assertThat(start.body()).contains("the database does not answer");
        var cancel = gateway.post("/api/v1/runs/1/cancel", Map.of());
        assertThat(cancel.statusCode()).isEqualTo(503);
        assertThat(cancel.body()).contains("the database does not answer");
        server.sql("alter database " + database + " allow_connections true");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> gateway.send(gateway.request("/readyz")).statusCode() == 200);
        long run = gateway.run("deploy", "prod", Map.of());
        await().atMost(Duration.ofSeconds(60)).until(() -> gateway.isOver(run));
    }

    private static List<Long> found(Gateway gateway, String words) {
        return gateway.get("/api/v1/runs?q=" + words)
                .path("runs")
                .valueStream()
                .map(r -> r.path("id").asLong())
                .toList();
    }

    private void isRefusedToAnother(Map<String, String> store) throws Exception {
        try (var other = project(second, store)) {
            var told = other.command(store, "serve").get();
            assertThat(told.code()).isNotZero();
            assertThat(told.err())
                    .contains("another gateway uses this database")
                    .doesNotContain(PostgresServer.PASSWORD);
        }
    }

    private static void isToldByDoctor(Gateway gateway, Map<String, String> store) throws Exception {
        var doctor = gateway.command(store, "doctor").get();
        assertThat(doctor.out()).contains("database is on PostgreSQL ").doesNotContain(PostgresServer.PASSWORD);
    }
}
