package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.testing.Gateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
 * A gateway that dies does not take its runs along, and the next one knows all about them. {@code -Dkills=20} kills it
 * more often.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KillIT {
    private static final int KILLS = Integer.getInteger("kills", 3);
    /** Each has a lock of its own, so that one kill meets several runs, each elsewhere in its life. */
    private static final List<String> AT_ONCE = List.of("deploy", "rollback", "update");
    /** Worked by two Ansible processes. */
    private static final String SLICED = "update";

    /** Without modules: what one costs to start would be most of all these runs. */
    private static final String SLOW = """
        - name: Count slowly
          hosts: all
          gather_facts: false
          tasks:
            - name: Count
              ansible.builtin.raw: for i in 1 2 3 4 5 6; do echo $i; sleep 0.3; done
              changed_when: true
            - name: Say a lot
              ansible.builtin.debug:
                msg: "{{ range(200) | list }}"
            - name: Fail on one
              ansible.builtin.raw: test {{ inventory_hostname }} != h2
              changed_when: false
        """;

    private static final String WAITS =
            "- hosts: all\n  gather_facts: false\n  tasks:\n    - ansible.builtin.debug:\n    - ansible.builtin.command: sleep 600\n";

    private Path home;
    private Gateway gateway;

    @BeforeAll
    void start(@TempDir(factory = TempDirFactory.Standard.class) Path folder) throws IOException {
        home = folder;
        gateway = project(new Gateway(home)).start();
    }

    private static Gateway project(Gateway gateway) {
        gateway.environment("prod", List.of("h1", "h2"));
        AT_ONCE.forEach(name -> gateway.file("playbooks/" + name + ".yml", SLOW));
        gateway.file(
                "playbooks/other.yml", "- hosts: all\n  gather_facts: false\n  tasks:\n    - ansible.builtin.debug:\n");
        gateway.file("playbooks/wait.yml", WAITS);
        gateway.file("config/playcall.yml", "operations: { " + SLICED + ": { ansible: { slices: 2 } } }\n");
        return gateway;
    }

    @AfterAll
    void end() {
        gateway.close();
    }

    @Test
    void killedAtAnyMomentTheRunEndsAsAnsibleSaidAndNothingIsMissing() throws Exception {
        var random = new Random(20260131);
        var runs = new ArrayList<Long>();
        for (int i = 0; i < KILLS; i++) {
            for (var name : AT_ONCE) {
                runs.add(gateway.run(name, "prod", Map.of()));
                // Anywhere in the life of a run: before it is handed over, while it works, when it ends.
                LockSupport.parkNanos(
                        Duration.ofMillis(random.nextInt(4000 / AT_ONCE.size())).toNanos());
            }
            gateway.kill();
            gateway.start();
        }
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> runs.stream().allMatch(gateway::isOver));
        for (long run : runs) {
            isWhole(gateway.get("/api/v1/runs/" + run));
        }
        assertThat(processesOf(home)).isEmpty();
    }

    private void isWhole(JsonNode run) throws IOException {
        assertThat(run.path("status").asText()).as("%s", run).isEqualTo("failed");
        assertThat(run.path("reason").asText()).isEqualTo("1 of 2 hosts failed: h2");
        assertThat(run.path("exit_code").asInt()).isEqualTo(2);
        assertThat(run.path("failed")).hasSize(1);
        var log = Files.readString(home.resolve("logs").resolve(run.path("log").asText()));
        var slices =
                run.path("operation").asText().equals(SLICED) ? List.of("[slice 1] ", "[slice 2] ") : List.of("\n");
        for (var slice : slices) {
            assertThat(log)
                    .containsOnlyOnce(slice + "PLAY [Count slowly]")
                    .containsOnlyOnce(slice + "TASK [Say a lot]")
                    .containsOnlyOnce("PLAY RECAP");
        }
        assertThat(log.indexOf("TASK [Count]")).isLessThan(log.indexOf("TASK [Say a lot]"));
        assertThat(log.stripTrailing().lines().toList().getLast()).startsWith("h2 ");
        long id = run.path("id").asLong();
        var finished = gateway.send(
                        gateway.request("/api/v1/runs/" + id + "/events").header("Accept", "text/event-stream"))
                .body()
                .lines()
                .filter(l -> l.equals("event: finished"))
                .count();
        assertThat(finished).as("terminal events of run %d", id).isEqualTo(1);
        var numbers = Files.readAllLines(home.resolve("data/runs/" + id + "/events")).stream()
                .map(l -> Integer.parseInt(l.replaceFirst("^\\{\"n\": ?(\\d+).*", "$1")))
                .toList();
        assertThat(numbers).first().isEqualTo(1);
        assertThat(numbers.getLast()).isEqualTo(numbers.size());
    }

    @Test
    void withAnsibleAndItsSupervisorKilledTooTheRunIsInterrupted() throws Exception {
        long run = gateway.run("deploy", "prod", Map.of());
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(home.resolve("data/runs/" + run + "/events")));
        gateway.kill();
        while (!processesOf(home).isEmpty()) {
            processesOf(home).forEach(ProcessHandle::destroyForcibly);
        }
        gateway.start();
        await().atMost(Duration.ofSeconds(30)).until(() -> gateway.isOver(run));
        var ended = gateway.get("/api/v1/runs/" + run);
        assertThat(ended.path("status").asText()).isEqualTo("interrupted");
        assertThat(ended.path("reason").asText()).contains("is unknown");
        long next = gateway.run("play", "prod", Map.of("playbook", "other"));
        await().atMost(Duration.ofSeconds(60)).until(() -> gateway.isOver(next));
        assertThat(gateway.status(next)).isEqualTo("success");
    }

    @Test
    void aRunInSlicesIsOneWhoseSupervisorTakesAllOfItAlong() throws Exception {
        long run = gateway.run(SLICED, "prod", Map.of());
        var output = home.resolve("data/runs/" + run + "/output");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Files.exists(output) && Files.readString(output).contains("[slice 2] TASK"));
        var page = gateway.send(gateway.request("/runs/" + run).header("Accept", "text/html"));
        assertThat(page.body()).containsPattern("Slices</dt>\\s*<dd[^>]*>\\s*2");
        ProcessHandle.of(supervisor(run)).orElseThrow().destroyForcibly();
        await().atMost(Duration.ofSeconds(30)).until(() -> gateway.isOver(run));
        assertThat(gateway.status(run)).isEqualTo("interrupted");
        assertThat(processesOf(home.resolve("data/runs"))).isEmpty();
    }

    @Test
    void aGatewayThatIsStoppedLeavesItsRunsToTheNextOne() throws Exception {
        long run = gateway.run("deploy", "prod", Map.of());
        await().atMost(Duration.ofSeconds(30)).until(() -> gateway.status(run).equals("running"));
        gateway.stop();
        assertThat(processesOf(home)).as("Ansible goes on").isNotEmpty();
        gateway.start();
        await().atMost(Duration.ofSeconds(60)).until(() -> gateway.isOver(run));
        isWhole(gateway.get("/api/v1/runs/" + run));
    }

    @Test
    void aWarmRunGoesOnWhenTheGatewayIsKilledAndWhatItCameFromEnds() throws Exception {
        gateway.close();
        gateway = Gateway.warm(home).start();
        long first = gateway.run("play", "prod", Map.of("playbook", "other"));
        await().atMost(Duration.ofSeconds(60)).until(() -> gateway.isOver(first));
        await().atMost(Duration.ofSeconds(60)).until(() -> imported().size() == 1);
        long run = startWarm();
        gateway.kill();
        assertThat(processesOf(home)).as("Ansible goes on").isNotEmpty();
        await().atMost(Duration.ofSeconds(60)).until(() -> imported().isEmpty());
        gateway.start();
        await().atMost(Duration.ofSeconds(60)).until(() -> gateway.isOver(run));
        isWhole(gateway.get("/api/v1/runs/" + run));
        assertThat(processesOf(home)).isEmpty();
        gateway.close();
        gateway = new Gateway(home).start();
    }

    /** It may still be importing, then a run starts cold. */
    private long startWarm() {
        for (int i = 0; i < 20; i++) {
            long run = gateway.run("deploy", "prod", Map.of());
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Files.exists(home.resolve("data/runs/" + run + "/events")));
            if (commandOfSupervisor(run).startsWith("supervisor.py")) {
                return run;
            }
            gateway.post("/api/v1/runs/" + run + "/cancel", Map.of());
            await().atMost(Duration.ofSeconds(60)).until(() -> gateway.isOver(run));
        }
        throw new IllegalStateException("no run started warm");
    }

    private String commandOfSupervisor(long run) {
        return text(Path.of("/proc", Long.toString(supervisor(run)), "cmdline"));
    }

    private long supervisor(long run) {
        try {
            var record = Files.readString(home.resolve("data/runs/" + run + "/run.json"));
            return Long.parseLong(record.replaceFirst("^\\{\"pid\": ?(\\d+).*", "$1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<ProcessHandle> imported() throws IOException {
        return all(home).stream().filter(this::isImported).toList();
    }

    private boolean isImported(ProcessHandle process) {
        return text(Path.of("/proc", Long.toString(process.pid()), "cmdline")).contains("/warm.py");
    }

    @Test
    void cancelLeavesNoProcessAndTheQueueGoesOn() throws Exception {
        long run = gateway.run("play", "prod", Map.of("playbook", "wait"));
        long next = gateway.run("play", "prod", Map.of("playbook", "wait", "limit", "h1"));
        await().atMost(Duration.ofSeconds(30)).until(() -> sleepers() >= 2);
        assertThat(gateway.post("/api/v1/runs/" + run + "/cancel", Map.of()).statusCode())
                .isEqualTo(200);
        assertThat(gateway.post("/api/v1/runs/" + run + "/cancel", Map.of()).statusCode())
                .isEqualTo(409);
        await().atMost(Duration.ofSeconds(30)).until(() -> gateway.isOver(run));
        assertThat(gateway.status(run)).isEqualTo("cancelled");
        assertThat(gateway.get("/api/v1/runs/" + run).path("successful_servers").asInt(-1))
                .as("none of them went through all of it")
                .isZero();
        assertThat(processesOf(home.resolve("data/runs/" + run))).isEmpty();
        await().atMost(Duration.ofSeconds(30)).until(() -> gateway.status(next).equals("running"));
        gateway.post("/api/v1/runs/" + next + "/cancel", Map.of());
        await().atMost(Duration.ofSeconds(30)).until(() -> gateway.isOver(next));
        assertThat(processesOf(home.resolve("data/runs"))).isEmpty();
    }

    @Test
    void whatWorksForAGatewayEndsWithIt(@TempDir(factory = TempDirFactory.Standard.class) Path other) throws Exception {
        var alone = project(new Gateway(other));
        alone.file(
                "config/playcall.yml",
                "environments: { cloud: { inventory: [cloud], scripts: allow, timeout: 10m } }\n");
        alone.file("cloud/script", "#!/bin/sh\nsetsid sleep 600 &\ntouch \"$(dirname \"$0\")/asked.txt\"\nsleep 600\n");
        Files.setPosixFilePermissions(other.resolve("cloud/script"), PosixFilePermissions.fromString("rwxr-xr-x"));
        alone.start();
        Thread.ofVirtual().start(() -> alone.post("/api/v1/inventory/cloud/refresh", Map.of()));
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(other.resolve("cloud/asked.txt")));
        assertThat(processesOf(other)).isNotEmpty();
        alone.kill();
        // The request above ends badly with its gateway, as it has to.
        await().dontCatchUncaughtExceptions()
                .atMost(Duration.ofSeconds(60))
                .until(() -> processesOf(other).isEmpty());
    }

    private long sleepers() throws IOException {
        return processesOf(home.resolve("data/runs")).stream()
                .filter(p -> p.info().commandLine().orElse("").contains("sleep 600"))
                .count();
    }

    /** Processes of runs in this folder, and what else the gateway has started. */
    private List<ProcessHandle> processesOf(Path folder) throws IOException {
        return all(folder).stream().filter(p -> !isImported(p)).toList();
    }

    /** Processes whose environment or command line names this folder, except a gateway itself. */
    private List<ProcessHandle> all(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            return all.filter(p -> p.getFileName().toString().matches("\\d+"))
                    .filter(p -> (text(p.resolve("environ")) + text(p.resolve("cmdline"))).contains(folder.toString()))
                    .filter(p -> !text(p.resolve("cmdline")).contains("/playcall.jar"))
                    .flatMap(
                            p -> ProcessHandle.of(Long.parseLong(p.getFileName().toString())).stream())
                    .filter(p -> p.pid() != ProcessHandle.current().pid())
                    .filter(ProcessHandle::isAlive)
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
