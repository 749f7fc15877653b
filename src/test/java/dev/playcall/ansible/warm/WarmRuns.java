package dev.playcall.ansible.warm;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.ansible.ProgramPaths;
import dev.playcall.runner.directory.RunDirectory.Launch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts runs of tests from an imported Ansible, so that the tests of runs are tests of warm ones as well: with
 * PLAYCALL_ANSIBLE_WARM=auto in the environment, which a gateway understands as the setting of the same name.
 */
public final class WarmRuns implements AutoCloseable {
    private static final Path SCRIPT =
            Path.of("src/main/resources/dev/playcall/ansible/warm.py").toAbsolutePath();

    private final WarmStarts warm;

    public WarmRuns(Path folder) {
        warm = new WarmStarts(SCRIPT, folder, () -> true, () -> true);
    }

    public static boolean wanted() {
        return "auto".equals(System.getenv("PLAYCALL_ANSIBLE_WARM"));
    }

    /** Of the suites that are run in both ways; the process of the tests closes it by its end. */
    public static WarmRuns ofAllTests() {
        return OfAllTests.RUNS;
    }

    /** Where a program with this name really is, for the command line of a run. */
    public static String program(String name) {
        return new ProgramPaths(System.getenv("PATH"))
                .find(name)
                .map(Path::toString)
                .orElse(name);
    }

    /** Waits for one that fits and hands the run over to it; false when the run is of a kind that always starts cold. */
    public boolean start(JsonNode spec, Path directory) {
        var launch = launch(spec);
        if (WarmKey.of(launch).isEmpty()) {
            return false;
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> warm.isReady(launch));
        await().atMost(Duration.ofSeconds(60)).until(() -> take(spec, directory).isPresent());
        return true;
    }

    /** Hands it over if there is one that fits now. */
    public Optional<ProcessHandle> take(JsonNode spec, Path directory) {
        return warm.take(launch(spec), directory);
    }

    /** Whether it would get one; if not, one is made. */
    public boolean isReady(JsonNode spec) {
        return warm.isReady(launch(spec));
    }

    public List<Long> waiting() {
        return warm.waiting();
    }

    public static Launch launch(JsonNode spec) {
        var environment = new LinkedHashMap<String, String>();
        spec.path("env")
                .properties()
                .forEach(e -> environment.put(e.getKey(), e.getValue().asText()));
        var argv = new ArrayList<String>();
        spec.path("argv").forEach(word -> argv.add(word.asText()));
        return new Launch(
                argv,
                environment,
                Optional.empty(),
                Path.of(spec.path("cwd").asText()),
                Duration.ofMinutes(2),
                Duration.ofSeconds(4),
                Path.of(spec.path("control_path").asText()),
                List.of(),
                Optional.empty(),
                Map.of());
    }

    @Override
    public void close() {
        warm.close();
    }

    private static final class OfAllTests {
        static final WarmRuns RUNS = new WarmRuns(folder());

        private static Path folder() {
            try {
                return Files.createTempDirectory("playcall-warm");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
