package dev.playcall.rehearsal.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * A message as it stands in a channel.
 *
 * @param author id of who wrote it
 * @param text the fallback that notifications and screen readers use
 * @param edits how often it was changed
 * @param plain what all its blocks say, or the text where there are none
 * @param threadTs the message it answers
 * @param broadcast an answer that the channel shows too
 */
public record Shown(
        String ts,
        String author,
        String text,
        JsonNode blocks,
        int edits,
        String plain,
        List<Button> buttons,
        Optional<String> threadTs,
        boolean broadcast,
        Optional<JsonNode> metadata) {
    public Shown {
        buttons = List.copyOf(buttons);
    }

    /** Whether a button with this action id is on show. */
    public boolean hasButton(String actionId) {
        return buttons.stream().anyMatch(b -> b.actionId().equals(actionId));
    }
}
