package dev.playcall.rehearsal.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Optional;

/** What a message says. */
record Content(String text, ArrayNode blocks, Optional<JsonNode> metadata) {
    static Content plain(String text) {
        return new Content(text, Json.array(), Optional.empty());
    }
}
