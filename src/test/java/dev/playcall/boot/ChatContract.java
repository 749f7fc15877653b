package dev.playcall.boot;

import dev.playcall.testing.MemoryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The promises of {@link ChatScenarios}, each in a channel and a gateway of its own; {@code -Dscenario=} picks some. */
abstract class ChatContract {

    abstract ChatStage open(Path home);

    abstract ChatPlatforms platform();

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicTest> promises() {
        return ChatScenarios.all().stream()
                .filter(s -> platform().has(s.needs()))
                .filter(s -> s.name().contains(System.getProperty("scenario", "")))
                // What waits for timeouts begins first, so that the rest is done meanwhile.
                .sorted(Comparator.comparing(s -> !s.needs().contains(ChatStage.Feature.WIRE)))
                .map(s -> DynamicTest.dynamicTest(s.name(), () -> play(s)));
    }

    private void play(ChatScenarios.Scenario scenario) throws IOException {
        var home = MemoryFolder.make("chat");
        try (var stage = open(home)) {
            scenario.play().accept(stage);
        } finally {
            try (var all = Files.walk(home)) {
                all.sorted(Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
            }
        }
    }
}
