package dev.playcall.boot;

import dev.playcall.cli.client.ConsoleStage;
import java.nio.file.Path;

class ConsoleChatIT extends ChatContract {
    @Override
    ChatStage open(Path home) {
        return new ConsoleStage(home);
    }

    @Override
    ChatPlatforms platform() {
        return ChatPlatforms.CONSOLE;
    }
}
