package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.chat.ChatAdapter.Health;
import dev.playcall.testing.ScriptedChat;
import dev.playcall.web.Check;
import dev.playcall.web.Check.Problem;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChecksTest {
    private final ScriptedChat chat = new ScriptedChat(ScriptedChat.traits(60, Optional.empty()));
    private final Check check = Checks.platform(chat);

    @Test
    void aPlatformThatIsAwayLeavesTheRestWorking() {
        assertThat(check.name()).isEqualTo("test");
        assertThat(check.look().get()).isEmpty();
        chat.health(new Health.Connecting("no route to host"));
        assertThat(check.look().get()).contains(Problem.degrades("is connecting: no route to host"));
        chat.health(new Health.Stopped("token revoked"));
        assertThat(check.look().get()).contains(Problem.degrades("has stopped: token revoked"));
    }
}
