package dev.playcall.rehearsal.discord;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** One call of the REST interface, taken apart. */
record Request(String route, Map<String, String> path, Map<String, String> query, JsonNode body, List<Upload> files) {
    String at(String name) {
        return path.getOrDefault(name, "");
    }
}
