package dev.playcall.ansible;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The supervisor on its own, with small programs in the place of Ansible. */
class SupervisorIT {
    @TempDir
    Path folder;

    private SupervisedRun shell(String script) {
        return new SupervisedRun(folder.resolve("run"), "sh", "-c", script);
    }

    private static int exitCode(Process process) throws InterruptedException {
        return process.waitFor();
    }

    @Test
    void whatTheProgramSaysAndHowItEndsIsRecorded() throws Exception {
        try (var run = shell("cat; echo to-stdout; echo to-stderr >&2; exit 2")) {
            var supervisor = run.writeSpec().supervisor();
            var exit = run.exit();
            assertThat(exit.path("rc").asInt()).isEqualTo(2);
            assertThat(exit.path("signal").isNull()).isTrue();
            assertThat(exit.path("why").asText()).isEqualTo("exited");
            assertThat(exit.path("error").isNull()).isTrue();
            assertThat(exit.path("left").asInt()).isZero();
            assertThat(exit.path("max_rss").asLong()).isPositive();
            assertThat(exit.path("ended").asLong())
                    .isGreaterThanOrEqualTo(exit.path("started").asLong());
            assertThat(exit.path("full").asBoolean(true)).isFalse();
            assertThat(run.output()).isEqualTo("to-stdout\nto-stderr\n");
            assertThat(exitCode(supervisor)).isZero();
            assertThat(run.read("supervisor.log")).isEmpty();
            assertThat(run.json("run.json").path("pid").asLong()).isEqualTo(supervisor.pid());
            assertThat(run.json("run.json").path("boot").asText())
                    .isEqualTo(Files.readString(Path.of("/proc/sys/kernel/random/boot_id"))
                            .strip());
        }
    }

    @Test
    void theProgramSeesItsOwnEnvironmentAndNoFileOfOurs() {
        try (var run = new SupervisedRun(folder.resolve("run"), "/bin/sh", "-c", "/usr/bin/env; ls /proc/self/fd")) {
            run.env("ONLY", "this").toEnd();
            assertThat(run.output().lines().filter(l -> l.contains("=") && !l.startsWith("PWD=")))
                    .containsExactlyInAnyOrder(
                            "PATH=/usr/bin:/bin",
                            "LC_ALL=C.UTF-8",
                            "ONLY=this",
                            "PLAYCALL_RUN_ID=412",
                            "PLAYCALL_RUN_DIR=" + run.directory());
            // 3 is the directory that ls itself reads
            assertThat(run.output().lines().filter(l -> l.matches("\\d+"))).containsExactly("0", "1", "2", "3");
        }
    }

    @Test
    void theSecretPartOfTheEnvironmentIsReadOnceAndItsFileIsGone() throws Exception {
        var file = folder.resolve("environment.json");
        try (var run =
                new SupervisedRun(folder.resolve("secretive"), "/bin/sh", "-c", "echo $HUSH $ONLY; ls " + file)) {
            Files.writeString(file, "{\"HUSH\": \"hunter2\", \"ONLY\": \"never\"}");
            run.env("ONLY", "this").set("env_file", file.toString()).toEnd();
            assertThat(run.read("output")).contains("hunter2 this").contains("No such file");
            assertThat(file).doesNotExist();
        }
    }

    @Test
    void withoutTheSecretPartOfItsEnvironmentAProgramIsNotStarted() throws Exception {
        try (var run = new SupervisedRun(folder.resolve("without"), "/bin/true")) {
            run.set("env_file", folder.resolve("nowhere.json").toString());
            var exit = run.toEnd();
            assertThat(exit.path("why").asText()).isEqualTo("not_started");
            assertThat(exit.path("error").asText()).contains("nowhere.json");
        }
    }

    @Test
    void everyFileOfARunIsPrivate() throws Exception {
        try (var run = shell("true")) {
            run.toEnd();
            for (var name : List.of("run.json", "exit.json", "output", "claim", "supervisor.log")) {
                var file = run.directory().resolve(name);
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(name)
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void aSecondSupervisorRefusesToStart() throws Exception {
        try (var run = shell("echo executed")) {
            run.toEnd();
            assertThat(exitCode(run.supervisor())).isEqualTo(3);
            assertThat(run.output()).isEqualTo("executed\n");
        }
    }

    @Test
    void ofManySupervisorsThatRaceExactlyOneWins() throws Exception {
        try (var run = shell("echo executed")) {
            run.writeSpec();
            var racers = IntStream.range(0, 8).mapToObj(_ -> run.supervisor()).toList();
            var codes = racers.stream().map(p -> p.onExit().join().exitValue()).sorted();
            assertThat(codes).containsExactly(0, 3, 3, 3, 3, 3, 3, 3);
            assertThat(run.output()).isEqualTo("executed\n");
        }
    }

    @Test
    void itsTimeIsUp() {
        try (var run = shell("sleep 600")) {
            var exit = run.set("timeout", 0.3).toEnd();
            assertThat(exit.path("why").asText()).isEqualTo("timeout");
            assertThat(exit.path("signal").asInt()).isEqualTo(2);
            assertThat(run.processes()).isEmpty();
        }
    }

    @Test
    void theCancelFileStopsIt() {
        try (var run = shell("trap 'echo tidied; exit 99' INT; echo ready; while :; do sleep 0.05; done")) {
            run.start();
            run.awaitOutput("ready");
            run.cancel();
            var exit = run.exit();
            assertThat(exit.path("why").asText()).isEqualTo("cancelled");
            assertThat(exit.path("rc").asInt()).isEqualTo(99);
            assertThat(run.output()).contains("tidied");
        }
    }

    @Test
    void termStopsIt() {
        try (var run = shell("echo ready; sleep 600")) {
            var supervisor = run.writeSpec().supervisor();
            run.awaitOutput("ready");
            supervisor.destroy();
            assertThat(run.exit().path("why").asText()).isEqualTo("cancelled");
            assertThat(run.processes()).isEmpty();
        }
    }

    @Test
    void hangUpDoesNotStopIt() throws Exception {
        try (var run = shell("echo ready; while [ ! -e go ]; do sleep 0.05; done; exit 5")) {
            var supervisor = run.writeSpec().supervisor();
            run.awaitOutput("ready");
            signal("HUP", supervisor.pid());
            signal("INT", supervisor.pid());
            run.write("go", "");
            assertThat(run.exit().path("rc").asInt()).isEqualTo(5);
        }
    }

    @Test
    void whoIgnoresIntAndTermIsKilled() {
        try (var run = shell("trap '' INT TERM; echo ready; sleep 600")) {
            run.set("grace", 0.6).start();
            run.awaitOutput("ready");
            run.cancel();
            var exit = run.exit();
            assertThat(exit.path("signal").asInt()).isEqualTo(9);
            assertThat(exit.path("left").asInt()).isEqualTo(2);
            assertThat(run.processes()).isEmpty();
        }
    }

    @Test
    void aSecondTermGoesStraightToKill() throws Exception {
        try (var run = shell("trap '' INT; trap 'echo asked' TERM; echo ready; while :; do sleep 0.05; done")) {
            var supervisor = run.set("grace", 1000).writeSpec().supervisor();
            run.awaitOutput("ready");
            supervisor.destroy();
            // The first is only gone from the supervisor's queue when INT is out, so the second must not merge with it.
            await().until(() -> pendingTerm(supervisor.pid()), p -> !p);
            signal("TERM", supervisor.pid());
            var exit = run.exit();
            assertThat(exit.path("why").asText()).isEqualTo("cancelled");
            assertThat(exit.path("signal").asInt()).isEqualTo(9);
        }
    }

    @Test
    void itEndsWhenTheLeaseOfItsMachineIsOver() throws Exception {
        try (var run = shell("trap '' INT TERM; echo ready; while :; do sleep 0.05; done")) {
            lease(run, 2);
            run.set("grace", 1000).set("lease", run.directory() + "/lease").start();
            run.awaitOutput("ready");
            lease(run, 4); // the gateway has reached the database once more
            run.cancel(); // whose grace is longer than the lease
            var exit = run.exit(Duration.ofSeconds(30));
            assertThat(exit.path("signal").asInt()).isEqualTo(9);
            assertThat(run.processes()).isEmpty();
        }
    }

    @Test
    void aPausedOneEndsWithTheLeaseAsWellAndSaysSo() throws Exception {
        try (var run = shell("echo ready; trap 'exit 99' TERM; while :; do sleep 0.05; done")) {
            lease(run, 2);
            run.set("lease", run.directory() + "/lease").start();
            run.awaitOutput("ready");
            run.write("pause", "");
            var exit = run.exit(Duration.ofSeconds(30));
            assertThat(exit.path("why").asText() + exit.path("rc")).isEqualTo("fenced99");
            assertThat(run.processes()).isEmpty();
        }
    }

    @Test
    void withoutALeaseNothingIsStartedOnAMachineThatNeedsOne() {
        try (var run = shell("echo executed")) {
            var exit = run.set("lease", run.directory() + "/lease").toEnd();
            assertThat(exit.path("why").asText()).isEqualTo("not_started");
            assertThat(exit.path("error").asText()).contains("has not reached the database");
            assertThat(run.output()).isEmpty();
        }
    }

    /** As the gateway writes it. */
    private static void lease(SupervisedRun run, int seconds) throws IOException {
        var boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        var uptime =
                Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ", 2)[0]);
        run.write("lease.new", "{\"boot\": \"" + boot + "\", \"until\": " + (uptime + seconds) + "}\n");
        Files.move(
                run.directory().resolve("lease.new"), run.directory().resolve("lease"), StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void aPausedProgramCanBeCancelled() throws Exception {
        try (var run = shell("echo ready; kill -STOP $$; sleep 600")) {
            run.set("grace", 1000).start();
            run.awaitOutput("ready");
            var status = Path.of("/proc/" + run.json("run.json").path("child").asLong() + "/status");
            await().until(() -> Files.readString(status).contains("(stopped)"));
            run.cancel();
            assertThat(run.exit().path("why").asText()).isEqualTo("cancelled");
            assertThat(run.processes()).isEmpty();
        }
    }

    @Test
    void whoeverSlippedAwayIsStoppedToo() throws Exception {
        // In a session of its own, without our mark in its environment, deaf, and an orphan.
        var hidden = "(env -i setsid sh -c 'trap \"\" INT TERM; echo $$ >hidden; while :; do sleep 0.05; done' &)";
        try (var run = shell(hidden + "; while [ ! -s hidden ]; do sleep 0.05; done; echo ready; sleep 600")) {
            run.set("grace", 0.6).start();
            run.awaitOutput("ready");
            var pid = Long.parseLong(run.read("hidden").strip());
            assertThat(ProcessHandle.of(pid)).isPresent();
            run.cancel();
            assertThat(run.exit().path("left").asInt()).isPositive();
            assertThat(ProcessHandle.of(pid)).isEmpty();
        }
    }

    @Test
    void aDaemonStaysWhenTheProgramEndsWellAndTheForgottenDoNot() throws Exception {
        try (var run = shell("setsid sleep 4711 & echo $! >daemon; sleep 4712 & echo $! >forgotten; sleep 0.2")) {
            var exit = run.toEnd();
            assertThat(exit.path("rc").asInt()).isZero();
            assertThat(exit.path("left").asInt()).isEqualTo(1);
            var daemon =
                    ProcessHandle.of(Long.parseLong(run.read("daemon").strip())).orElseThrow();
            assertThat(ProcessHandle.of(Long.parseLong(run.read("forgotten").strip())))
                    .isEmpty();
            assertThat(daemon.destroyForcibly()).isTrue();
        }
    }

    @Test
    void nothingStaysOfAProgramThatWasKilled() {
        try (var run = shell("setsid sleep 4713 & while ! pgrep -s $! >/dev/null; do :; done; kill -9 $$")) {
            var exit = run.toEnd();
            assertThat(exit.path("why").asText()).isEqualTo("exited");
            assertThat(exit.path("rc").isNull()).isTrue();
            assertThat(exit.path("signal").asInt()).isEqualTo(9);
            assertThat(run.processes()).isEmpty();
        }
    }

    @Test
    void theRunOutlivesItsGateway() throws Exception {
        try (var run = shell("echo ready; while [ ! -e go ]; do sleep 0.05; done; exit 7")) {
            run.writeSpec();
            var command = String.join(" ", SupervisedRun.command(run.directory()));
            var gateway = new ProcessBuilder("sh", "-c", command + " & wait").start();
            run.awaitOutput("ready");
            gateway.destroyForcibly().waitFor();
            gateway.getInputStream().close();
            gateway.getErrorStream().close();
            run.write("go", "");
            assertThat(run.exit().path("rc").asInt()).isEqualTo(7);
        }
    }

    @Test
    void closedStreamsDoNoHarm() throws Exception {
        try (var run = shell("echo fine; exit 4")) {
            run.writeSpec();
            var command = String.join(" ", SupervisedRun.command(run.directory()));
            new ProcessBuilder("sh", "-c", "exec " + command + " <&- >&- 2>&-").start();
            assertThat(run.exit().path("rc").asInt()).isEqualTo(4);
            assertThat(run.output()).isEqualTo("fine\n");
        }
    }

    @Test
    void aMissingProgramIsNotStarted() {
        try (var run = new SupervisedRun(folder.resolve("run"), "ansible-nowhere")) {
            var exit = run.toEnd();
            assertThat(exit.path("why").asText()).isEqualTo("not_started");
            assertThat(exit.path("rc").isNull()).isTrue();
            assertThat(exit.path("error").asText()).contains("ansible-nowhere", "No such file");
        }
    }

    @Test
    void aMissingDirectoryIsNotEntered() {
        try (var run = shell("true")) {
            var exit = run.set("cwd", "/nowhere/at/all").toEnd();
            assertThat(exit.path("why").asText()).isEqualTo("not_started");
            assertThat(exit.path("error").asText()).contains("/nowhere/at/all");
        }
    }

    @Test
    void aMissingInterpreterIsNamed() throws Exception {
        var script = Files.writeString(folder.resolve("script"), "#!/nowhere/python\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        try (var run = new SupervisedRun(folder.resolve("run"), script.toString())) {
            assertThat(run.toEnd().path("error").asText()).contains("interpreter");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"run": 1,                                                                | is not JSON
        []                                                                        | is not an object
        {"run": 1}                                                                | has no argv
        {"run": 1, "argv": []}                                                    | argv is not
        {"run": 1, "argv": ["x"], "env": {"A": 1}}                                | env is not
        {"run": 1, "argv": ["x"], "env": {}, "env_file": "here", "cwd": "/"}          | env_file is not
        {"run": 1, "argv": ["x"], "env": {}, "cwd": "here"}                       | cwd is not
        {"run": 1, "argv": ["x"], "env": {}, "cwd": "/", "timeout": "soon"}       | timeout is not
        {"run": 1, "argv": ["x"], "env": {}, "cwd": "/", "timeout": 1, "grace": 1, "sweep": ["/"]} | sweep is not
        """)
    void aBrokenSpecIsRefusedInWords(String spec, String complaint) throws Exception {
        try (var run = shell("true")) {
            run.write("spec.json", spec);
            assertThat(exitCode(run.supervisor())).isEqualTo(2);
            assertThat(run.read("supervisor.log")).contains("spec.json", complaint);
            assertThat(run.directory().resolve("run.json")).doesNotExist();
            assertThat(run.directory().resolve("exit.json")).doesNotExist();
        }
    }

    /** In a mount namespace of its own, where the folder of the run is a disk of 64 KiB. */
    @Test
    void aProgramThatFailsOnAFullDiskIsRecordedAsSuch() throws Exception {
        try (var run = shell("cat /dev/zero > filled")) {
            run.writeSpec();
            var script = "spec=$(cat spec.json) && mount -t tmpfs -o size=64k none \"$PWD\" && cd \"$PWD\""
                    + " && printf %s \"$spec\" > spec.json && \"$@\" && cat exit.json";
            var command = new ArrayList<>(List.of("unshare", "-rm", "sh", "-c", script, "sh"));
            command.addAll(SupervisedRun.command(run.directory()));
            var process = new ProcessBuilder(command)
                    .directory(run.directory().toFile())
                    .redirectErrorStream(true)
                    .start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assumeFalse(said.contains("unshare") || said.contains("mount:"), said);
            var exit = new ObjectMapper().readTree(said);
            assertThat(exit.path("rc").asInt()).isEqualTo(1);
            assertThat(exit.path("full").asBoolean()).isTrue();
        }
    }

    @Test
    void whatIsToBeSweptIsGoneAndWhatItsLinksNameIsNot() throws Exception {
        var outside = Files.createDirectories(folder.resolve("outside"));
        Files.writeString(outside.resolve("kept"), "");
        var secret = Files.writeString(folder.resolve("vars.json"), "{}");
        var deep = Files.createDirectories(folder.resolve("tmp/a/b"));
        Files.writeString(deep.resolve("file"), "");
        Files.createSymbolicLink(deep.resolve("link"), outside);
        try (var run = shell("true")) {
            run.sweep(folder.resolve("tmp"))
                    .sweep(secret)
                    .sweep(folder.resolve("absent"))
                    .toEnd();
            assertThat(folder.resolve("tmp")).doesNotExist();
            assertThat(secret).doesNotExist();
            assertThat(outside.resolve("kept")).exists();
            assertThat(run.read("supervisor.log")).isEmpty();
        }
    }

    @Test
    void theProgramCanBeInterruptedThoughTheGatewayIgnoresInt() throws Exception {
        try (var run = shell("echo ready; sleep 600")) {
            run.set("grace", 1000).writeSpec();
            var command = String.join(" ", SupervisedRun.command(run.directory()));
            new ProcessBuilder("sh", "-c", "trap '' INT HUP; exec " + command).start();
            run.awaitOutput("ready");
            run.cancel();
            assertThat(run.exit().path("signal").asInt()).isEqualTo(2);
        }
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    }

    private static boolean pendingTerm(long pid) throws IOException {
        var pending = Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(l -> l.startsWith("ShdPnd:"))
                .map(l -> Long.parseUnsignedLong(l.substring(7).strip(), 16))
                .findFirst()
                .orElseThrow();
        return (pending >> 14 & 1) == 1;
    }

    static {
        org.awaitility.Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    }
}
