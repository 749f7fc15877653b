package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.ansible.SupervisedRun;
import dev.playcall.catalog.selection.ServerUuid;
import dev.playcall.cli.client.HttpGateway;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.testing.AgentEndpoint;
import dev.playcall.testing.TestSshd;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The life of an agent on real hosts reached by ssh, with the playbooks that everybody gets. Each run goes on from the one before. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AgentFleetIT {
    private static final Path PLAYBOOKS = Path.of("playbooks", "agents").toAbsolutePath();

    @TempDir
    static Path folder;

    private static TestSshd hosts;
    private static AgentEndpoint endpoint;
    private static Application gateway;
    private static String token;
    private static final List<String> runs = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        hosts = new TestSshd(folder.resolve("production"), 5);
        endpoint = new AgentEndpoint();
        gateway = openGateway();
        token = agentToken(gateway);
        variables("group_vars/all.yml", """
            agent_root: "%s/hosts/{{ inventory_hostname }}"
            agent_download_base_url: %s/releases
            agent_endpoint: %3$s/ingest/metrics
            agent_check_url: "%3$s/ingest/agents/{server_id}"
            agent_token: %4$s
            agent_interval: 1s
            agent_stable_for: 1
            agent_restart_delay: 1
            agent_tags: ["it's", 'a "tag"']
            ansible_pipelining: true
            """.formatted(
                        folder, endpoint.address(), gateway.found().url(), token));
        variables("host_vars/far3.yml", "agent_architecture: riscv64\n");
        variables("host_vars/far4.yml", "agent_download_base_url: " + endpoint.address() + "/corrupt\n");
        variables("host_vars/far5.yml", "agent_download_base_url: " + endpoint.address() + "/gone\n");
    }

    /** It has the same hosts, and takes the reports of their agents. */
    private static Application openGateway() throws IOException {
        var home = folder.resolve("gateway");
        Files.createDirectories(home.resolve("inventory/production"));
        Files.createDirectories(home.resolve("config"));
        Files.writeString(
                home.resolve("inventory/production/hosts.yml"),
                "all: {hosts: {far1: , far2: , far3: , far4: , far5: }}\n");
        Files.writeString(home.resolve("config/playcall.yml"), "ansible: { warm: \"off\" }\n");
        var opened = Application.open(ConfigFile.load(home, Optional.empty(), Map.of()), GatewayMode.WORKING, true);
        opened.start();
        return opened;
    }

    private static String agentToken(Application application) throws IOException {
        try (var asked = new HttpGateway(application.found())) {
            return asked.ask(
                            "POST",
                            "/api/v1/tokens",
                            Map.of("name", "agents", "scopes", List.of("agent.ingest:production"), "days", 1))
                    .path("token")
                    .asText();
        }
    }

    private static void variables(String name, String text) throws IOException {
        var file = folder.resolve("production").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @AfterAll
    static void stop() {
        // What an unfinished test left; the agents' own scripts are all below the folder of the test.
        ProcessHandle.allProcesses()
                .filter(p -> p.info().commandLine().orElse("").contains(folder + "/hosts/"))
                .forEach(ProcessHandle::destroyForcibly);
        hosts.close();
        endpoint.close();
        gateway.close();
    }

    /** What a run came to. */
    private record Outcome(String output, Map<String, JsonNode> recap) {
        int changed(String host) {
            return Objects.requireNonNull(recap.get(host)).path("s").path(1).asInt();
        }

        boolean isGood() {
            return recap.keySet().stream().allMatch(this::isGood);
        }

        /** Neither unreachable nor failed. */
        boolean isGood(String host) {
            var s = Objects.requireNonNull(recap.get(host)).path("s");
            return s.path(2).asInt() == 0 && s.path(3).asInt() == 0;
        }
    }

    private static Outcome run(String playbook, String limit, String... more) {
        return run(1, playbook, limit, more);
    }

    private static Outcome run(int slices, String playbook, String limit, String... more) {
        runs.add(playbook);
        var argv = new ArrayList<>(List.of(
                "ansible-playbook",
                "--inventory=" + hosts.inventory(),
                "--limit=" + limit,
                PLAYBOOKS.resolve(playbook + ".yml").toString()));
        argv.addAll(List.of(more));
        try (var run = supervised(slices, argv.toArray(String[]::new))) {
            run.exit(Duration.ofMinutes(6));
            var recap = run.events().stream()
                    .filter(e -> e.path("e").asText().equals("recap"))
                    .collect(Collectors.toMap(e -> e.path("h").asText(), e -> e));
            return new Outcome(run.output(), recap);
        }
    }

    /** Its run has a folder with others together, as a wave has. */
    private static SupervisedRun supervised(int slices, String... argv) {
        var directory = folder.resolve("run" + runs.size());
        assertThat(directory.resolve("batch").toFile().mkdirs()).isTrue();
        var run = slices == 1 ? SupervisedRun.ansible(directory, argv) : SupervisedRun.sliced(slices, directory, argv);
        run.set("timeout", 300.0);
        if (slices == 1) {
            run.startImported();
        } else {
            run.start();
        }
        return run;
    }

    private static Path of(String host, String path) {
        return folder.resolve("hosts").resolve(host).resolve(path);
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file);
    }

    private static List<String> files(String host) throws IOException {
        var root = of(host, "");
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .map(p -> root.relativize(p).toString())
                    .sorted()
                    .toList();
        }
    }

    /** The version that the agent of this host reports to the gateway. */
    private static String version(String host) throws Exception {
        var id = ServerUuid.of("production", host);
        var request = HttpRequest.newBuilder(gateway.found().url().resolve("/ingest/agents/" + id))
                .header("Authorization", "Bearer " + token);
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(request.build(), BodyHandlers.ofString());
            return new ObjectMapper().readTree(answer.body()).path("version").asText();
        }
    }

    private static boolean runs(String host) throws IOException {
        var pid = text(of(host, "run/nodepulse/main.pid")).strip();
        return ProcessHandle.of(Long.parseLong(pid)).isPresent();
    }

    @Test
    @Order(1)
    void aDryRunOfTheFirstDeploymentChangesNothing() throws Exception {
        var run = run("deploy", "far1", "--check");
        assertThat(run.isGood()).as(run.output()).isTrue();
        assertThat(files("far1")).isEmpty();
    }

    @Test
    @Order(2)
    void itIsInstalledInSlicesStartedAndReportsAndEachFailureIsSaid() throws Exception {
        var run = run(2, "deploy", "all", "--extra-vars=agent_version=v1.0.0");
        assertThat(run.output()).startsWith("Ansible runs in 2 slices with 3 or 2 hosts each.");
        assertThat(endpoint.asked("/releases/v1.0.0/SHA256SUMS")).isEqualTo(1);
        assertThat(run.recap().keySet()).containsExactlyInAnyOrder("far1", "far2", "far3", "far4", "far5");
        for (var host : List.of("far1", "far2")) {
            assertThat(run.isGood(host)).as(run.output()).isTrue();
            assertThat(version(host)).isEqualTo("v1.0.0");
            assertThat(runs(host)).isTrue();
        }
        assertThat(run.output())
                .contains("the architecture riscv64 is not supported: there are binaries for x86_64, amd64")
                .contains("nodepulse-linux-amd64 v1.0.0 was not installed: The checksum for")
                .contains("nothing was installed before")
                .containsPattern("was not installed: Request failed(:| with msg) HTTP Error 404: Not Found \\("
                        + Pattern.quote(endpoint.address() + "/gone/v1.0.0/nodepulse-linux-amd64)"));
        assertThat(files("far4")).isEmpty();
        assertThat(files("far1"))
                .contains("etc/nodepulse/nodepulse.yml", "etc/logrotate.d/nodepulse", "opt/nodepulse/nodepulse")
                .noneMatch(f -> f.contains(".download"));
        assertThat(Files.getPosixFilePermissions(of("far1", "etc/nodepulse/nodepulse.yml")))
                .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
        assertThat(text(of("far1", "etc/nodepulse/nodepulse.yml")))
                .contains(
                        "server_id: \"" + ServerUuid.of("production", "far1") + "\"",
                        "interval: \"1s\"",
                        "retention: \"48h\"",
                        "level: \"info\"");
    }

    @Test
    @Order(3)
    void aSecondDeploymentChangesNothingAlsoWithoutChecksums() {
        var run = run("deploy", "far1", "--extra-vars={agent_version: v1.0.0, agent_checksums: false}");
        assertThat(run.isGood()).as(run.output()).isTrue();
        assertThat(run.changed("far1")).as(run.output()).isZero();
    }

    @Test
    @Order(3)
    void whatIsWrittenWithoutAValueIsNotThere() {
        var nothing = "--extra-vars={agent_token: null, agent_check_url: null}";
        var verified = run("verify", "far1", nothing);
        assertThat(verified.isGood()).as(verified.output()).isTrue();
        var configured = run("configure", "far1", "--check", "--diff", nothing);
        assertThat(configured.isGood()).as(configured.output()).isTrue();
        assertThat(configured.output()).contains("-  token:").doesNotContain("+  token:");
    }

    @Test
    @Order(4)
    void anUpdateTakesTheLatestAndKeepsTheVersionBefore() throws Exception {
        var before = process();
        var beside = "--extra-vars=agent_download_base_url=" + endpoint.address() + "/beside";
        var run = run("update", "far1", beside);
        assertThat(run.isGood()).as(run.output()).isTrue();
        assertThat(version("far1")).isEqualTo("v1.1.0");
        assertThat(answers())
                .as("what all waves get")
                .singleElement()
                .asString()
                .contains("\"version\": \"v1.1.0\"");
        assertThat(files("far1")).contains("opt/nodepulse/backups/nodepulse.v1.0.0");
        assertThat(process()).isNotEqualTo(before);
    }

    @Test
    @Order(5)
    void aBrokenVersionIsAFailureThatIsTakenBackWhereThatIsAskedFor() throws Exception {
        var run = run(
                "update",
                "far1",
                "--extra-vars={agent_version: v1.2.0-broken, agent_stable_for: 3, agent_rollback_on_failure: true}");
        assertThat(run.isGood()).isFalse();
        assertThat(run.output())
                .contains("did not stay up: its process ended within 3 s", "exit code 3", "cannot read the sensors")
                .contains("; v1.1.0 runs again");
        assertThat(version("far1")).isEqualTo("v1.1.0");
        assertThat(files("far1")).contains("opt/nodepulse/backups/nodepulse.v1.2.0-broken.failed");
    }

    @Test
    @Order(6)
    void aConfigurationIsWrittenWithoutTouchingTheBinary() throws Exception {
        var binary = Files.readAttributes(of("far1", "opt/nodepulse/nodepulse"), "unix:ctime");
        var before = process();
        var refused = run("configure", "far1", "--extra-vars=agent_log_level=loud");
        assertThat(refused.isGood()).isFalse();
        assertThat(refused.output())
                .contains("/etc/nodepulse/nodepulse.yml was not written: failed to validate: ")
                .contains("logging.level is not debug, info, warn or error")
                .doesNotContain(token);
        assertThat(process())
                .as("the agent goes on with the configuration it has")
                .isEqualTo(before);
        var run = run("configure", "far1", "--extra-vars=agent_log_level=debug");
        assertThat(run.isGood()).as(run.output()).isTrue();
        assertThat(text(of("far1", "etc/nodepulse/nodepulse.yml"))).contains("level: \"debug\"");
        assertThat(process()).isNotEqualTo(before);
        assertThat(Files.readAttributes(of("far1", "opt/nodepulse/nodepulse"), "unix:ctime"))
                .isEqualTo(binary);
    }

    @Test
    @Order(7)
    void anAgentThatNeverReportsIsAFailure() {
        var run = run("update", "far1", "--extra-vars={agent_version: v1.3.0-mute, agent_report_timeout: 2}");
        assertThat(run.isGood()).isFalse();
        assertThat(run.output()).contains("the agent has not reported since its start", "waited 2 s");
    }

    @Test
    @Order(8)
    void aRollbackPutsTheVersionBeforeBackAndKeepsTheFailedOne() throws Exception {
        var run = run("rollback", "far1,far2");
        assertThat(run.isGood("far1")).as(run.output()).isTrue();
        assertThat(version("far1")).isEqualTo("v1.1.0");
        assertThat(files("far1")).contains("opt/nodepulse/backups/nodepulse.v1.3.0-mute.failed");
        assertThat(run.isGood("far2")).isFalse();
        assertThat(run.output()).contains("there is no earlier version to go back to; kept here: no earlier version");
    }

    @Test
    @Order(9)
    void afterARemovalNothingIsLeft() throws Exception {
        var pid = Long.parseLong(process());
        var run = run("remove", "far1,far2", "--extra-vars={agent_purge: true}");
        assertThat(run.isGood()).as(run.output()).isTrue();
        assertThat(files("far1")).isEmpty();
        assertThat(files("far2")).isEmpty();
        assertThat(ProcessHandle.of(pid)).isEmpty();
        assertThat(version("far1")).as("nobody misses a removed agent").isEmpty();
    }

    /** What was found out of a release in the last run. */
    private static List<String> answers() throws IOException {
        var found = new ArrayList<String>();
        try (var kept =
                Files.newDirectoryStream(folder.resolve("run" + runs.size() + "/batch"), "agent_release.*[!k]")) {
            for (var file : kept) {
                found.add(text(file));
            }
        }
        return found;
    }

    private static String process() throws IOException {
        return text(of("far1", "run/nodepulse/main.pid")).strip();
    }
}
