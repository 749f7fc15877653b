package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.testing.PayloadTypes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class SlackChatIT extends ChatContract {
    static final Path RECORDS = Path.of("target", "payloads", "slack");

    @BeforeAll
    static void nothingIsRecordedYet() throws IOException {
        PayloadTypes.forget(RECORDS);
    }

    @Override
    ChatStage open(Path home) {
        return new SlackStage(home, Optional.of(RECORDS));
    }

    /** What was sent in all of these scenarios is what the platform's own types describe. */
    @AfterAll
    static void theTypesOfThePlatformFit() throws IOException, InterruptedException {
        assertThat(PayloadTypes.check(RECORDS)).isEmpty();
    }

    @Override
    ChatPlatforms platform() {
        return ChatPlatforms.SLACK;
    }
}
