package dev.playcall.rehearsal.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Collects what is wrong, worded and placed as Slack does it. */
final class Findings {
    private final List<String> messages = new ArrayList<>();

    void add(String message, String place) {
        messages.add("[ERROR] " + message + " [json-pointer:" + place + "]");
    }

    List<String> messages() {
        return List.copyOf(messages);
    }

    /** Which fields an object may and must have. */
    void fields(JsonNode node, String place, Set<String> needed, Set<String> allowed) {
        for (var name : needed) {
            if (!node.has(name)) {
                add("missing required field: " + name, place);
            }
        }
        node.fieldNames().forEachRemaining(name -> {
            if (!needed.contains(name) && !allowed.contains(name)) {
                add("invalid additional property: " + name, place);
            }
        });
    }

    void length(JsonNode value, String place, int least, int most) {
        if (value.isMissingNode()) {
            return;
        }
        if (!value.isTextual()) {
            add("must be a string", place);
            return;
        }
        int length = value.textValue().length();
        if (length < least) {
            add("must be more than " + (least - 1) + " characters", place);
        } else if (length > most) {
            add("must be less than " + (most + 1) + " characters", place);
        }
    }

    void count(JsonNode value, String place, int least, int most) {
        if (value.isMissingNode()) {
            return;
        }
        if (!value.isArray()) {
            add("must be an array", place);
        } else if (value.size() < least) {
            add("no less than " + least + " items allowed", place);
        } else if (value.size() > most) {
            add("no more than " + most + " items allowed", place);
        }
    }

    /** A text object; Slack counts it by the characters of its text. */
    void text(JsonNode node, String place, int most, boolean plainOnly) {
        if (node.isMissingNode()) {
            return;
        }
        var type = node.path("type").asText();
        if (!type.equals("plain_text") && (plainOnly || !type.equals("mrkdwn"))) {
            add("unsupported type: " + type, place + "/type");
            return;
        }
        fields(node, place, Set.of("type", "text"), Set.of(type.equals("mrkdwn") ? "verbatim" : "emoji"));
        length(node.path("text"), place + "/text", 1, most);
    }
}
