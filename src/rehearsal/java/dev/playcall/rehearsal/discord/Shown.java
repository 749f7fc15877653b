package dev.playcall.rehearsal.discord;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** One message as people see it now; `text` is everything readable on it, `reference` the id it answers or empty. */
public record Shown(
        String id,
        String channel,
        String author,
        String content,
        JsonNode embeds,
        JsonNode components,
        String text,
        int edits,
        List<Button> buttons,
        List<Attachment> attachments,
        String reference,
        int flags) {
    public Shown {
        buttons = List.copyOf(buttons);
        attachments = List.copyOf(attachments);
    }

    public boolean ephemeral() {
        return (flags & Posted.EPHEMERAL) != 0;
    }

    /** The app has only said that it is thinking. */
    public boolean loading() {
        return (flags & Posted.LOADING) != 0;
    }
}
