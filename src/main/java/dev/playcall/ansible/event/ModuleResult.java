package dev.playcall.ansible.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.domain.Truncate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a module gave, as a person would read it: the output of a command, else its message, else its other values. */
final class ModuleResult {
    /** Characters: more than a card shows; all of it is in the log. */
    private static final int LONGEST = 2000;

    /** What says nothing beside the text itself. */
    private static final Set<String> USUAL = Set.of("rc", "delta", "start", "end", "stdout", "stderr", "msg");

    private ModuleResult() {}

    /** @param result the {@code r} of an event; empty comes out when the module said nothing */
    static Optional<String> of(JsonNode result) {
        var output = text(result, List.of("stdout", "stderr"), "\n");
        return Stream.of(output, text(result, List.of("msg"), "\n"), values(result))
                .filter(t -> !t.isBlank())
                .findFirst()
                .map(t -> Truncate.of(t.strip(), LONGEST));
    }

    private static String text(JsonNode result, List<String> keys, String between) {
        return keys.stream()
                .map(key -> result.path(key).asText().strip())
                .filter(t -> !t.isEmpty())
                .collect(Collectors.joining(between));
    }

    private static String values(JsonNode result) {
        return result.properties().stream()
                .filter(e -> !USUAL.contains(e.getKey()))
                .map((Map.Entry<String, JsonNode> e) ->
                        e.getKey() + "=" + e.getValue().asText())
                .collect(Collectors.joining(" "));
    }
}
