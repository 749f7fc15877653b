package dev.playcall.boot;

import java.nio.file.Path;
import java.util.Optional;

class SlackChatIT extends ChatContract {
    static final Path RECORDS = Path.of("target", "payloads", "slack");

    @Override
    ChatStage open(Path home) {
        return new SlackStage(home, Optional.of(RECORDS));
    }

    @Override
    ChatPlatforms platform() {
        return ChatPlatforms.SLACK;
    }
}
