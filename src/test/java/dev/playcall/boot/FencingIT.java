package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.playcall.testing.Gateway;
import dev.playcall.testing.PostgresServer;
import dev.playcall.testing.TcpProxy;
import dev.playcall.testing.TestSshd;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/** A machine that loses the database stops its runs before another one gives them up and starts the same playbook. */
class FencingIT {
    /** Says which run is at work, for as long as it is; deaf to what would end it politely. */
    private static final String AT_WORK = """
        - hosts: here
          gather_facts: false
          tasks:
            - ansible.builtin.debug:
            - ansible.builtin.shell: trap '' TERM; while :; do echo "$(date +%%s%%3N) $PLAYCALL_RUN_ID" >> '%s'; sleep 0.1; done
              changed_when: true
        """;

    @TempDir(factory = TempDirFactory.Standard.class)
    private Path home;

    @TempDir(factory = TempDirFactory.Standard.class)
    private Path second;

    @Test
    void theProcessesOfARunAreGoneBeforeTheOtherMachineStartsThePlaybook() throws Exception {
        var server = PostgresServer.shared();
        var database = server.create();
        var work = home.resolve("work");
        try (var sshd = sshd();
                var network = new TcpProxy(server.port());
                var first = gateway(home, "first", server.place(database, network.port()), work);
                var other = gateway(second, "second", server.place(database), work)) {
            inventory(first, sshd);
            inventory(other, sshd);
            first.start();
            secret(first, sshd.clientKey());
            long run = first.run("deploy", "prod", Map.of());
            long far = first.run("play", "prod", Map.of("playbook", "elsewhere"));
            await().atMost(Duration.ofSeconds(60)).until(() -> !says(work, far).isEmpty());
            await().atMost(Duration.ofSeconds(60)).until(() -> !says(work, run).isEmpty());
            first.kill(); // alone, that does no harm: the next one adopts the run
            first.start();
            assertThat(first.status(run)).isEqualTo("running");
            int lines = says(work, run).size();
            await().atMost(Duration.ofSeconds(10)).until(() -> says(work, run).size() > lines);

            network.cut();
            other.takeAlong(home, "data/keys", "data/audit.head");
            other.start();
            long next = other.run("deploy", "prod", Map.of());
            await().atMost(Duration.ofSeconds(90)).until(() -> !says(work, next).isEmpty());
            assertThat(other.get("/api/v1/runs/" + run).path("reason").asText())
                    .isEqualTo("node first, which worked on it, has not been heard of for 30 s");
            assertThat(other.get("/api/v1/runs/" + run)
                            .path("successful_servers")
                            .asInt(-1))
                    .as("nobody knows how far they came")
                    .isZero();
            assertThat(says(work, run).getLast()).isLessThan(says(work, next).getFirst());
            int last = says(work, far).size();
            assertThat(says(work, far).getLast()).isLessThan(says(work, next).getFirst());
            assertThat(home.resolve("data/runs/" + run + "/exit.json"))
                    .content()
                    .contains("\"why\": \"fenced\"");
            other.post("/api/v1/runs/" + next + "/cancel", Map.of());
            await().atMost(Duration.ofSeconds(60)).until(() -> other.isOver(next));
            assertThat(says(work, far)).as("still at work on the other host").hasSize(last);
            first.stop();
            assertThat(first.process().waitFor(20, TimeUnit.SECONDS))
                    .as("ends, although the database does not answer")
                    .isTrue();
        }
    }

    private static Gateway gateway(Path folder, String node, String store, Path work) {
        var variables = new HashMap<>(PostgresServer.settings(store, node));
        variables.put("PLAYCALL_CLUSTER_LOST_AFTER", "30s");
        var gateway = new Gateway(folder, variables);
        gateway.file("config/playcall.yml", "ansible: { host_key_checking: false }\n");
        gateway.file("playbooks/deploy.yml", AT_WORK.formatted(work));
        gateway.file("playbooks/elsewhere.yml", AT_WORK.formatted(work));
        gateway.file("playbooks/elsewhere.meta.yml", "run_on: far1\n");
        return gateway;
    }

    /** Another host, which executes runs for the gateways. */
    private TestSshd sshd() throws IOException, InterruptedException {
        var far = Files.createDirectories(home.resolve("far"));
        return new TestSshd(home.resolve("sshd"), 1, _ -> "SetEnv HOME=" + far + "\n");
    }

    private static void inventory(Gateway gateway, TestSshd sshd) throws IOException {
        var ssh = Files.readString(sshd.inventory()).replaceAll("(?m)^.*ansible_(ssh_|python_).*\n", "");
        gateway.file("inventory/prod/hosts.yml", ssh + """
                here: { ansible_connection: local, ansible_python_interpreter: /usr/bin/python3 }
            """);
    }

    private static void secret(Gateway gateway, String key) {
        var body = "{\"value\": \"%s\", \"kind\": \"ssh_key\"}".formatted(key.replace("\n", "\\n"));
        var answer = gateway.send(gateway.request("/api/v1/secrets/prod/deploy")
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    }

    /** When the processes of a run said that they are there, in milliseconds. */
    private static List<Long> says(Path work, long run) throws IOException {
        return !Files.exists(work)
                ? List.of()
                : Files.readAllLines(work).stream()
                        .filter(line -> line.endsWith(" " + run))
                        .map(line -> Long.parseLong(line.split(" ", 2)[0]))
                        .toList();
    }
}
