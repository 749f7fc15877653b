package dev.playcall.chat.slack.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The JSON that Slack speaks. */
public final class SlackJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private SlackJson() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static ObjectNode object(String type) {
        return object().put("type", type);
    }

    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** The object this text is; empty when it is anything else. */
    public static Optional<JsonNode> read(String text) {
        try {
            return Optional.ofNullable(MAPPER.readTree(text)).filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** A text that is there and not empty. */
    public static Optional<String> text(JsonNode node, String pointer) {
        return Optional.of(node.at(pointer))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(t -> !t.isEmpty());
    }
}
