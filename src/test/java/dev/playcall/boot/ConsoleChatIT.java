package dev.playcall.boot;

import java.nio.file.Path;
import java.util.Set;

class ConsoleChatIT extends ChatContract {
    @Override
    ChatStage open(Path home) {
        return new ConsoleStage(home);
    }

    @Override
    Set<ChatStage.Feature> features() {
        return Set.of();
    }
}
