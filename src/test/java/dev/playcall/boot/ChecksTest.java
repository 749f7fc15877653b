package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.chat.ChatAdapter.Health;
import dev.playcall.testing.ScriptedChat;
import dev.playcall.web.http.ReadinessCheck;
import dev.playcall.web.http.ReadinessCheck.Problem;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChecksTest {
    private final ScriptedChat chat = new ScriptedChat(ScriptedChat.traits(60, Optional.empty()));
    private final ReadinessCheck readinessCheck = ReadinessChecks.platform(chat);

    @Test
    void aPlatformThatIsAwayLeavesTheRestWorking() {
        assertThat(readinessCheck.name()).isEqualTo("test");
        assertThat(readinessCheck.look().get()).isEmpty();
        chat.health(new Health.Connecting("no route to host"));
        assertThat(readinessCheck.look().get()).contains(Problem.degrades("is connecting: no route to host"));
        chat.health(new Health.Degraded("answers to posts are being lost since 2026-01-31 09:30 UTC: 502"));
        assertThat(readinessCheck.look().get())
                .contains(Problem.degrades("answers to posts are being lost since 2026-01-31 09:30 UTC: 502"));
        chat.health(new Health.Stopped("token revoked"));
        assertThat(readinessCheck.look().get()).contains(Problem.degrades("has stopped: token revoked"));
    }
}
