package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.playcall.cli.client.ConsoleStage;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.HostResult.HostStats;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleChatIT extends ChatContract {
    @TempDir
    Path home;

    @Override
    ChatStage open(Path home) {
        return new ConsoleStage(home);
    }

    @Override
    ChatPlatforms platform() {
        return ChatPlatforms.CONSOLE;
    }

    @Test
    void theHeadlineOfAFailedRunStandsOnce() {
        try (var stage = open(home)) {
            stage.say("alice", "deploy production version=v1.2.3");
            var run = stage.house().begin("deploy");
            stage.house()
                    .fail(
                            run,
                            new HostResult(
                                    "web-1",
                                    HostOutcome.FAILED,
                                    new HostStats(1, 0, 0, 1, 0, 0, 0),
                                    Optional.of("Check health"),
                                    Optional.of("answered 503"),
                                    Duration.ofSeconds(1)));
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(stage.channel()).hasSize(2));
            var shown = String.join("\n", stage.channel());
            assertThat(shown).containsOnlyOnce("#1 deploy v1.2.3 → production failed");
            assertThat(stage.channel().getLast()).contains("Check health", "web-1", "answered 503", "→ retry 1");
        }
    }
}
