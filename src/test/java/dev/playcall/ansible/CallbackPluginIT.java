package dev.playcall.ansible;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the plugin tells of one real run that meets nearly everything (everything.yml), and of some that go wrong. */
class CallbackPluginIT {
    /** The version that these tests are meant to meet, where it is not just any. */
    private static final String CORE = System.getenv().getOrDefault("PLAYCALL_TEST_ANSIBLE_CORE", "2.");

    @TempDir
    static Path folder;

    private static List<JsonNode> all = List.of();
    private static String lines = "";

    @BeforeAll
    static void meetEverything() throws Exception {
        var scratch = Files.createDirectories(folder.resolve("scratch"));
        try (var run = playbook("everything", "--extra-vars=scratch=" + scratch, "everything.yml")) {
            assertThat(run.toEnd().path("rc").asInt()).isEqualTo(4);
            all = run.events();
            lines = run.read("events");
        }
    }

    private static SupervisedRun playbook(String name, String... arguments) {
        var argv = java.util.stream.Stream.concat(
                java.util.stream.Stream.of("ansible-playbook", "--inventory=hosts.yml"),
                java.util.Arrays.stream(arguments));
        return SupervisedRun.ansible(folder.resolve(name), argv.toArray(String[]::new));
    }

    private static List<JsonNode> events(String kind) {
        return all.stream().filter(e -> e.path("e").asText().equals(kind)).toList();
    }

    /** Events of this kind that belong to the task of this name. */
    private static List<JsonNode> of(String task, String kind) {
        var numbers = events("task").stream()
                .filter(e -> e.path("name").asText().equals(task))
                .map(e -> e.path("k").asInt())
                .toList();
        return events(kind).stream()
                .filter(e -> numbers.contains(e.path("k").asInt()))
                .toList();
    }

    private static JsonNode only(String task, String kind) {
        assertThat(of(task, kind)).as("%s of %s", kind, task).hasSize(1);
        return of(task, kind).getFirst();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static List<String> hosts(List<JsonNode> events) {
        return events.stream().map(e -> e.path("h").asText()).sorted().toList();
    }

    @Test
    void linesAreNumberedWithoutAGap() {
        assertThat(all.stream().map(e -> e.path("n").asInt()))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, all.size()).boxed().toList());
        assertThat(all.stream().map(e -> e.path("t").asLong())).isSorted();
        assertThat(events("gap")).isEmpty();
    }

    @Test
    void linesArePlainAscii() {
        assertThat(lines.chars().allMatch(c -> c == '\n' || (c >= 32 && c < 127)))
                .isTrue();
        assertThat(lines).doesNotContain("\\u0000", "\\ud8", "\\udc", "NaN");
    }

    @Test
    void theFirstLineSaysWhatIsRunAndTheLastHowItEnded() {
        assertThat(all.getFirst().path("e").asText()).isEqualTo("start");
        assertThat(all.getFirst().path("v").asInt()).isEqualTo(1);
        assertThat(all.getFirst().path("file").asText()).isEqualTo("everything.yml");
        assertThat(all.getFirst().path("core").asText()).startsWith(CORE);
        assertThat(all.getFirst().path("forks").asInt()).isEqualTo(5);
        assertThat(all.getFirst().path("check").isBoolean()).isTrue();
        var stats = all.getLast();
        assertThat(stats.path("e").asText()).isEqualTo("stats");
        assertThat(stats.path("hosts").asInt()).isEqualTo(4);
        assertThat(stats.path("failed").asInt()).isEqualTo(1);
        assertThat(stats.path("unreachable").asInt()).isEqualTo(1);
        assertThat(stats.path("changed").asInt()).isEqualTo(3);
    }

    @Test
    void aTaskIsDescribedOnce() {
        assertThat(events("task").stream().map(e -> e.path("uuid").asText())).doesNotHaveDuplicates();
        var task = only("say ok", "run");
        assertThat(task.path("h").asText()).isEqualTo("web1");
        var told = events("task").getFirst();
        assertThat(told.path("action").asText()).isEqualTo("command");
        assertThat(told.path("path").asText()).endsWith("everything.yml:6");
        assertThat(texts(told.path("tags"))).containsExactlyInAnyOrder("speak", "calm");
        assertThat(told.path("handler").asBoolean()).isFalse();
    }

    @Test
    void resultsTellChangeAndOutput() {
        var said = only("say ok", "ok");
        assertThat(said.path("chg").asBoolean()).isTrue();
        assertThat(said.path("r").path("stdout").asText()).isEqualTo("fine");
        assertThat(said.path("r").path("rc").asInt()).isZero();
        assertThat(only("change nothing", "ok").path("chg").asBoolean()).isFalse();
        assertThat(only("skip", "skipped").path("r").path("msg").asText()).contains("False");
    }

    @Test
    void aLoopTellsItsItemsAndTheOneThatFailed() {
        var items = of("loop", "item");
        assertThat(items.stream().map(e -> e.path("label").asText())).containsExactly("a", "b", "c");
        assertThat(items.stream().map(e -> e.path("st").asText())).containsExactly("changed", "failed", "changed");
        var failed = only("loop", "failed");
        assertThat(failed.path("msg").asText()).isEqualTo("b: non-zero return code 1");
        assertThat(failed.path("ignored").asBoolean()).isTrue();
    }

    @Test
    void secretsAreInNoLine() {
        assertThat(lines).doesNotContain("s3cret", "h4ndwritten");
        assertThat(only("loop over maps", "item").path("label").asText()).isEqualTo("alice");
        assertThat(only("hidden", "ok").path("r").path("no_log").asBoolean()).isTrue();
        assertThat(only("hidden", "ok").path("r")).hasSize(1);
        assertThat(only("hidden loop", "item").has("label")).isFalse();
        assertThat(only("hidden failure", "failed").path("msg").asText()).isEqualTo("hidden by no_log");
        assertThat(of("show no difference of a secret", "diff")).isEmpty();
    }

    @Test
    void aFailureSaysWhy() {
        assertThat(only("fail with a reason", "failed").path("msg").asText())
                .isEqualTo("non-zero return code 7: first\nthe disk is full");
        assertThat(only("fail with a message", "failed").path("msg").asText()).isEqualTo("this was meant to fail");
        assertThat(only("assert", "failed").path("msg").asText()).contains("'a' == 'b'");
        var last = only("last failure", "failed");
        assertThat(last.path("msg").asText()).isEqualTo("non-zero return code 9: nothing works");
        assertThat(last.path("ignored").asBoolean()).isFalse();
        assertThat(last.path("h").asText()).isEqualTo("web3");
    }

    @Test
    void oddAndHugeOutputIsTamed() {
        assertThat(only("odd bytes", "ok").path("r").path("stdout").asText()).isEqualTo("caf\ufffd \ufffd end");
        assertThat(only("huge", "ok").path("r").path("stdout").asText())
                .hasSize(4001)
                .endsWith("…");
        assertThat(only("say not a number", "ok").path("r").path("msg").asText())
                .isEqualTo("nan");
    }

    @Test
    void retriesAndBackgroundJobsAreTold() {
        assertThat(of("try again", "retry").stream().map(e -> e.path("attempt").asInt()))
                .containsExactly(1, 2);
        assertThat(of("in the background", "poll")).isNotEmpty();
        assertThat(only("in the background", "async_ok").path("jid").asText()).isNotEmpty();
        assertThat(of("in the background", "ok")).hasSize(1);
    }

    @Test
    void aDifferenceIsToldAsText() {
        assertThat(only("show a difference", "diff").path("text").asText()).contains("--- before", "+new line");
    }

    @Test
    void warningsAreTold() {
        var warnings = of("warn", "warning");
        assertThat(warnings.stream().map(e -> e.path("text").asText()))
                .anySatisfy(w -> assertThat(w).contains("mind the gap"))
                .anySatisfy(w -> assertThat(w).contains("this will go away"));
        assertThat(warnings.stream().map(e -> e.path("deprecated").asBoolean())).contains(true, false);
    }

    @Test
    void aRescuedFailureIsInTheRecap() {
        assertThat(only("break", "failed").path("ignored").asBoolean()).isFalse();
        assertThat(of("mend", "ok")).hasSize(1);
        var recap = events("recap").stream()
                .filter(e -> e.path("h").asText().equals("web1"))
                .findFirst()
                .orElseThrow();
        assertThat(recap.path("s")).hasSize(7);
        assertThat(recap.path("s").path(3).asInt()).isZero();
        assertThat(recap.path("s").path(5).asInt()).isEqualTo(1);
        assertThat(recap.path("s").path(6).asInt()).isEqualTo(6);
    }

    @Test
    void handlersAreNotifiedAndMarked() {
        assertThat(events("notify").stream().map(e -> e.path("handler").asText()))
                .containsExactly("restart it");
        assertThat(events("task").stream()
                        .filter(e -> e.path("handler").asBoolean())
                        .map(e -> e.path("name").asText()))
                .containsExactly("restart it");
    }

    @Test
    void includedAndImportedTasksAreTold() {
        assertThat(events("include")).hasSize(2).allSatisfy(e -> {
            assertThat(e.path("file").asText()).endsWith("included.yml");
            assertThat(texts(e.path("hosts"))).containsExactly("web1");
        });
        assertThat(of("inner", "ok")).hasSize(3);
    }

    @Test
    void aDelegatedResultNamesBothHosts() {
        var delegated = only("for another", "ok");
        assertThat(delegated.path("h").asText()).isEqualTo("web1");
        assertThat(delegated.path("to").asText()).isEqualTo("web3");
        assertThat(only("once", "ok").has("to")).isFalse();
    }

    @Test
    void everyBatchOfASerialPlayIsOneMorePlayLineOfTheSameNumber() {
        var batches = events("play").stream()
                .filter(e -> e.path("name").asText().equals("Batches"))
                .toList();
        assertThat(batches.stream().map(e -> e.path("p").asInt()).distinct()).hasSize(1);
        assertThat(batches.stream().map(e -> e.path("hosts").asInt())).containsExactly(2, 1);
        assertThat(batches).allSatisfy(e -> assertThat(e.path("total").asInt()).isEqualTo(3));
        assertThat(texts(batches.getFirst().path("names"))).containsExactly("web1", "web2", "web3");
        assertThat(batches.getLast().has("names")).isFalse();
        assertThat(batches.getFirst().path("serial").path(0).asInt()).isEqualTo(2);
        assertThat(hosts(of("in batches", "ok"))).containsExactly("web1", "web2", "web3");
    }

    @Test
    void hostsOnTheirOwnAreToldApart() {
        assertThat(hosts(of("free one", "run"))).containsExactly("web1", "web2", "web3");
        assertThat(hosts(of("free two", "ok"))).containsExactly("web1", "web2", "web3");
        assertThat(events("play").stream().map(e -> e.path("strategy").asText()))
                .contains("free", "linear");
    }

    @Test
    void anUnreachableHostSaysWhy() {
        var ignored = only("call", "unreachable");
        assertThat(ignored.path("ignored").asBoolean()).isTrue();
        assertThat(ignored.path("msg").asText()).contains("Connection refused");
        assertThat(only("call again", "unreachable").path("ignored").asBoolean())
                .isFalse();
    }

    @Test
    void aPlayWithoutHostsIsTold() {
        var nobody = events("play").stream()
                .filter(e -> e.path("name").asText().equals("Nobody"))
                .findFirst()
                .orElseThrow();
        assertThat(nobody.path("total").asInt()).isZero();
        assertThat(events("no_hosts").getFirst().path("p")).isEqualTo(nobody.path("p"));
    }

    @Test
    void whatPeopleReadIsTheSameWithoutThePlugin() {
        try (var with = playbook("with", "--forks=1", "quiet.yml");
                var without = playbook("without", "--forks=1", "quiet.yml")
                        .withoutEnv("PLAYCALL_EVENTS")
                        .withoutEnv("ANSIBLE_CALLBACK_PLUGINS")) {
            with.start();
            without.start();
            assertThat(with.exit().path("rc").asInt()).isEqualTo(2);
            assertThat(without.exit().path("rc").asInt()).isEqualTo(2);
            assertThat(with.output()).isEqualTo(withoutSource(without.output())).contains("PLAY RECAP");
            assertThat(with.events()).isNotEmpty();
        }
    }

    /** Since 2.19 Ansible shows lines of the playbook with an error; the plugin has it leave them out. */
    private static String withoutSource(String output) {
        return output.replaceAll(
                "Origin: [^\\n]+\\n\\n(?:\\d+ [^\\n]*\\n)+ +\\^[^\\n]*\\n",
                "Origin: None\n\n(source not shown: content redacted)\n");
    }

    @Test
    void withoutAFileItIsSilentAndOnAFullDiskTheRunGoesOn() {
        try (var off = playbook("off", "nobody.yml").withoutEnv("PLAYCALL_EVENTS");
                var full = playbook("full", "nobody.yml").env("PLAYCALL_EVENTS", "/dev/full")) {
            off.start();
            full.start();
            assertThat(off.exit().path("rc").asInt()).isZero();
            assertThat(full.exit().path("rc").asInt()).isZero();
            assertThat(full.output()).isEqualTo(off.output()).contains("no hosts matched");
            assertThat(off.directory().resolve("events")).doesNotExist();
        }
    }

    @Test
    void aPlaybookThatCannotBeReadLeavesNoStats() {
        try (var run = playbook("broken", "broken.yml")) {
            assertThat(run.toEnd().path("rc").asInt()).isEqualTo(4);
            assertThat(run.read("events")).doesNotContain("\"stats\"", "\"play\"");
            assertThat(run.output()).contains("broken.yml");
        }
    }

    @Test
    void aMissingInventoryEndsWellHavingDoneNothing() {
        try (var run = SupervisedRun.ansible(
                folder.resolve("lost"), "ansible-playbook", "--inventory=/nowhere/hosts.yml", "nobody.yml")) {
            assertThat(run.toEnd().path("rc").asInt()).isZero();
            var events = run.events();
            assertThat(events.getLast().path("e").asText()).isEqualTo("stats");
            assertThat(events.getLast().path("hosts").asInt()).isZero();
            assertThat(events.stream().map(e -> e.path("e").asText())).contains("no_hosts");
        }
    }

    @Test
    void oneModuleWithoutAPlaybookIsTold() {
        try (var run = SupervisedRun.ansible(
                        folder.resolve("adhoc"), "ansible", "--inventory=hosts.yml", "web1", "--module-name=ping")
                .env("ANSIBLE_LOAD_CALLBACK_PLUGINS", "1")) {
            assertThat(run.toEnd().path("rc").asInt()).isZero();
            assertThat(run.events().stream().map(e -> e.path("e").asText()))
                    .containsExactly("start", "play", "task", "run", "ok", "recap", "stats");
            assertThat(run.events().get(4).path("r").path("ping").asText()).isEqualTo("pong");
        }
    }

    @Test
    void aRunWhoseWorkerIsKilledLeavesNoStatsAndNoProcess() {
        try (var run = playbook("worker", "long.yml")) {
            run.start();
            await().atMost(Duration.ofSeconds(60)).until(() -> worker(run).isPresent());
            worker(run).orElseThrow().destroyForcibly();
            assertThat(run.exit().path("rc").asInt()).isEqualTo(1);
            assertThat(run.events().getFirst().path("e").asText()).isEqualTo("start");
            assertThat(run.read("events")).doesNotContain("\"stats\"");
            assertThat(run.processes()).isEmpty();
        }
    }

    /** The worker of the task that waits: child of Ansible and parent of the shell that sleeps. */
    private static java.util.Optional<ProcessHandle> worker(SupervisedRun run) {
        return run.read("run.json").isEmpty()
                ? java.util.Optional.empty()
                : ProcessHandle.of(run.json("run.json").path("child").asLong()).stream()
                        .flatMap(ProcessHandle::children)
                        .filter(p -> p.children().findAny().isPresent())
                        .findFirst();
    }

    /** Results as ansible-core gave them, the first three since 2.19. */
    @Test
    void aFailureSaysWhyInOneLine() throws Exception {
        var script = """
            import sys
            sys.path.insert(0, sys.argv[1])
            from playcall_events import message
            print(message({"msg": "Module result deserialization failed: No start of json char found", "rc": 1,
                           "module_stderr": "OSError: [Errno 28] No space left on device\\n", "module_stdout": ""}))
            print(message({"msg": "One or more items failed", "results": [{"item": "b", "rc": 1}]}, ["b: no room"]))
            print(message({"msg": "The command exited with a non-zero return code.", "rc": 7, "stderr": "no room"}))
            print(message({"msg": "the release has no checksums", "assertion": "sums | length == 0"}))
            print(message({"msg": "Assertion failed", "assertion": "sums | length == 0"}))
            print(message({"msg": "Failed to connect to the host via ssh: @@@@\\r\\n"
                "@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\\r\\n@@@@\\r\\nSHA256:9uCjTC+k0/K.\\r\\n"
                "Offending ED25519 key in /etc/ssh/known hosts:6\\r\\nHost key for [web-1]:22 has changed and ..."}))
            """;
        var plugins =
                Path.of("src/main/resources/dev/playcall/ansible/callback").toAbsolutePath();
        var process = new ProcessBuilder("/usr/bin/python3", "-B", "-c", script, plugins.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "Module result deserialization failed: OSError: [Errno 28] No space left on device",
                        "b: no room",
                        "non-zero return code 7: no room",
                        "the release has no checksums",
                        "Assertion failed: sums | length == 0",
                        "Host key verification failed: the key of [web-1]:22 has changed; it is SHA256:9uCjTC+k0/K,"
                                + " not the one at line 6 of /etc/ssh/known hosts");
    }
}
