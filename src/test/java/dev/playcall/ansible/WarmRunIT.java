package dev.playcall.ansible;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.ansible.warm.WarmRuns;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that start from an imported Ansible are what they would have been from a new one. All of them share one import. */
class WarmRunIT {
    private static final String SECRET = "hunter-two-and-more";
    /** What is another one each time, also of two cold runs. */
    private static final Set<String> PASSING = Set.of("t", "pid", "uuid", "delta", "start", "end", "d");

    @TempDir
    private static Path folder;

    private static WarmRuns warm;

    @TempDir
    private Path runs;

    @BeforeAll
    static void imports() {
        warm = new WarmRuns(folder.resolve("warm"));
    }

    @AfterAll
    static void ends() {
        warm.close();
    }

    @Test
    void aWarmRunSaysAndDoesWhatAColdOneDoes() throws IOException {
        try (var cold = run("cold", "warm.yml");
                var run = run("warm", "warm.yml")) {
            withSecret(cold).writeSpec().supervisor();
            withSecret(run).writeSpec();
            assertThat(run.warmly(warm)).isTrue();
            var process = warm.waiting().getFirst();
            assertThat(seen(process))
                    .doesNotContain(SECRET)
                    .doesNotContain(run.directory().toString());

            assertThat(run.exit().path("rc").asInt())
                    .isEqualTo(cold.exit().path("rc").asInt())
                    .isEqualTo(2);
            assertThat(said(run))
                    .isEqualTo(said(cold))
                    .contains("PLAYCALL_RUN_DIR=RUN")
                    .contains("412 19");
            assertThat(events(run)).isEqualTo(events(cold)).isNotEmpty();
            assertThat(run.read("copied")).isEqualTo(cold.read("copied")).isNotEmpty();
            assertThat(run.read("supervisor.log")).isEqualTo(cold.read("supervisor.log"));
            assertThat(run.directory().resolve("tmp")).doesNotExist();
            assertThat(run.json("run.json").path("pid"))
                    .isNotEqualTo(cold.json("run.json").path("pid"));
            assertThat(seen(process)).doesNotContain(SECRET);
        }
    }

    @Test
    void aCancelEndsAllThatAWarmRunHasStarted() {
        try (var run = run("cancelled", "long.yml")) {
            run.writeSpec();
            assertThat(run.warmly(warm)).isTrue();
            await().atMost(Duration.ofSeconds(60)).until(() -> run.processes().size() > 1);
            run.awaitOutput("TASK");
            run.cancel();
            assertThat(run.exit().path("why").asText()).isEqualTo("cancelled");
            assertThat(run.processes()).isEmpty();
            assertThat(warm.waiting()).isNotEmpty();
        }
    }

    @Test
    void aRunWhoseSupervisorIsKilledIsFoundByItsMark() {
        try (var run = run("orphan", "long.yml")) {
            run.writeSpec();
            assertThat(run.warmly(warm)).isTrue();
            run.awaitOutput("TASK");
            var supervisor = run.json("run.json").path("pid").asLong();
            var program = run.json("run.json").path("child").asLong();
            var ended = ProcessHandle.of(supervisor).orElseThrow();
            ended.destroyForcibly();
            ended.onExit().join();
            assertThat(run.processes())
                    .extracting(ProcessHandle::pid)
                    .contains(program)
                    .doesNotContain(supervisor);
        }
    }

    @Test
    void aRunThatNeedsAnotherAnsibleStartsAnew() {
        try (var run = run("unlike", "nobody.yml").env("ANSIBLE_FORKS", "3");
                var changed = run("changed", "nobody.yml")) {
            run.writeSpec();
            assertThat(run.warmly(warm)).as("with an import of its own").isTrue();
            assertThat(run.exit().path("rc").asInt()).isZero();
            assertThat(run.read("supervisor.log")).isEmpty();

            secret(changed, "ANSIBLE_STRATEGY", "linear").writeSpec();
            assertThat(changed.warmly(warm)).isTrue();
            assertThat(changed.exit().path("rc").asInt()).isZero();
            assertThat(changed.read("supervisor.log")).contains("starts Ansible anew: it has another ANSIBLE_STRATEGY");
        }
    }

    /** The supervisor has the run then and goes on with it; the next gateway finds it by its files. */
    @Test
    void aGatewayThatDiesWhileARunIsHandedOverDoesNotEndTheRun() throws Exception {
        var folder = Path.of("src/main/resources/dev/playcall/ansible").toAbsolutePath();
        var claim = "import os, sys; sys.path.insert(0, '" + folder + "'); import warm; heard, answers = os.pipe();"
                + " os.close(heard); warm.Warm(None, answers).claimed('/runs/7')";
        var python = new ProcessBuilder("python3", "-B", "-c", claim)
                .redirectErrorStream(true)
                .start();
        assertThat(new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(python.waitFor()).isZero();
    }

    @Test
    void aRunStartsColdWhenTheImportIsKilledAndTheNextOneGetsAnother() throws IOException {
        long next;
        try (var run = run("killed", "nobody.yml");
                var own = new WarmRuns(folder.resolve("own"))) {
            run.writeSpec();
            assertThat(own.isReady(run.spec())).isFalse();
            await().atMost(Duration.ofSeconds(60)).until(() -> !own.waiting().isEmpty());
            var killed = own.waiting().getFirst();
            ProcessHandle.of(killed).orElseThrow().destroyForcibly();
            assertThat(own.take(run.spec(), run.directory())).isEmpty();
            run.supervisor();
            assertThat(run.exit().path("rc").asInt()).isZero();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> own.waiting().stream().anyMatch(p -> !p.equals(killed)));

            next = own.waiting().getFirst();
        }
        await("ends with whoever started it")
                .atMost(Duration.ofSeconds(60))
                .until(() -> ProcessHandle.of(next).isEmpty());
    }

    private SupervisedRun run(String name, String playbook) {
        return SupervisedRun.ansible(
                runs.resolve(name), "ansible-playbook", "-i", "hosts.yml", "--limit=web1", playbook);
    }

    private static SupervisedRun withSecret(SupervisedRun run) {
        return secret(run, "TOKEN", SECRET);
    }

    private static SupervisedRun secret(SupervisedRun run, String name, String value) {
        run.write("secrets.json", "{\"" + name + "\": \"" + value + "\"}");
        return run.set("env_file", run.directory().resolve("secrets.json").toString());
    }

    /** What others can see of a process. */
    private static String seen(long process) throws IOException {
        var found = new StringBuilder();
        for (var file : List.of("environ", "cmdline")) {
            found.append(Files.readString(Path.of("/proc/" + process, file), StandardCharsets.ISO_8859_1));
        }
        return found.toString();
    }

    private static String said(SupervisedRun run) {
        return run.output().replace(run.directory().toString(), "RUN").replaceAll("\"(delta|start|end)\".*", "");
    }

    private static List<String> events(SupervisedRun run) {
        return run.events().stream()
                .map(e -> lasting(e).toString().replace(run.directory().toString(), "RUN"))
                .toList();
    }

    private static JsonNode lasting(JsonNode event) {
        if (event instanceof ObjectNode object) {
            object.remove(PASSING);
            // The shell that starts the Python of another version puts its variable where it likes.
            if (object.path("stdout").isTextual()) {
                object.put(
                        "stdout",
                        object.path("stdout").asText().lines().sorted().collect(Collectors.joining("\n")));
            }
        }
        event.forEach(WarmRunIT::lasting);
        return event;
    }
}
