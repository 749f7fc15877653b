package dev.playcall.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.playcall.background.ChildProcess.Rest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real processes, which try to get away. */
class ChildProcessIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    /** Leaves its parent and its session, and asks not to be ended. */
    private static final String RUNAWAY =
            "setsid sh -c 'trap \"\" TERM; echo $$ >away.new; mv away.new away; sleep 600 & wait; sleep 600' & ";

    @TempDir
    private Path folder;

    private ProcessBuilder shell(String script) {
        return new ProcessBuilder("sh", "-c", script)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
    }

    private Optional<ProcessHandle> runaway() throws IOException {
        return ProcessHandle.of(
                        Long.parseLong(Files.readString(folder.resolve("away")).strip()))
                .filter(ProcessHandle::isAlive);
    }

    private void awaitRunaway() {
        await().atMost(LONG).until(() -> Files.exists(folder.resolve("away")));
    }

    @AfterEach
    void end() throws IOException {
        if (Files.exists(folder.resolve("away"))) {
            runaway().ifPresent(p -> {
                p.descendants().forEach(ProcessHandle::destroyForcibly);
                p.destroyForcibly();
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"exit 0, 0", "exit 3, 3", "kill -9 $$, 137", "kill -TERM $$, 143", "exec /nowhere/program, 127"})
    void endsAsItsProgramDoes(String script, int code) throws Exception {
        var child = ChildProcess.start(shell("cat; echo said; echo wrong >&2; " + script), Rest.END);
        assertThat(child.endsWithin(LONG)).isTrue();
        assertThat(child.exitValue()).isEqualTo(code);
        assertThat(folder.resolve("out")).hasContent("said");
        assertThat(folder.resolve("err")).content().startsWith("wrong\n");
    }

    @Test
    void aProgramThatIsNotThereIsNamed() throws Exception {
        var child = ChildProcess.start(
                new ProcessBuilder("/nowhere/program")
                        .redirectError(folder.resolve("err").toFile()),
                Rest.END);
        assertThat(child.endsWithin(LONG)).isTrue();
        assertThat(child.exitValue()).isEqualTo(127);
        assertThat(folder.resolve("err")).hasContent("/nowhere/program: No such file or directory");
    }

    @Test
    void whatHasLeftItsParentAndItsSessionIsEndedWithIt() throws Exception {
        var child = ChildProcess.start(shell(RUNAWAY + "sleep 600"), Rest.END);
        awaitRunaway();
        assertThat(child.endsWithin(Duration.ofMillis(1))).isFalse();
        assertThat(runaway()).isEmpty();
    }

    @Test
    void whatItLeavesBehindIsEndedOrLeftAsAsked() throws Exception {
        var leaving = ChildProcess.start(shell(RUNAWAY + "until test -e away; do sleep 0.1; done"), Rest.LEAVE);
        assertThat(leaving.endsWithin(LONG)).isTrue();
        assertThat(runaway()).isPresent();
        end();
        Files.delete(folder.resolve("away"));
        var ending = ChildProcess.start(shell(RUNAWAY + "until test -e away; do sleep 0.1; done"), Rest.END);
        assertThat(ending.endsWithin(LONG)).isTrue();
        assertThat(runaway()).isEmpty();
    }

    @Test
    void nothingOutlivesAKilledGateway() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        var command = List.of(
                java,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Waiting.class.getName(),
                folder.toString(),
                RUNAWAY + "sleep 600");
        var gateway = new ProcessBuilder(command).start();
        awaitRunaway();
        gateway.destroyForcibly().waitFor();
        await().atMost(LONG).until(() -> runaway().isEmpty());
    }

    /** What a gateway does while a program works for it. */
    static final class Waiting {
        public static void main(String[] arguments) throws Exception {
            var builder = new ProcessBuilder("sh", "-c", arguments[1])
                    .directory(Path.of(arguments[0]).toFile());
            ChildProcess.start(builder, Rest.LEAVE).endsWithin(Duration.ofMinutes(10));
        }
    }
}
