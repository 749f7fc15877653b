package dev.playcall.rehearsal.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Fills in a form that is open, holding its own rules as the client does. */
final class ModalForm {
    private ModalForm() {}

    static ObjectNode fill(JsonNode modal, Map<String, String> values) {
        var unknown = new HashSet<>(values.keySet());
        var data = Json.object().put("custom_id", modal.path("custom_id").asText());
        var components = data.putArray("components");
        for (var asked : modal.path("components")) {
            var type = asked.path("type").asInt();
            var filled =
                    Json.object().put("type", type).put("id", asked.path("id").asInt());
            if (type == ComponentRules.LABEL) {
                filled.set("component", input(asked.path("component"), values, unknown));
            } else if (type == ComponentRules.ROW) {
                filled.putArray("components").add(input(asked.path("components").path(0), values, unknown));
            }
            components.add(filled);
        }
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("the form has no field " + unknown);
        }
        return data;
    }

    private static ObjectNode input(JsonNode asked, Map<String, String> values, Set<String> unknown) {
        var id = asked.path("custom_id").asText();
        unknown.remove(id);
        var value = values.getOrDefault(id, asked.path("value").asText(""));
        var filled = Json.object()
                .put("type", asked.path("type").asInt())
                .put("id", asked.path("id").asInt())
                .put("custom_id", id);
        if (asked.path("type").asInt() != ComponentRules.TEXT_INPUT) {
            filled.putArray("values").add(value);
            return filled;
        }
        var size = value.codePointCount(0, value.length());
        var required = asked.path("required").asBoolean(true);
        if (required && size == 0) {
            throw new IllegalArgumentException("the field " + id + " is required");
        }
        if (size > asked.path("max_length").asInt(4000)
                || (size > 0 && size < asked.path("min_length").asInt(0))) {
            throw new IllegalArgumentException("the field " + id + " has a wrong length: " + size);
        }
        return filled.put("value", value);
    }
}
