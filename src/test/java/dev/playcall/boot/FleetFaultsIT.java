package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.cli.client.HttpGateway;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.testing.AgentEndpoint;
import dev.playcall.testing.TestSshd;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * What can be wrong with a server to which an agent is deployed: each has its own words, and those that are well do not suffer. Two
 * Ansible processes share the servers.
 */
class FleetFaultsIT {
    /** The first stands in two groups, and each command on the last one takes its time. */
    private static final List<String> GOOD = List.of("twice", "other", "slow");

    private static final List<String> MENDED = List.of("refuses", "locked", "corrupt", "mute");

    /** What Ansible says in place of what ssh said where ssh has not quite ended when it is to be given the module. */
    private static final String HUNG_UP = "Broken pipe";

    private static final Map<String, List<String>> SAID = new LinkedHashMap<>();

    @TempDir(factory = TempDirFactory.Standard.class)
    static Path home;

    private static AgentEndpoint endpoint;
    private static ServerSocket silent;
    private static TestSshd sshd;
    private static Application application;
    private static HttpGateway gateway;
    private static boolean mounted;

    @BeforeAll
    static void start() throws Exception {
        endpoint = new AgentEndpoint();
        silent = new ServerSocket(0, 50, InetAddress.getByName("127.10.1.1"));
        mounted = mount("full", "4k") && mount("nearly-full", "16k");
        say(
                "ssh-keygen",
                "-q",
                "-t",
                "ed25519",
                "-N",
                "",
                "-f",
                home.resolve("other").toString());
        faults();
        var names = Stream.of(List.of("twice", "other"), SAID.keySet(), List.of("slow"))
                .flatMap(c -> c.stream())
                .toList();
        sshd = new TestSshd(home.resolve("sshd"), names.size(), FleetFaultsIT::slow);
        inventory(names);
        file("config/playcall.yml", "ansible: { warm: \"off\", environments: { prod: { slices: 2 } } }\n");
        say("cp", "-r", Path.of("playbooks").toAbsolutePath().toString(), home.toString());
        application = Application.open(ConfigFile.load(home, Optional.empty(), Map.of()), GatewayMode.WORKING, true);
        application.start();
        gateway = new HttpGateway(application.found());
        common();
    }

    @AfterAll
    static void stop() throws Exception {
        ProcessHandle.allProcesses()
                .filter(p -> isOfHost(p.info().commandLine().orElse("")))
                .forEach(ProcessHandle::destroyForcibly);
        gateway.close();
        application.close();
        sshd.close();
        silent.close();
        endpoint.close();
        for (var disk : List.of("full", "nearly-full")) {
            say("umount", "-l", home.resolve(disk).toString());
        }
    }

    /** Two of them have a disk of their own. */
    private static boolean isOfHost(String command) {
        return Stream.of("hosts", "full", "nearly-full").anyMatch(d -> command.contains(home + "/" + d + "/"));
    }

    private static String slow(String address) {
        return "Match LocalAddress " + address + "\n  ForceCommand sleep 0.2; eval \"$SSH_ORIGINAL_COMMAND\"\n";
    }

    private static void faults() throws IOException {
        fault("refuses", "ansible_port: 1", "Connection refused", HUNG_UP);
        fault(
                "silent",
                "{ansible_host: 127.10.1.1, ansible_port: " + silent.getLocalPort() + ", ansible_ssh_timeout: 2}",
                "timed out",
                HUNG_UP);
        fault("locked", "ansible_ssh_private_key_file: " + home.resolve("other"), "Permission denied", HUNG_UP);
        fault(
                "replaced",
                "ansible_ssh_common_args: " + keys("changed"),
                "Host key verification failed: the key of [127.10.0.",
                HUNG_UP);
        fault("bare", "ansible_python_interpreter: /nowhere/python3", "/nowhere/python3", HUNG_UP);
        fault(
                "sudo",
                "{ansible_become: true, ansible_become_user: nobody, ansible_become_exe: " + home.resolve("sudo") + "}",
                "Missing sudo password");
        if (mounted) {
            fault("full", "agent_root: " + home.resolve("full"), "No space left on device");
            fault("nearly-full", "agent_root: " + home.resolve("nearly-full"), "No space left on device");
        }
        fault(
                "riscv",
                "agent_architecture: riscv64",
                "the architecture riscv64 is not supported: there are binaries for");
        fault("gone", "agent_download_base_url: " + endpoint.address() + "/gone", "HTTP Error 404: Not Found");
        fault("corrupt", "agent_download_base_url: " + endpoint.address() + "/corrupt", "The checksum for");
        fault("broken", "{agent_version: v1.2.0-broken, agent_stable_for: 3}", "did not stay up: its process ended");
        fault("mute", "agent_version: v1.3.0-mute", "the agent has never reported");
    }

    /** A server has it as long as these variables are its own; one of these texts is in its error. */
    private static void fault(String host, String variables, String... said) throws IOException {
        SAID.put(host, List.of(said));
        file("inventory/prod/host_vars/" + host + ".yml", variables + "\n");
    }

    private static String keys(String file) {
        return "-F /dev/null -o UserKnownHostsFile=" + home.resolve(file);
    }

    private static void inventory(List<String> names) throws IOException {
        var another = Files.readString(home.resolve("other.pub")).strip();
        file("known_hosts", sshd.knownHosts());
        file("changed", sshd.knownHosts().replaceAll("ssh-ed25519 .*", another));
        file("sudo", "#!/bin/sh\necho 'sudo: a password is required' >&2\nexit 1\n");
        Files.setPosixFilePermissions(home.resolve("sudo"), PosixFilePermissions.fromString("rwxr-xr-x"));
        var hosts = Files.readString(sshd.inventory())
                .replace(keys("x").replace(home + "/x", "/dev/null"), keys("known_hosts"));
        for (int i = names.size(); i > 0; i--) {
            hosts = hosts.replace("far" + i + ":", names.get(i - 1) + ":");
        }
        file("inventory/prod/hosts.yml", hosts + "  children: { again: { hosts: { twice: } } }\n");
    }

    private static void common() throws IOException {
        var scope = List.of("agent.ingest:prod");
        var token = gateway.ask("POST", "/api/v1/tokens", Map.of("name", "agents", "scopes", scope, "days", 1));
        file("inventory/prod/group_vars/all.yml", """
            agent_root: "%s/hosts/{{ inventory_hostname }}"
            agent_version: v1.0.0
            agent_download_base_url: %s/releases
            agent_endpoint: %3$s/ingest/metrics
            agent_check_url: "%3$s/ingest/agents/{server_id}"
            agent_token: %4$s
            agent_interval: 1s
            agent_stable_for: 1
            agent_restart_delay: 1
            agent_report_timeout: 3
            agent_start_timeout: 3
            """.formatted(
                        home,
                        endpoint.address(),
                        application.found().url(),
                        token.path("token").asText()));
    }

    /** Only root may do so. */
    private static boolean mount(String disk, String size) throws IOException, InterruptedException {
        var folder = Files.createDirectories(home.resolve(disk)).toString();
        return say("mount", "-t", "tmpfs", "-o", "size=" + size, "playcall-test", folder) == 0;
    }

    private static void file(String name, String text) throws IOException {
        var file = home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static int say(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private static JsonNode over(JsonNode made) {
        var address =
                "/api/v1/deployments/" + made.path("deployment").path("id").asLong();
        await().atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofMillis(500))
                .until(() ->
                        !gateway.ask("GET", address, Map.of()).path("ended_at").isNull());
        return gateway.ask("GET", address, Map.of());
    }

    private static Map<String, JsonNode> servers(JsonNode deployment) {
        var found = new TreeMap<String, JsonNode>();
        deployment
                .path("servers")
                .forEach(s -> assertThat(found.put(s.path("name").asText(), s)).isNull());
        return found;
    }

    private static JsonNode server(Map<String, JsonNode> servers, String host) {
        return Objects.requireNonNull(servers.get(host), host);
    }

    @Test
    void eachSaysWhatIsWrongAndOnlyThoseThatFailedAreRetried() throws Exception {
        var asked = Map.of(
                "name",
                "faults",
                "playbook",
                "agents.deploy",
                "environment",
                "prod",
                "rollout",
                Map.of("waves", List.of("rest"), "max_failed", "100%"));
        var first = over(gateway.ask("POST", "/api/v1/deployments", asked));
        var servers = servers(first);
        assertThat(servers).hasSize(SAID.size() + GOOD.size());
        SAID.forEach((host, said) -> {
            var server = server(servers, host);
            assertThat(server.path("status").asText()).as("%s", server).isEqualTo("failed");
            assertThat(server.path("error").asText())
                    .as(host)
                    .containsAnyOf(said.toArray(String[]::new))
                    .doesNotContain("agent_mistakes", "@@@");
        });
        GOOD.forEach(host -> assertThat(server(servers, host).path("status").asText())
                .as("%s", servers)
                .isEqualTo("success"));
        for (var host : MENDED) {
            Files.delete(home.resolve("inventory/prod/host_vars/" + host + ".yml"));
        }
        var again = over(
                gateway.ask("POST", "/api/v1/deployments/" + first.path("id").asLong() + "/retry", Map.of()));
        assertThat(servers(again).keySet()).containsExactlyInAnyOrderElementsOf(SAID.keySet());
        servers(again)
                .forEach((host, server) -> assertThat(server.path("status").asText())
                        .as("%s", server)
                        .isEqualTo(MENDED.contains(host) ? "success" : "failed"));
    }
}
