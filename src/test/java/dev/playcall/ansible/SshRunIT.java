package dev.playcall.ansible;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.testing.TestSshd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ansible over real ssh connections, which keep masters in sessions of their own. */
class SshRunIT {
    @TempDir
    static Path folder;

    private static TestSshd hosts;

    @BeforeAll
    static void startHosts() throws Exception {
        hosts = new TestSshd(folder.resolve("sshd"), 2);
    }

    @AfterAll
    static void stopHosts() {
        hosts.close();
    }

    private static SupervisedRun playbook(String name, String task) throws Exception {
        var playbook = Files.writeString(folder.resolve(name + ".yml"), """
            - name: Far away
              hosts: all
              gather_facts: false
              tasks:
                - name: the task
                  %s
            """.formatted(task));
        return SupervisedRun.ansible(
                folder.resolve(name), "ansible-playbook", "--inventory=" + hosts.inventory(), playbook.toString());
    }

    private static List<ProcessHandle> masters(SupervisedRun run) {
        return run.processes().stream()
                .filter(p -> p.info().commandLine().orElse("").contains("[mux]")
                        || p.parent().map(ProcessHandle::pid).orElse(0L)
                                == run.json("run.json").path("pid").asLong())
                .toList();
    }

    private static long sleeping(String seconds) {
        return ProcessHandle.allProcesses()
                .filter(p -> p.info().commandLine().orElse("").endsWith("sleep " + seconds))
                .count();
    }

    @Test
    void afterACancelNothingOfTheRunIsLeft() throws Exception {
        try (var run = playbook("cancelled", "command: sleep 4715")) {
            run.start();
            await().atMost(Duration.ofSeconds(60)).until(() -> sleeping("4715") >= 2);
            assertThat(masters(run)).hasSizeGreaterThan(1);
            run.cancel();
            var exit = run.exit();
            assertThat(exit.path("why").asText()).isEqualTo("cancelled");
            assertThat(exit.path("rc").asInt()).isEqualTo(99);
            assertThat(exit.path("remote").asInt()).isZero();
            assertThat(run.processes()).isEmpty();
            assertThat(run.read("events")).doesNotContain("\"stats\"");
            // Without pipelining the far side has a terminal and ends with it.
            await().until(() -> sleeping("4715") == 0);
        }
    }

    @Test
    void afterACancelWithPipeliningItIsToldWhatGoesOnFarAway() throws Exception {
        try (var run = playbook("pipelined", "command: sleep 4717\n      vars: { ansible_pipelining: true }")) {
            run.start();
            await().atMost(Duration.ofSeconds(60)).until(() -> sleeping("4717") >= 2);
            run.cancel();
            assertThat(run.exit().path("remote").asInt()).isEqualTo(2);
            assertThat(run.processes()).isEmpty();
            assertThat(sleeping("4717")).isPositive();
        } finally {
            ProcessHandle.allProcesses()
                    .filter(p -> p.info().commandLine().orElse("").endsWith("sleep 4717"))
                    .forEach(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void aRunThatEndedKeepsNoConnectionOpen() throws Exception {
        try (var run = playbook("ended", "ping:")) {
            var exit = run.toEnd();
            assertThat(exit.path("rc").asInt()).isZero();
            assertThat(exit.path("left").asInt()).isZero();
            assertThat(run.processes()).isEmpty();
            assertThat(run.control()).isEmptyDirectory();
            assertThat(run.events().getLast().path("hosts").asInt()).isEqualTo(2);
            // What is measured is the way to the host and back, not the start of a module.
            for (var ok : run.events().stream()
                    .filter(e -> e.path("e").asText().equals("ok"))
                    .toList()) {
                assertThat(ok.path("rtt").asDouble()).isPositive();
                assertThat(ok.path("rtt").asDouble()).isLessThan(ok.path("t").asDouble() - began(run, ok));
            }
        }
    }

    private static double began(SupervisedRun run, JsonNode ok) {
        return run.events().stream()
                .filter(e -> e.path("e").asText().equals("run") && e.path("h").equals(ok.path("h")))
                .findFirst()
                .orElseThrow()
                .path("t")
                .asDouble();
    }
}
