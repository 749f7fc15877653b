package dev.playcall.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.chat.slack.api.SlackJson;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The receipt of one delivery, which may come on both connections. */
class AckTest {
    private final List<String> given = new ArrayList<>();
    private final ObjectNode answer = SlackJson.object().put("text", "queued as #1");

    private SlackAck on(String connection, boolean isOpen) {
        return new SlackAck("e1", (envelope, payload) -> {
            given.add(connection + " " + envelope
                    + payload.map(p -> " " + p.path("text").asText()).orElse(""));
            return isOpen;
        });
    }

    @Test
    void aDuplicateWaitsForTheAnswerOfTheFirst() {
        var first = on("a", true);
        first.shareWith(on("b", true));
        assertThat(given).isEmpty();
        assertThat(first.with(answer)).isTrue();
        first.empty();
        assertThat(given).containsExactly("a e1 queued as #1", "b e1 queued as #1");
    }

    @Test
    void aDuplicateThatComesLaterGetsTheSameAnswer() {
        var first = on("a", true);
        first.with(answer);
        first.shareWith(on("b", true));
        assertThat(given).containsExactly("a e1 queued as #1", "b e1 queued as #1");
    }

    @Test
    void theAnswerArrivesByTheDuplicateWhenTheFirstConnectionIsClosed() {
        var first = on("a", false);
        first.shareWith(on("b", true));
        assertThat(first.with(answer)).isTrue();
        assertThat(on("c", false).with(answer)).isFalse();
    }
}
