package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.testing.Gateway;
import dev.playcall.testing.TestSshd;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * One ping of nineteen hosts over real ssh: fifteen answer, one refuses the connection, one accepts it and says nothing, one
 * logs in and hangs, and one is never asked because of that.
 */
class PingIT {
    private static final int ANSWER = 15;
    private static final List<String> ANSWERING =
            IntStream.rangeClosed(1, ANSWER).mapToObj(i -> "far" + i).toList();
    private static final String HANGS = "far" + (ANSWER + 1);

    @TempDir(factory = TempDirFactory.Standard.class)
    static Path home;

    private static TestSshd sshd;
    private static ServerSocket silent;
    private static Gateway gateway;
    private static String spec;
    private static JsonNode run;
    private static Map<String, JsonNode> results;
    private static Map<String, JsonNode> servers;

    @BeforeAll
    static void pingThemAll() throws Exception {
        // Goes when its connection does, so nothing of it is left.
        sshd = new TestSshd(home.resolve("sshd"), ANSWER + 1, last -> """
            Match LocalAddress %s
              ForceCommand tail -f /dev/null --pid=$PPID
            """.formatted(last));
        silent = new ServerSocket(0, 5, InetAddress.getByName("127.10.1.1"));
        gateway = new Gateway(home, Map.of("PLAYCALL_ANSIBLE_HOST_KEY_CHECKING", "false"));
        project();
        gateway.start();
        long id = gateway.run("ping", "prod", Map.of());
        await().atMost(Duration.ofMinutes(2)).until(() -> answered(id) == ANSWER + 2);
        spec = spec();
        gateway.post("/api/v1/runs/" + id + "/cancel", Map.of());
        await().atMost(Duration.ofSeconds(60)).until(() -> gateway.isOver(id));
        run = gateway.get("/api/v1/runs/" + id);
        results = byName(gateway.get("/api/v1/runs/" + id + "/hosts").path("hosts"), "host");
        servers = byName(gateway.get("/api/v1/environments/prod").path("servers"), "name");
    }

    private static String spec() throws IOException {
        try (var files = Files.walk(home)) {
            return Files.readString(
                    files.filter(f -> f.endsWith("spec.json")).findFirst().orElseThrow());
        }
    }

    /** With pipelining Ansible says only that it could not send, where ssh has ended before it tried to. */
    private static void project() throws IOException {
        gateway.file(
                "inventory/prod/hosts.yml", Files.readString(sshd.inventory()) + """
                        refuses: { ansible_host: 127.10.1.2, ansible_port: 1, ansible_pipelining: false }
                        silent: { ansible_host: 127.10.1.1, ansible_port: %d, ansible_ssh_timeout: 2, ansible_pipelining: false }
                        later: { ansible_host: 127.10.1.3 }
                      vars:
                        ansible_pipelining: true
                    """.formatted(silent.getLocalPort()));
        gateway.file("playbooks/ping.meta.yml", "timeout: 2m\n");
        gateway.file("playbooks/ping.yml", """
            - name: Reach every host
              hosts: all
              gather_facts: false
              serial: %d
              tasks:
                - name: Ping
                  ansible.builtin.ping:
            """.formatted(ANSWER + 3));
    }

    private static long answered(long id) {
        var hosts = gateway.get("/api/v1/runs/" + id + "/hosts").path("hosts");
        return StreamSupport.stream(hosts.spliterator(), false)
                .filter(h ->
                        List.of("ok", "unreachable").contains(h.path("status").asText()))
                .count();
    }

    private static Map<String, JsonNode> byName(JsonNode list, String name) {
        var found = new TreeMap<String, JsonNode>();
        list.forEach(one -> found.put(one.path(name).asText(), one));
        return found;
    }

    private static JsonNode ssh(String host) {
        return Objects.requireNonNull(servers.get(host), host).path("ssh");
    }

    @AfterAll
    static void end() throws IOException {
        gateway.close();
        silent.close();
        sshd.close();
    }

    @Test
    void everyHostThatAnsweredIsConnectedAlthoughTheRunWasCutShort() {
        assertThat(run.path("status").asText()).isEqualTo("cancelled");
        for (var host : ANSWERING) {
            var ssh = ssh(host);
            assertThat(ssh.path("status").asText()).as(host).isEqualTo("ok");
            assertThat(ssh.path("connection").asText()).as(host).isEqualTo("ssh");
            assertThat(ssh.path("error").isNull()).as(host).isTrue();
        }
    }

    @Test
    void theWayToAHostAndBackIsMeasured() {
        assertThat(ANSWERING)
                .allSatisfy(
                        host -> assertThat(ssh(host).path("latency_ms").asInt()).isPositive());
    }

    @Test
    void aHostThatRefusesOrSaysNothingIsUnreachableAndSaysWhy() {
        assertThat(ssh("refuses").path("status").asText()).isEqualTo("unreachable");
        assertThat(ssh("refuses").path("error").asText()).containsAnyOf("Connection refused", "Broken pipe");
        assertThat(ssh("silent").path("status").asText()).isEqualTo("unreachable");
        assertThat(ssh("silent").path("error").asText()).contains("timed out");
    }

    @Test
    void whatDidNotAnswerOrWasNotAskedIsNotTested() throws IOException {
        var statuses = Map.of(HANGS, "incomplete", "later", "not_started");
        statuses.forEach((host, status) -> {
            assertThat(ssh(host).isNull()).as(host).isTrue();
            assertThat(Objects.requireNonNull(results.get(host)).path("status").asText())
                    .as(host)
                    .isEqualTo(status);
        });
        var file = home.resolve("inventory/prod/status.yml");
        await().untilAsserted(() ->
                assertThat(Files.readString(file).split("not_tested", -1)).hasSize(3));
    }

    @Test
    void itsLimitGrowsWithTheNumberOfHosts() {
        assertThat(spec).contains("\"timeout\":" + (120 + 10 * (ANSWER + 4)));
    }
}
