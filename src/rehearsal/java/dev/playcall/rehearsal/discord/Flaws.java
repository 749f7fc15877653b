package dev.playcall.rehearsal.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Everything that is wrong with one request body, as the tree Discord answers with. */
final class Flaws {
    private final ObjectNode tree = Json.object();

    void add(String path, String code, String message) {
        var at = tree;
        if (!path.isEmpty()) {
            for (var step : path.split("\\.", -1)) {
                at = at.withObjectProperty(step);
            }
        }
        at.withArrayProperty("_errors").add(Json.object().put("code", code).put("message", message));
    }

    void atMost(JsonNode text, int most, String path) {
        if (text.isTextual() && length(text) > most) {
            add(path, "BASE_TYPE_MAX_LENGTH", "Must be " + most + " or fewer in length.");
        }
    }

    void between(JsonNode text, int least, int most, String path) {
        if (!text.isTextual() || (text.textValue().isEmpty() && least > 0)) {
            add(path, "BASE_TYPE_REQUIRED", "This field is required");
        } else if (length(text) < least || length(text) > most) {
            add(path, "BASE_TYPE_BAD_LENGTH", "Must be between " + least + " and " + most + " in length.");
        }
    }

    void count(JsonNode list, int most, String path) {
        if (list.size() > most) {
            add(path, "BASE_TYPE_MAX_LENGTH", "Must be " + most + " or fewer in length.");
        }
    }

    void refuseIfAny() {
        if (!tree.isEmpty()) {
            throw Refusal.form(tree);
        }
    }

    /** Discord counts characters as people do, not UTF-16 units. */
    static int length(JsonNode text) {
        var s = text.asText("");
        return s.codePointCount(0, s.length());
    }
}
