package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.playcall.cli.client.HttpGateway;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.testing.AgentEndpoint;
import dev.playcall.testing.TestSshd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * The life of an agent on as many real hosts as {@code -Dfleet.hosts=100} says, each reached by ssh at an address of its own. It takes
 * minutes, so it is run by hand; it prints what each step took.
 */
@EnabledIfSystemProperty(named = "fleet.hosts", matches = "[1-9]\\d*")
class WholeFleetIT {
    private static final int HOSTS = Integer.getInteger("fleet.hosts", 1);

    @TempDir(factory = TempDirFactory.Standard.class)
    Path home;

    @Test
    void eachStepSucceedsOnEveryHost() throws Exception {
        try (var endpoint = new AgentEndpoint();
                var sshd = new TestSshd(home.resolve("sshd"), HOSTS);
                var application = open(sshd)) {
            application.start();
            try (var gateway = new HttpGateway(application.found())) {
                variables(gateway, endpoint, application.found().url().toString());
                step(gateway, "deploy", Map.of("agent_version", "v1.0.0"));
                assertThat(versions(gateway)).containsOnlyKeys("v1.0.0");
                step(gateway, "verify", Map.of());
                step(gateway, "update", Map.of("agent_version", "v1.1.0"));
                assertThat(versions(gateway)).containsOnlyKeys("v1.1.0");
                step(gateway, "configure", Map.of("agent_log_level", "debug"));
                step(gateway, "rollback", Map.of());
                assertThat(versions(gateway)).containsOnlyKeys("v1.0.0");
                step(gateway, "remove", Map.of("agent_purge", true));
                try (var left = Files.walk(home.resolve("hosts"))) {
                    assertThat(left.filter(Files::isRegularFile)).isEmpty();
                }
            } finally {
                ProcessHandle.allProcesses()
                        .filter(p -> p.info().commandLine().orElse("").contains(home + "/hosts/"))
                        .forEach(ProcessHandle::destroyForcibly);
            }
        }
    }

    private Application open(TestSshd sshd) throws IOException, InterruptedException {
        file("inventory/prod/hosts.yml", Files.readString(sshd.inventory()));
        file(
                "config/playcall.yml",
                "ansible: { host_key_checking: false, forks: %s }\n"
                        .formatted(System.getProperty("fleet.forks", "25")));
        new ProcessBuilder("cp", "-r", Path.of("playbooks").toAbsolutePath().toString(), home.toString())
                .start()
                .waitFor();
        return Application.open(ConfigFile.load(home, Optional.empty(), Map.of()), GatewayMode.WORKING, true);
    }

    private void variables(HttpGateway gateway, AgentEndpoint endpoint, String address) throws IOException {
        var scope = List.of("agent.ingest:prod");
        var token = gateway.ask("POST", "/api/v1/tokens", Map.of("name", "agents", "scopes", scope, "days", 1));
        file("inventory/prod/group_vars/all.yml", """
            agent_root: "%s/hosts/{{ inventory_hostname }}"
            agent_download_base_url: %s/releases
            agent_endpoint: %3$s/ingest/metrics
            agent_check_url: "%3$s/ingest/agents/{server_id}"
            agent_token: %4$s
            agent_restart_delay: 1
            """.formatted(
                        home, endpoint.address(), address, token.path("token").asText()));
    }

    private void file(String name, String text) throws IOException {
        var file = home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** Succeeds on every host. */
    private static void step(HttpGateway gateway, String playbook, Map<String, Object> variables) {
        var began = System.nanoTime();
        var body = Map.of(
                "name",
                playbook,
                "playbook",
                "agents." + playbook,
                "environment",
                "prod",
                "variables",
                variables,
                "rollout",
                Map.of("waves", List.of("rest")));
        var made = gateway.ask("POST", "/api/v1/deployments", body);
        var address =
                "/api/v1/deployments/" + made.path("deployment").path("id").asLong();
        await().atMost(Duration.ofMinutes(20))
                .pollInterval(Duration.ofSeconds(1))
                .until(() ->
                        !gateway.ask("GET", address, Map.of()).path("ended_at").isNull());
        var over = gateway.ask("GET", address, Map.of());
        var servers =
                StreamSupport.stream(over.path("servers").spliterator(), false).toList();
        System.out.printf("%s on %d hosts: %.1f s%n", playbook, servers.size(), (System.nanoTime() - began) / 1e9);
        assertThat(servers).hasSize(HOSTS);
        assertThat(servers)
                .filteredOn(s -> !s.path("status").asText().equals("success"))
                .isEmpty();
    }

    /** How many hosts report which version. */
    private static Map<String, Long> versions(HttpGateway gateway) {
        var servers = gateway.ask("GET", "/api/v1/environments/prod", Map.of()).path("servers");
        return StreamSupport.stream(servers.spliterator(), false)
                .collect(Collectors.groupingBy(
                        s -> s.path("agent").path("version").asText(), Collectors.counting()));
    }
}
