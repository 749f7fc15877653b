package dev.playcall.rehearsal.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A form as a person filled it: what they typed, and the initial values of the rest. */
record Filled(JsonNode view, Map<String, String> values) {
    private static final Pattern COMMA = Pattern.compile(",");

    /**
     * The state of the form.
     *
     * @throws IllegalArgumentException when Slack's own form would not let it pass
     */
    ObjectNode state() {
        var state = Json.object();
        var used = new HashSet<String>();
        var inputs = state.putObject("values");
        for (var placed : new BlockView(view.path("blocks")).elements()) {
            var id = placed.element().path("action_id").asText();
            var key = values.containsKey(placed.blockId()) ? placed.blockId() : id;
            used.add(key);
            if (!placed.element().path("type").asText().equals("button")) {
                var value = value(placed.element(), Optional.ofNullable(values.get(key)));
                check(placed, value);
                inputs.withObjectProperty(placed.blockId()).set(id, value);
            }
        }
        var unknown = values.keySet().stream().filter(k -> !used.contains(k)).toList();
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("the form has no " + unknown);
        }
        return state;
    }

    /** The view as it is while something is chosen: with that, and what is required may still be missing. */
    ObjectNode choosing() {
        var open = (ObjectNode) view.deepCopy();
        var inputs = open.putObject("state").putObject("values");
        for (var placed : new BlockView(view.path("blocks")).elements()) {
            var id = placed.element().path("action_id").asText();
            if (values.containsKey(id)) {
                inputs.withObjectProperty(placed.blockId())
                        .set(id, value(placed.element(), Optional.of(values.get(id))));
            }
        }
        return open;
    }

    private void check(BlockView.Placed placed, ObjectNode value) {
        boolean required = view.path("blocks")
                .valueStream()
                .anyMatch(b -> b.path("block_id").asText().equals(placed.blockId())
                        && b.path("type").asText().equals("input")
                        && !b.path("optional").asBoolean());
        boolean empty = value.properties().stream()
                .filter(e -> !e.getKey().equals("type"))
                .allMatch(e -> e.getValue().isNull());
        boolean choice = placed.element().path("type").asText().equals("checkboxes");
        if (required && (empty || (choice && value.path("selected_options").isEmpty()))) {
            throw new IllegalArgumentException("the form needs " + placed.blockId());
        }
    }

    static ObjectNode value(JsonNode element, Optional<String> typed) {
        var type = element.path("type").asText();
        var value = Json.object().put("type", type);
        switch (type) {
            case "static_select", "radio_buttons", "external_select", "overflow" ->
                value.set("selected_option", one(element, typed));
            case "multi_static_select", "checkboxes", "multi_external_select" ->
                value.set("selected_options", many(element, typed));
            case "users_select" -> value.put("selected_user", typed.orElse(null));
            case "channels_select" -> value.put("selected_channel", typed.orElse(null));
            case "conversations_select" -> value.put("selected_conversation", typed.orElse(null));
            case "datepicker" -> value.put("selected_date", typed(element, "initial_date", typed));
            case "timepicker" -> value.put("selected_time", typed(element, "initial_time", typed));
            default -> value.put("value", typed(element, "initial_value", typed));
        }
        return value;
    }

    private static @Nullable String typed(JsonNode element, String initial, Optional<String> typed) {
        return typed.or(() -> Optional.of(element.path(initial).asText()))
                .filter(t -> !t.isEmpty())
                .orElse(null);
    }

    private static @Nullable JsonNode one(JsonNode element, Optional<String> typed) {
        return typed.isPresent()
                ? option(element, typed.get())
                : element.has("initial_option") ? element.path("initial_option") : null;
    }

    private static JsonNode many(JsonNode element, Optional<String> typed) {
        if (typed.isEmpty()) {
            return element.has("initial_options") ? element.path("initial_options") : Json.array();
        }
        var chosen = Json.array();
        COMMA.splitAsStream(typed.get()).filter(v -> !v.isBlank()).forEach(v -> chosen.add(option(element, v.strip())));
        return chosen;
    }

    private static JsonNode option(JsonNode element, String value) {
        if (element.path("type").asText().contains("external")) {
            var option = Json.object().put("value", value);
            option.putObject("text")
                    .put("type", "plain_text")
                    .put("text", value)
                    .put("emoji", true);
            return option;
        }
        var offered = Stream.concat(
                        element.path("options").valueStream(),
                        element.path("option_groups")
                                .valueStream()
                                .flatMap(g -> g.path("options").valueStream()))
                .toList();
        return offered.stream()
                .filter(o -> o.path("value").asText().equals(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        element.path("action_id").asText() + " offers " + values(offered) + " and not " + value));
    }

    private static List<String> values(List<JsonNode> options) {
        return options.stream().map(o -> o.path("value").asText()).toList();
    }
}
