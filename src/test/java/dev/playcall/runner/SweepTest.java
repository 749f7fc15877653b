package dev.playcall.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.playcall.domain.name.RunId;
import dev.playcall.runner.directory.RunDirectory;
import dev.playcall.runner.directory.RunDirectory.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program named ssh that only sleeps stands for what a run left behind. */
class SweepTest {
    private final List<Process> started = new ArrayList<>();

    @TempDir
    private Path folder;

    private RunDirectory directory;

    @BeforeEach
    void make() throws IOException {
        directory = new RunDirectory(folder.resolve("runs"), new RunId(1));
        directory.create();
        Files.createDirectories(folder.resolve("pc-1"));
        var launch = new Launch(
                List.of("true"),
                Map.of(),
                Optional.empty(),
                folder,
                Duration.ofMinutes(1),
                Duration.ofSeconds(1),
                folder.resolve("pc-1"),
                List.of(folder.resolve("pc-1")),
                Optional.empty(),
                Map.of());
        directory.writeSpec(launch, Optional.empty());
        Files.copy(Path.of("/bin/sleep"), folder.resolve("ssh"));
    }

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    /** Its command line shows the title, as that of an ssh master does. */
    private Process sleeper(String program, String title, Map<String, String> environment) throws IOException {
        var builder = new ProcessBuilder("/bin/bash", "-c", "exec -a \"$0\" \"$1\" 600", title, program);
        builder.environment().putAll(environment);
        var process = builder.start();
        started.add(process);
        await().until(() ->
                Files.readString(Path.of("/proc/" + process.pid() + "/cmdline")).startsWith(title + "\0"));
        return process;
    }

    private Process connection(String control) throws IOException {
        return sleeper(folder.resolve("ssh").toString(), "ssh: " + folder.resolve(control) + "/4a5b [mux]", Map.of());
    }

    @Test
    void theConnectionsOfThisRunAreEndedAndThoseOfARunWithALongerNumberAreNot() throws IOException {
        var own = connection("pc-1");
        var foreign = connection("pc-12");
        OrphanKiller.after(directory);
        assertThat(own.isAlive()).isFalse();
        assertThat(foreign.isAlive()).isTrue();
        assertThat(folder.resolve("pc-1")).doesNotExist();
    }

    @Test
    void whoOnlyLooksAtTheFolderIsNoConnection() throws IOException {
        var editor = sleeper("/bin/sleep", "vi " + folder.resolve("pc-1") + "/4a5b", Map.of());
        OrphanKiller.after(directory);
        assertThat(editor.isAlive()).isTrue();
    }

    @Test
    void whatCarriesTheMarkOfThisRunIsEndedAndThatOfAnotherIsNot() throws IOException {
        var own = sleeper(
                "/bin/sleep",
                "worker",
                Map.of("PLAYCALL_RUN_DIR", directory.path().toString()));
        var other = sleeper("/bin/sleep", "worker", Map.of("PLAYCALL_RUN_DIR", directory.path() + "2"));
        OrphanKiller.after(directory);
        assertThat(own.isAlive()).isFalse();
        assertThat(other.isAlive()).isTrue();
    }
}
