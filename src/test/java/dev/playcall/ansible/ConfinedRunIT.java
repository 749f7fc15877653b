package dev.playcall.ansible;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.playcall.catalog.file.RolesPath;
import dev.playcall.config.AnsibleTuning;
import dev.playcall.config.RunIsolation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The supervisor's part in another user and in limits, with small programs in the place of Ansible. */
class ConfinedRunIT {
    @TempDir
    Path folder;

    private SupervisedRun shell(String script) {
        return new SupervisedRun(folder.resolve("run"), "sh", "-c", script);
    }

    private static void asRoot() {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root may become another user");
    }

    private SupervisedRun asNobody(String script) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        return shell(script).user("nobody", "/tmp").set("cwd", "/");
    }

    @Test
    void aUserThatIsNotThereIsNamedAndNothingIsExecuted() {
        try (var run = shell("echo begun").user("no-such-user", "/tmp")) {
            var exit = run.toEnd();
            assertThat(exit.path("why").asText()).isEqualTo("not_started");
            assertThat(exit.path("error").asText())
                    .isEqualTo("ansible.run_as: there is no user no-such-user on this machine:"
                            + " useradd --system --create-home no-such-user");
            assertThat(run.output()).isEmpty();
        }
    }

    @Test
    void whatTheUserCannotReadIsNamedWithTheFolderThatIsInTheWay() throws IOException {
        asRoot();
        var closed = Files.createDirectory(folder.resolve("closed"));
        var playbooks = Files.createDirectory(closed.resolve("playbooks"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        try (var run = asNobody("echo begun").user("nobody", playbooks.toString())) {
            assertThat(run.toEnd().path("error").asText())
                    .isEqualTo("ansible.run_as: nobody cannot read " + playbooks + ": chmod o+x " + closed
                            + ", or let a group of nobody do so");
            assertThat(run.output()).isEmpty();
        }
    }

    @Test
    void aGatewayThatMayNotBecomeTheUserDoesNotFallBackToItsOwn() throws Exception {
        asRoot();
        try (var run = asNobody("echo begun").user("daemon", "/tmp").writeSpec()) {
            var owner = run.directory().getFileSystem().getUserPrincipalLookupService();
            try (var all = Files.walk(run.directory())) {
                for (var path : all.toList()) {
                    Files.setOwner(path, owner.lookupPrincipalByName("nobody"));
                }
            }
            var command = new ArrayList<>(List.of("setpriv", "--reuid=nobody", "--clear-groups", "--"));
            command.addAll(SupervisedRun.command(run.directory()));
            new ProcessBuilder(command).start().waitFor();
            assertThat(run.exit().path("error").asText())
                    .isEqualTo("ansible.run_as: nobody may not become daemon: run the gateway as root, or give its unit"
                            + " the capabilities in docs/systemd.md");
            assertThat(run.output()).isEmpty();
        }
    }

    /** As the unit in docs/systemd.md has it: an ordinary user with a few capabilities, which the run must not have. */
    @Test
    void anOrdinaryUserWithTheCapabilitiesOfTheUnitMayAndTheRunHasNoneOfThem() throws Exception {
        asRoot();
        try (var run = asNobody("id -un; grep -E 'Cap(Prm|Eff|Amb)' /proc/self/status; sleep 600 & setsid sleep 600 &")
                .user("daemon", "/tmp")
                .writeSpec()) {
            var owner = run.directory().getFileSystem().getUserPrincipalLookupService();
            try (var all = Files.walk(run.directory())) {
                for (var path : all.toList()) {
                    Files.setOwner(path, owner.lookupPrincipalByName("nobody"));
                }
            }
            var capabilities = "+chown,+dac_override,+fowner,+kill,+setgid,+setuid,+sys_ptrace";
            var command = new ArrayList<>(List.of(
                    "setpriv",
                    "--reuid=nobody",
                    "--clear-groups",
                    "--inh-caps",
                    capabilities,
                    "--ambient-caps",
                    capabilities,
                    "--"));
            command.addAll(SupervisedRun.command(run.directory()));
            new ProcessBuilder(command).start().waitFor();
            assertThat(run.exit().path("rc").asInt()).isZero();
            assertThat(run.output().lines())
                    .contains("daemon", "CapEff:\t0000000000000000", "CapPrm:\t0000000000000000");
        }
    }

    @Test
    void aTimeoutEndsEverythingOfAnotherUser() throws IOException {
        asRoot();
        try (var run = asNobody("sleep 600 & setsid sleep 600 & trap '' INT TERM; while :; do sleep 1; done")
                .set("timeout", 1.0)
                .set("grace", 0.5)) {
            var exit = run.toEnd();
            assertThat(exit.path("why").asText()).isEqualTo("timeout");
            assertThat(exit.path("error").isNull()).isTrue();
            assertThat(run.processes()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        memory     | 100000000 | python3 -c "x = b'1' * 500000000"; sleep 600                      | limit
        processes  | 25        | for i in $(seq 40); do sleep 600 & done; exit 1                   | exited
        open_files | 64        | exec python3 -c "x = [open('/dev/null') for i in range(100)]"     | exited
        """)
    void aLimitThatWasMetIsInTheRecord(String name, int value, String script, String why) {
        assumeTrue(grouped(), "without control groups it depends on the user what a process meets first");
        try (var run = shell(script).limit(name, value)) {
            var exit = run.toEnd();
            assertThat(exit.path("why").asText()).isEqualTo(why);
            assertThat(exit.path("limit").path("name").asText()).isEqualTo(name);
            assertThat(exit.path("limit").path("value").asInt()).isEqualTo(value);
            assertThat(exit.path("limit").path("each").asBoolean()).isEqualTo(name.equals("open_files"));
            assertThat(run.processes()).isEmpty();
            for (var group : run.json("run.json").path("groups")) {
                assertThat(Path.of(group.asText())).doesNotExist();
            }
        }
    }

    @Test
    void aRunThatEndsWellHasMetNoLimitAndKnowsItsShareOfTheProcessors() {
        assumeTrue(grouped(), "only a control group has a share of the processors");
        try (var run = shell("cat /proc/self/cgroup").limit("cpu", 150)) {
            assertThat(run.toEnd().path("limit").isNull()).isTrue();
            assertThat(run.output()).contains("playcall-run-412");
        }
    }

    /** What is only asked of Ansible executes lookups as well. */
    @Test
    void aCheckOfAPlaybookIsMadeAsTheUserOfRuns() throws IOException {
        asRoot();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        var playbooks = Files.createDirectory(folder.resolve("playbooks"));
        var out = Files.createDirectory(folder.resolve("out"));
        Files.setPosixFilePermissions(out, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.writeString(playbooks.resolve("tasks.yml"), "[]\n");
        var playbook = Files.writeString(playbooks.resolve("hostile.yml"), """
            - hosts: all
              tasks:
                - import_tasks: "{{ lookup('pipe', 'id -un > ../out/who; echo tasks.yml') }}"
            """);
        var settings = new AnsibleSettings(
                folder,
                folder.resolve("inventory"),
                playbooks,
                folder,
                new RolesPath(folder, Optional.empty()),
                5,
                AnsibleTuning.DEFAULT,
                folder.resolve("data/facts"),
                true,
                Duration.ofSeconds(1),
                new RunIsolation(Optional.of("nobody"), RunIsolation.NONE.limits()),
                System.getenv());
        var program = new SyntaxProgram(
                () -> settings,
                new ProgramPaths(System.getenv().getOrDefault("PATH", "")),
                PythonFiles.unpack(folder.resolve("data/lib")),
                folder.resolve("data/plans"),
                text -> text);
        assertThat(program.problem(playbook, "playbooks/hostile.yml")).isEmpty();
        assertThat(out.resolve("who")).hasContent("nobody");
        assertThat(Files.getPosixFilePermissions(folder)).isEqualTo(PosixFilePermissions.fromString("rwx--x--x"));
    }

    /** A tree of version 2 as a container has it, and as systemd has it without Delegate=. */
    @ParameterizedTest
    @CsvSource({"false,cgroup", "true,rlimit"})
    void aTreeOfVersionTwoHoldsARunWhereItIsOursToChange(boolean systemd, String means) throws IOException {
        var tree = Files.createDirectories(folder.resolve("sys/fs/cgroup"));
        Files.createDirectories(folder.resolve("proc/self"));
        if (systemd) {
            Files.createDirectories(folder.resolve("run/systemd/system"));
        }
        Files.writeString(folder.resolve("proc/self/cgroup"), "0::/\n");
        Files.writeString(
                folder.resolve("proc/self/mountinfo"), "30 1 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
        Files.writeString(tree.resolve("cgroup.controllers"), "cpuset cpu io memory pids\n");
        Files.writeString(tree.resolve("cgroup.subtree_control"), "\n");
        Files.writeString(tree.resolve("cgroup.procs"), "1\n");
        var said = said("-c", """
            import os, sys
            sys.path.append(sys.argv[1])
            import limits
            held = limits.Limits({"memory": 2 << 30, "cpu": 150, "processes": 50}, 7, 60, sys.argv[2])
            held.attach(4711)
            for group in held.groups:
                with open(os.path.join(group, "memory.events"), "w") as f:
                    f.write("max 3\\noom 1\\noom_kill 1\\n")
            print(held.means["memory"], held.means["cpu"], held.means["processes"], held.killed(), end="")
            """, SupervisedRun.PROGRAMS.toString(), folder.toString());
        boolean held = means.equals("cgroup");
        assertThat(said).isEqualTo("%1$s %1$s %1$s %2$s".formatted(means, held ? "True" : "False"));
        var group = tree.resolve("playcall-run-7");
        if (held) {
            assertThat(group.resolve("memory.max")).hasContent("2147483648");
            assertThat(group.resolve("cpu.max")).hasContent("150000 100000");
            assertThat(group.resolve("pids.max")).hasContent("50");
            assertThat(group.resolve("cgroup.procs")).hasContent("4711");
            assertThat(tree.resolve("cgroup.subtree_control")).hasContent("+memory +cpu +pids");
            assertThat(tree.resolve("playcall-gateway/cgroup.procs")).hasContent("1");
        } else {
            assertThat(group).doesNotExist();
        }
    }

    private static boolean grouped() {
        return said(SupervisedRun.PROGRAMS.resolve("limits.py").toString()).contains("\"memory\": \"cgroup\"");
    }

    private static String said(String... arguments) {
        try {
            var command = new ArrayList<>(List.of("/usr/bin/python3", "-I", "-B"));
            command.addAll(List.of(arguments));
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
