package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.config.file.FileTrees;
import dev.playcall.testing.Gateway;
import dev.playcall.testing.TestSshd;
import dev.playcall.testing.WheelFolder;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Runs that another host executes, which is reached by a real ssh: as they are for a local run, whatever dies meanwhile.
 * {@code -Dkills=20} kills more often.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunOnIT {
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final String SECRET = "only-for-this-run-81c2";
    private static final int KILLS = Integer.getInteger("kills", 2);

    private static final String CONFIG =
            "ansible: { host_key_checking: false, cancel_grace: 4s }\nvenv: { wheels: wheels, lost_after: 15m }\n";

    private Path home;
    private Path far;
    private TestSshd sshd;
    private Gateway gateway;

    @BeforeAll
    void start(@TempDir(factory = TempDirFactory.Standard.class) Path folder) throws Exception {
        home = folder.toRealPath();
        far = Files.createDirectories(home.resolve("far"));
        var project = Files.createDirectories(home.resolve("project"));
        sshd = new TestSshd(home.resolve("sshd"), 2, last -> """
            Match LocalAddress 127.10.0.1
              SetEnv HOME=%s
            Match LocalAddress %s
              SetEnv HOME=%s PATH=/nonexistent
            """.formatted(far, last, home.resolve("sshd")));
        // Environments without a pip of their own are made in a third of the time.
        uv(home.resolve("bin"));
        uv(far.resolve(".local/bin"));
        gateway = new Gateway(project, Map.of("PATH", home.resolve("bin") + ":" + System.getenv("PATH")));
        var ssh = Files.readString(sshd.inventory()).replaceAll("(?m)^.*ansible_(ssh_|python_).*\n", "");
        gateway.file("inventory/prod/hosts.yml", ssh + """
                down: { ansible_host: 127.10.1.9, ansible_port: 1 }
                web1: { ansible_connection: local, ansible_python_interpreter: /usr/bin/python3 }
                web2: { ansible_connection: local, ansible_python_interpreter: /usr/bin/python3 }
              children: { web: { hosts: { web1: , web2: } } }
            """);
        gateway.file("inventory/prod/group_vars/web.yml", "greeting: hello from group_vars\n");
        gateway.file("playbooks/roles/words/templates/words.j2", "{{ greeting }}\n");
        gateway.file("config/playcall.yml", CONFIG);
        WheelFolder.make(project.resolve("wheels"));
        playbook("where", "far1", """
                - ansible.builtin.debug: { msg: "in {{ lookup('env', 'PLAYCALL_RUN_DIR') }} as {{ greeting }}" }
                - ansible.builtin.debug: { msg: "{{ lookup('template', 'roles/words/templates/words.j2') }}" }
                - ansible.builtin.command: "sh -c 'test -n \\"$0\\" && sleep 2' {{ token | length }}"
            """);
        gateway.file("playbooks/where.meta.yml", "run_on: far1\nvariables: { token: { secret: true } }\n");
        var counts = """
                - ansible.builtin.raw: "echo {{ inventory_hostname }} >> %s/executed-{{ dir | basename | regex_replace('-.*') }}"
                  vars: { dir: "{{ lookup('env', 'PLAYCALL_RUN_DIR') }}" }
                - ansible.builtin.raw: for i in 1 2 3 4 5 6; do echo $i; sleep 0.3; done
                - ansible.builtin.debug: { msg: "{{ range(200) | list }}" }
                - ansible.builtin.raw: test {{ inventory_hostname }} != web2
            """.formatted(home);
        playbook("count", "far1", counts);
        playbook("wait", "far1", "- ansible.builtin.command: sleep 600\n");
        playbook("late", "far1", "- ansible.builtin.command: sleep 600\n");
        gateway.file("playbooks/late.meta.yml", "{ run_on: far1, timeout: 8s }\n");
        playbook("bit-by-bit", "far1", """
            - ansible.builtin.shell: |
                while [ ! -e "%1$s/go" ]; do echo tick >> "%1$s/ticks"; sleep 0.05; done
              when: inventory_hostname == 'web1'
            """.formatted(home));
        playbook("not-there", "far1", "- ansible.builtin.ping:\n");
        gateway.file("playbooks/not-there.meta.yml", "{ run_on: far1, venv: auto }\n");
        playbook("own", "", counts);
        gateway.file("playbooks/own.meta.yml", "venv: auto\n");
        playbook("own-wait", "", "- ansible.builtin.command: sleep 601\n");
        gateway.file("playbooks/own-wait.meta.yml", "venv: auto\n");
        playbook("own-late", "", "- ansible.builtin.command: sleep 601\n");
        gateway.file("playbooks/own-late.meta.yml", "{ venv: auto, timeout: 8s }\n");
        playbook("down", "down", "- ansible.builtin.ping:\n");
        playbook("bare", "far2", "- ansible.builtin.ping:\n");
        playbook("unknown", "fra1", "- ansible.builtin.ping:\n");
        gateway.start();
        put(
                "/api/v1/secrets/prod/deploy",
                "{\"value\": \"%s\", \"kind\": \"ssh_key\"}"
                        .formatted(sshd.clientKey().replace("\n", "\\n")));
        put("/api/v1/secrets/prod/token", "{\"value\": \"%s\"}".formatted(SECRET));
    }

    private static void uv(Path folder) throws IOException {
        var uv = Files.createDirectories(folder).resolve("uv");
        Files.copy(Path.of("src/test/resources/venv/uv.py"), uv);
        uv.toFile().setExecutable(true);
    }

    private void put(String path, String body) {
        var answer = gateway.send(gateway.request(path)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    }

    private void playbook(String name, String host, String tasks) {
        gateway.file(
                "playbooks/" + name + ".yml",
                "- name: Do it\n  hosts: web\n  gather_facts: false\n  tasks:\n" + tasks.indent(4));
        gateway.file("playbooks/" + name + ".meta.yml", host.isEmpty() ? "" : "run_on: " + host + "\n");
    }

    @AfterAll
    void end() {
        gateway.close();
        sshd.close();
    }

    private long begin(String playbook) {
        return gateway.run("play", "prod", Map.of("playbook", playbook));
    }

    private JsonNode ended(long run) {
        await().atMost(LONG).pollInterval(Duration.ofMillis(300)).until(() -> gateway.isOver(run));
        return gateway.get("/api/v1/runs/" + run);
    }

    private String log(JsonNode run) throws IOException {
        return Files.readString(
                home.resolve("project/logs").resolve(run.path("log").asText()));
    }

    private void hasEvents(long run) {
        await().atMost(LONG).until(() -> Files.exists(home.resolve("project/data/runs/" + run + "/events")));
    }

    private List<Path> left() throws IOException {
        var runs = far.resolve(".playcall/runs");
        try (var found = Files.exists(runs) ? Files.list(runs) : Stream.<Path>empty()) {
            return found.toList();
        }
    }

    @Test
    void itIsExecutedThereWithItsFilesAndSecretsAndNothingOfItStays() throws Exception {
        long run = begin("where");
        hasEvents(run);
        assertThat(left()).hasSize(1);
        assertThat(Files.getPosixFilePermissions(left().getFirst())).hasSize(3);
        while (!gateway.isOver(run)) {
            assertThat(commandLines()).noneMatch(line -> line.contains(SECRET));
        }
        var ended = ended(run);
        assertThat(ended.path("status").asText()).as("%s", ended).isEqualTo("success");
        assertThat(ended.path("executed_on").asText()).isEqualTo("far1");
        assertThat(log(ended))
                .contains("in " + far + "/.playcall/runs/" + run + "-", "as hello from group_vars", "PLAY RECAP");
        assertThat(left()).isEmpty();
        assertThat(home.resolve("project/data/runs/" + run + "/secrets")).doesNotExist();
        assertThat(holding(SECRET, far)).isEmpty();
        assertThat(holding(SECRET, home.resolve("project/data/runs"))).isEmpty();
        assertThat(holding(SECRET, home.resolve("project/logs"))).isEmpty();
    }

    @Test
    void whatCannotBeginSaysWhyInOneLine() throws Exception {
        var down = begin("down");
        var bare = begin("bare");
        var unknown = begin("unknown");
        var notThere = begin("not-there");
        assertThat(ended(down).path("reason").asText())
                .contains("cannot connect to down: ssh: connect to host 127.10.1.9 port 1: Connection refused");
        assertThat(ended(bare).path("reason").asText())
                .contains("python3 is not installed on far2 (apt-get install python3)");
        assertThat(ended(unknown).path("reason").asText())
                .contains("run_on of unknown: there is no host \"fra1\" in prod; did you mean far1?");
        assertThat(ended(notThere).path("reason").asText())
                .matches("the Python environment not_there_[0-9a-f]{8} of not-there is not installed on far1: venv"
                        + " deploy not-there far1");
    }

    @Test
    void itsTimeLimitEndsItThere() throws Exception {
        var ended = ended(begin("late"));
        assertThat(ended.path("status").asText()).as("%s", ended).isEqualTo("timed_out");
        assertThat(commandLines()).noneMatch(l -> l.contains("sleep\0" + "600"));
        assertThat(left()).isEmpty();
    }

    @Test
    void itGoesOnWhileTheGatewayIsDrainedAndStoppedAndIsPausedThereAcrossANewStart() throws Exception {
        long run = begin("bit-by-bit");
        await().atMost(LONG).until(() -> ticks() > 0);
        drained(run);
        gateway.post("/api/v1/runs/" + run + "/pause", Map.of("reason", "lunch"));
        var stood = await().atMost(LONG).until(this::ticksStandStill, t -> t > 0);
        gateway.stop();
        gateway.start();
        assertThat(gateway.status(run)).isEqualTo("running");
        kill(List.of("ssh\0-T"));
        await().atMost(LONG).until(() -> commandLines().stream().anyMatch(l -> l.contains("ssh\0-T")));
        assertThat(ticks()).isEqualTo(stood);
        Files.createFile(home.resolve("go"));
        gateway.post("/api/v1/runs/" + run + "/resume", Map.of());
        assertThat(ended(run).path("status").asText()).isEqualTo("success");
        assertThat(log(ended(run))).containsOnlyOnce("PLAY [Do it]").containsOnlyOnce("PLAY RECAP");
    }

    /** Draining refuses new runs and touches none that goes on; a stop hands it over to whoever starts next, as a local one. */
    private void drained(long run) throws Exception {
        assertThat(gateway.post("/api/v1/queue/drain", Map.of("reason", "an update"))
                        .statusCode())
                .isEqualTo(200);
        gateway.stop();
        assertThat(gateway.process().isAlive()).isFalse();
        var before = ticks();
        await().atMost(LONG).until(() -> ticks() > before);
        gateway.start();
        assertThat(gateway.status(run)).isEqualTo("running");
        var refused =
                gateway.post("/api/v1/runs", Map.of("operation", "play", "environment", "prod", "playbook", "where"));
        assertThat(refused.body()).contains("no new runs are accepted, by ", "an update");
        assertThat(gateway.post("/api/v1/queue/resume", Map.of()).statusCode()).isEqualTo(200);
    }

    private long ticks() throws IOException {
        var ticks = home.resolve("ticks");
        return Files.exists(ticks) ? Files.size(ticks) : 0;
    }

    /** How far it was when it stood still for a while; 0 while it does not. */
    private long ticksStandStill() throws IOException {
        var before = ticks();
        LockSupport.parkNanos(Duration.ofMillis(600).toNanos());
        return before == ticks() ? before : 0;
    }

    @Test
    void withoutContactForLongerThanIsWaitedForItIsInterruptedAndTheNextContactRemovesItsSecrets() throws Exception {
        gateway.file("config/playcall.yml", CONFIG.replace("15m", "12s"));
        assertThat(gateway.post("/api/v1/reload", Map.of()).statusCode()).isEqualTo(200);
        long run = begin("wait");
        await().atMost(LONG).until(() -> commandLines().stream().anyMatch(l -> l.contains("sleep\0" + "600")));
        var server = sshd.process();
        signal("STOP", server);
        try {
            kill(List.of("ssh\0-T"));
            await().atMost(LONG)
                    .until(() -> gateway.get("/api/v1/runs/" + run).toString().contains("no contact with far1 since "));
            var ended = ended(run);
            assertThat(ended.path("status").asText()).isEqualTo("interrupted");
            assertThat(ended.path("reason").asText())
                    .matches(".*no contact with far1 for \\d+ s; the run may go on there.*");
        } finally {
            signal("CONT", server);
        }
        gateway.file("config/playcall.yml", CONFIG);
        gateway.post("/api/v1/reload", Map.of());
        assertThat(commandLines()).anyMatch(l -> l.contains("sleep\0" + "600"));
        assertThat(left())
                .singleElement()
                .satisfies(f -> assertThat(f.resolve("secrets")).exists());
        kill(List.of("supervisor.py\0" + far, "sleep\0" + "600"));
        assertThat(ended(begin("where")).path("status").asText()).isEqualTo("success");
        assertThat(left())
                .singleElement()
                .satisfies(f -> assertThat(f.resolve("secrets")).doesNotExist());
        assertThat(holding(sshd.clientKey().lines().skip(1).findFirst().orElseThrow(), far))
                .isEmpty();
        FileTrees.delete(left().getFirst());
    }

    private static void signal(String name, ProcessHandle process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void inAnEnvironmentOfThisMachineItIsMadeAnewAdoptedCancelledAndTimedOut() throws Exception {
        var project = home.resolve("project");
        long first = begin("own");
        var venvs = project.resolve("data/venvs");
        await().atMost(LONG).until(() -> !halfMade(venvs).isEmpty());
        gateway.kill();
        assertThat(project.resolve("data/host_venvs/localhost.yml")).doesNotExist();
        gateway.start();
        isWhole(ended(first));
        assertThat(halfMade(venvs)).isEmpty();
        assertThat(log(ended(first)))
                .containsPattern("Playcall installed the Python environment own_[0-9a-f]{8} before this"
                        + " run, in .*uv venv .*, uv pip .*, checks ");
        assertThat(project.resolve("data/host_venvs/localhost.yml")).exists();

        var random = new Random(22);
        for (int i = 0; i < KILLS; i++) {
            long run = begin("own");
            hasEvents(run);
            LockSupport.parkNanos(Duration.ofMillis(random.nextInt(2500)).toNanos());
            gateway.kill();
            gateway.start();
            isWhole(ended(run));
            assertThat(ended(run).path("venv").asText()).startsWith("own_");
        }
        long cancelled = begin("own-wait");
        await().atMost(LONG).until(() -> commandLines().stream().anyMatch(l -> l.contains("sleep\0" + "601")));
        gateway.post("/api/v1/runs/" + cancelled + "/cancel", Map.of());
        assertThat(ended(cancelled).path("status").asText()).isEqualTo("cancelled");
        assertThat(ended(begin("own-late")).path("status").asText()).isEqualTo("timed_out");
        assertThat(commandLines()).noneMatch(l -> l.contains("sleep\0" + "601"));
        itIsMadeOnAHostAlsoWhenTheGatewayIsKilled();
    }

    private void itIsMadeOnAHostAlsoWhenTheGatewayIsKilled() throws Exception {
        var answer = gateway.post("/api/v1/venvs/deploy", Map.of("playbook", "own", "host", "far1"));
        long run = Gateway.json(answer).path("run").asLong();
        await().atMost(LONG).until(() -> !halfMade(far.resolve("venvs")).isEmpty());
        gateway.kill();
        assertThat(home.resolve("project/data/host_venvs/prod/far1.yml")).doesNotExist();
        gateway.start();
        assertThat(ended(run).path("status").asText()).isEqualTo("success");
        assertThat(FileTrees.in(far.resolve("venvs/.store"))).hasSize(1);
        assertThat(halfMade(far.resolve("venvs"))).isEmpty();
        var written = home.resolve("project/data/host_venvs/prod/far1.yml");
        await().atMost(LONG).until(() -> Files.exists(written));
        assertThat(written).content().containsPattern("name: \"own_[0-9a-f]{8}\"");
    }

    private static List<Path> halfMade(Path root) throws IOException {
        var store = root.resolve(".store");
        return (Files.exists(store) ? FileTrees.in(store) : List.<Path>of())
                .stream()
                        .filter(f -> !Files.exists(f.resolve(".playcall.json")))
                        .toList();
    }

    @Test
    void cancelEndsItThere() throws Exception {
        long run = begin("wait");
        await().atMost(LONG).until(() -> commandLines().stream().anyMatch(l -> l.contains("sleep\0" + "600")));
        gateway.post("/api/v1/runs/" + run + "/cancel", Map.of());
        assertThat(ended(run).path("status").asText()).isEqualTo("cancelled");
        assertThat(commandLines()).noneMatch(l -> l.contains("sleep\0" + "600"));
        assertThat(left()).isEmpty();
    }

    @Test
    void itEndsAsAnsibleSaidWhateverIsKilledHere() throws Exception {
        var random = new Random(20260731);
        var runs = new ArrayList<Long>();
        for (int i = 0; i < KILLS; i++) {
            long run = begin("count");
            runs.add(run);
            for (int kill = 0; kill < 3; kill++) {
                LockSupport.parkNanos(
                        Duration.ofMillis(300 + random.nextInt(2500)).toNanos());
                var which = (i + kill) % 4;
                if (which % 2 == 0) {
                    gateway.kill();
                }
                kill(which < 2 ? List.of("ssh\0-T") : List.of("carrier.py", "ssh\0-T"));
                if (which % 2 == 0) {
                    gateway.start();
                }
            }
        }
        long atOnce = begin("count");
        await().pollInterval(Duration.ofMillis(1)).atMost(LONG).until(() -> kill(List.of("/data/runs/" + atOnce)) > 0);
        runs.add(atOnce);
        for (long run : runs) {
            isWhole(ended(run));
        }
        assertThat(left()).isEmpty();
    }

    private void isWhole(JsonNode run) throws IOException {
        assertThat(run.path("status").asText()).as("%s", run).isEqualTo("failed");
        assertThat(run.path("reason").asText()).isEqualTo("1 of 2 hosts failed: web2");
        assertThat(log(run)).containsOnlyOnce("PLAY [Do it]").containsOnlyOnce("PLAY RECAP");
        assertThat(log(run).stripTrailing().lines().toList().getLast()).startsWith("web2 ");
        var executed =
                Files.readAllLines(home.resolve("executed-" + run.path("id").asLong()));
        assertThat(executed).containsExactlyInAnyOrder("web1", "web2");
        var numbers =
                Files.readAllLines(home.resolve(
                                "project/data/runs/" + run.path("id").asLong() + "/events"))
                        .stream()
                        .map(l -> Integer.parseInt(l.replaceFirst("^\\{\"n\": ?(\\d+).*", "$1")))
                        .toList();
        assertThat(numbers.getLast()).isEqualTo(numbers.size());
    }

    @Test
    void withItsSupervisorKilledThereItIsInterruptedAndNothingStays() throws Exception {
        long run = begin("wait");
        await().atMost(LONG).until(() -> commandLines().stream().anyMatch(l -> l.contains("sleep\0" + "600")));
        kill(List.of("supervisor.py\0" + far));
        var ended = ended(run);
        assertThat(ended.path("status").asText()).isEqualTo("interrupted");
        assertThat(ended.path("reason").asText())
                .contains("the process that ran Ansible on far1 ended without a record", "is unknown");
        assertThat(commandLines()).noneMatch(l -> l.contains("sleep\0" + "600"));
        assertThat(left()).isEmpty();
    }

    /** Processes of our own whose command line has one of these, and their home or their run. */
    private int kill(List<String> parts) throws IOException {
        int killed = 0;
        for (var process : processes()) {
            var line = text(process.resolve("cmdline"));
            boolean isOurs =
                    text(process.resolve("environ")).contains(home.toString()) || line.contains(home.toString());
            if (isOurs && parts.stream().anyMatch(line::contains)) {
                ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
                        .ifPresent(ProcessHandle::destroyForcibly);
                killed++;
            }
        }
        return killed;
    }

    private static List<String> commandLines() throws IOException {
        return processes().stream().map(p -> text(p.resolve("cmdline"))).toList();
    }

    private static List<Path> processes() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            return all.filter(p -> p.getFileName().toString().matches("\\d+")).toList();
        }
    }

    private static List<Path> holding(String text, Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(f -> text(f).contains(text))
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
