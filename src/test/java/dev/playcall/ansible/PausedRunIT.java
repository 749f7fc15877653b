package dev.playcall.ansible;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real supervisor holds real processes still. */
class PausedRunIT {
    private static final String COUNT =
            "setsid sh -c 'while :; do echo tick; sleep 0.05; done' & while :; do echo tock; sleep 0.05; done";

    @TempDir
    Path folder;

    private static void stands(SupervisedRun run) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(run.processes()).isNotEmpty().allMatch(PausedRunIT::isStopped));
    }

    /** D is a shell whose child was stopped between vfork and exec: it waits in the kernel, where no signal stops it. */
    private static boolean isStopped(ProcessHandle process) {
        try {
            var stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            return "TD".indexOf(stat.charAt(stat.lastIndexOf(')') + 2)) >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void everyProcessStandsItsTimeIsNotCountedAndItGoesOn() throws Exception {
        try (var run = new SupervisedRun(folder.resolve("run"), "/bin/sh", "-c", COUNT)) {
            run.set("timeout", 6.0).start();
            run.awaitOutput("tick");
            run.awaitOutput("tock");
            var begun = System.nanoTime();
            run.write("pause", "");
            stands(run);
            long still = run.output().length();
            await().pollDelay(Duration.ofSeconds(8)).until(() -> true);
            assertThat(run.output()).hasSize((int) still);
            assertThat(run.directory().resolve("exit.json")).doesNotExist();
            Files.delete(run.directory().resolve("pause"));
            await().atMost(Duration.ofSeconds(20)).until(() -> run.output().length() > still);
            var exit = run.exit();
            assertThat(exit.path("why").asText()).isEqualTo("timeout");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(10));
            assertThat(run.processes()).isEmpty();
        }
    }

    @Test
    void aCancelReachesWhatStands() {
        try (var run = new SupervisedRun(folder.resolve("run"), "/bin/sh", "-c", COUNT)) {
            run.start();
            run.awaitOutput("tick");
            run.write("pause", "");
            stands(run);
            run.cancel();
            assertThat(run.exit().path("why").asText()).isEqualTo("cancelled");
            assertThat(run.processes()).isEmpty();
        }
    }
}
