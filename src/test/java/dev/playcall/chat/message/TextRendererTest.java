package dev.playcall.chat.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.chat.message.Message.Block;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tables as a terminal shows them. */
class TextRendererTest {
    private static final String LONG = "very-long-hostname-of-a-legacy-machine.eu-central-1.example.org";

    private static String table(int width) {
        return new TextRenderer(width, false)
                .render(Message.of(new Block.Table(
                        List.of("Server", "SSH", "Provision", "Deploy", "Status"),
                        List.of(
                                List.of("web-1", "✓ local 4 min ago", "✓ 9 min ago", "✗ failed 4 min ago", "failed"),
                                List.of(LONG, "✓ local 4 min ago", "✓ 9 min ago", "✓ v1.1.0 4 min ago", "ok")))));
    }

    @Test
    void oneLongNameDoesNotPushTheOtherColumnsOut() {
        assertThat(table(100).lines())
                .allMatch(line -> line.length() <= 100)
                .anySatisfy(line -> assertThat(line).contains("web-1", "✗ failed 4 min ago", "failed"))
                .anySatisfy(line -> assertThat(line).contains("very-long-hostname", "…", "✓ v1.1.0 4 min ago", "ok"));
    }

    @Test
    void whereThereIsRoomNothingIsCut() {
        assertThat(table(200)).contains(LONG.substring(0, 50)).contains("ok");
    }

    @Test
    void rowsWithoutAHeaderAndOfOtherLengthsAreShown() {
        var text = new TextRenderer(100, false)
                .render(Message.of(new Block.Table(
                        List.of(), List.of(List.of("ansible.forks", "20"), List.of("logs"), List.of("a", "b", "c")))));
        assertThat(text.lines()).containsExactly("  ansible.forks  20", "  logs", "  a              b   c");
    }
}
