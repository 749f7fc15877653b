package dev.playcall.boot;

import dev.playcall.testing.MemoryFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The promises of {@link ChatScenarios}, each that changes something in a channel and a gateway of its own;
 * {@code -Dscenario=} picks some.
 */
abstract class ChatContract {

    abstract ChatStage open(Path home);

    abstract ChatPlatforms platform();

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicTest> promises() {
        return scenarios()
                .filter(s -> !s.readOnly())
                // What waits for timeouts begins first, so that the rest is done meanwhile.
                .sorted(Comparator.comparing(s -> !s.needs().contains(ChatStage.Feature.WIRE)))
                .map(s -> DynamicTest.dynamicTest(s.name(), () -> play(s)));
    }

    /** One after the other in one gateway: each looks whether it is as empty as before. */
    @TestFactory
    Stream<DynamicTest> promisesThatChangeNothing() throws IOException {
        var home = MemoryFolder.make("chat");
        var stage = open(home);
        return scenarios()
                .filter(ChatScenarios.Scenario::readOnly)
                .map(s -> DynamicTest.dynamicTest(s.name(), () -> s.play().accept(stage)))
                .onClose(() -> {
                    stage.close();
                    remove(home);
                });
    }

    /** Whether it is played here; all are, unless another class plays them for this one too. */
    boolean isPlayed(ChatScenarios.Scenario scenario) {
        return true;
    }

    private Stream<ChatScenarios.Scenario> scenarios() {
        return ChatScenarios.all().stream()
                .filter(s -> platform().has(s.needs()))
                .filter(this::isPlayed)
                .filter(s -> s.name().contains(System.getProperty("scenario", "")));
    }

    private void play(ChatScenarios.Scenario scenario) throws IOException {
        var home = MemoryFolder.make("chat");
        try (var stage = open(home)) {
            scenario.play().accept(stage);
        } catch (AssertionError e) {
            // The summary of a build names the method only.
            throw new AssertionError(scenario.name() + ": " + e.getMessage(), e);
        } finally {
            remove(home);
        }
    }

    private static void remove(Path home) {
        try (var all = Files.walk(home)) {
            all.sorted(Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
