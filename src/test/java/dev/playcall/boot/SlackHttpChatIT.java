package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.testing.PayloadTypes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Slack in HTTP mode: what people do comes to the gateway's own address, signed. */
class SlackHttpChatIT extends ChatContract {
    private static final Path RECORDS = Path.of("target", "payloads", "slack-http");
    /** Of what goes wrong, that which concerns how commands arrive; calls to Slack are the same in both modes. */
    private static final Set<String> ARRIVALS = Set.of(
            ConnectionFault.TWICE.promise(),
            ConnectionFault.LATE.promise(),
            "a command that is delivered twice is done once");

    @BeforeAll
    static void nothingIsRecordedYet() throws IOException {
        PayloadTypes.forget(RECORDS);
    }

    @Override
    ChatStage open(Path home) {
        return SlackStage.overHttp(home, Optional.of(RECORDS));
    }

    @Override
    ChatPlatforms platform() {
        return ChatPlatforms.SLACK;
    }

    @Override
    boolean isPlayed(ChatScenarios.Scenario scenario) {
        return !scenario.needs().contains(ChatStage.Feature.WIRE) || ARRIVALS.contains(scenario.name());
    }

    @AfterAll
    static void theTypesOfThePlatformFit() throws IOException, InterruptedException {
        assertThat(PayloadTypes.check(RECORDS)).isEmpty();
    }
}
