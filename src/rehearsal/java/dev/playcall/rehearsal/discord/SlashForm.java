package dev.playcall.rehearsal.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Fills in a registered command as the client does, and refuses what the client would not let through. */
final class SlashForm {
    private final DiscordState world;
    private final ObjectNode resolved = Json.object();

    SlashForm(DiscordState world) {
        this.world = world;
    }

    /** The data of the interaction; `focused` names the option that is being typed, or is empty. */
    ObjectNode fill(JsonNode command, List<String> path, Map<String, ?> values, String focused) {
        var data = Json.object()
                .put("id", command.path("id").asText())
                .put("name", command.path("name").asText())
                .put("type", 1);
        if (command.has("guild_id")) {
            data.put("guild_id", command.path("guild_id").asText());
        }
        var options = data.putArray("options");
        var at = command;
        for (var step : path) {
            at = named(at, step);
            var inner =
                    Json.object().put("name", step).put("type", at.path("type").asInt());
            options.add(inner);
            options = inner.putArray("options");
        }
        if (Json.list(at.path("options")).stream().anyMatch(o -> o.path("type").asInt() <= 2)) {
            throw new IllegalArgumentException("/" + command.path("name").asText() + " needs a subcommand");
        }
        values(at, values, focused, options);
        if (!resolved.isEmpty()) {
            data.set("resolved", resolved);
        }
        return data;
    }

    private static JsonNode named(JsonNode command, String name) {
        return Json.list(command.path("options")).stream()
                .filter(o -> o.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "/" + command.path("name").asText() + " has no option or subcommand " + name));
    }

    private void values(JsonNode command, Map<String, ?> values, String focused, ArrayNode options) {
        values.forEach((name, value) -> options.add(option(named(command, name), value, name.equals(focused))));
        if (!focused.isEmpty()) {
            if (!named(command, focused).path("autocomplete").asBoolean()) {
                throw new IllegalArgumentException("option " + focused + " has no autocomplete");
            }
            return;
        }
        for (var option : command.path("options")) {
            if (option.path("required").asBoolean()
                    && !values.containsKey(option.path("name").asText())) {
                throw new IllegalArgumentException(
                        "option " + option.path("name").asText() + " is required");
            }
        }
    }

    private ObjectNode option(JsonNode option, Object value, boolean focused) {
        var name = option.path("name").asText();
        var type = option.path("type").asInt();
        var filled = Json.object().put("name", name).put("type", type);
        if (focused) {
            return filled.put("value", value.toString()).put("focused", true);
        }
        var json = typed(name, type, value);
        if (!option.path("choices").isEmpty()
                && Json.list(option.path("choices")).stream()
                        .noneMatch(c -> c.path("value").asText().equals(json.asText()))) {
            throw new IllegalArgumentException("option " + name + ": " + value + " is not one of the choices");
        }
        range(option, json);
        filled.set("value", json);
        return filled;
    }

    private JsonNode typed(String name, int type, Object value) {
        try {
            return switch (type) {
                case 4 -> Json.value(Long.parseLong(value.toString()));
                case 5 -> Json.value(bool(value));
                case 10 -> Json.value(Double.parseDouble(value.toString()));
                case 6, 7, 8, 9 -> Json.value(resolve(type, value));
                default -> Json.value(value.toString());
            };
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("option " + name + ": " + value + " is not a number", e);
        }
    }

    private static boolean bool(Object value) {
        if (!Set.of("true", "false").contains(value.toString())) {
            throw new IllegalArgumentException(value + " is not true or false");
        }
        return Boolean.parseBoolean(value.toString());
    }

    private String resolve(int type, Object value) {
        var id = value instanceof Person p ? p.id() : value instanceof Role r ? r.id() : value.toString();
        if (type == 7) {
            resolved.withObjectProperty("channels").set(id, new Payloads(world).channel(world.place(id)));
            return id;
        }
        var person = world.person(id);
        person.ifPresent(p -> {
            resolved.withObjectProperty("users").set(id, Payloads.user(p));
            var member = Payloads.member(p);
            member.remove("user");
            resolved.withObjectProperty("members").set(id, member);
        });
        if (person.isEmpty() && type == 6) {
            throw new IllegalArgumentException("nobody is called " + value);
        }
        return id;
    }

    private static void range(JsonNode option, JsonNode value) {
        var name = option.path("name").asText();
        var size = value.isTextual() ? Flaws.length(value) : value.asDouble();
        var least = option.path(value.isTextual() ? "min_length" : "min_value");
        var most = option.path(value.isTextual() ? "max_length" : "max_value");
        if ((least.isNumber() && size < least.asDouble()) || (most.isNumber() && size > most.asDouble())) {
            throw new IllegalArgumentException("option " + name + ": " + value + " is out of range");
        }
    }
}
