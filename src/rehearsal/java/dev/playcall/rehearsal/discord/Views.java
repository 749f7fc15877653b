package dev.playcall.rehearsal.discord;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How messages look to people. */
final class Views {
    private final DiscordState world;

    Views(DiscordState world) {
        this.world = world;
    }

    static Shown shown(Posted m) {
        return new Shown(
                m.id,
                m.channel,
                m.author.name(),
                m.content,
                m.embeds.deepCopy(),
                m.components.deepCopy(),
                text(m),
                m.edits,
                buttons(m),
                m.files,
                m.reference,
                m.flags);
    }

    List<Shown> in(String channel) {
        return world.in(channel).stream().map(Views::shown).toList();
    }

    String transcript(String channel) {
        var out = new StringBuilder();
        for (var message : world.in(channel)) {
            write(message, "", out);
            if (world.hasPlace(message.id)) {
                out.append("    # ").append(world.place(message.id).name()).append('\n');
                world.in(message.id).forEach(m -> write(m, "    ", out));
            }
        }
        return out.toString();
    }

    private static void write(Posted message, String margin, StringBuilder out) {
        out.append(margin).append(message.author.name()).append(":\n");
        text(message)
                .lines()
                .forEach(line -> out.append(margin).append("  ").append(line).append('\n'));
    }

    private static String text(Posted m) {
        var lines = new ArrayList<String>();
        if (m.has(Posted.LOADING)) {
            lines.add("(thinking ...)");
        }
        add(lines, m.content);
        m.embeds.forEach(e -> embed(e, lines));
        m.components.forEach(c -> component(c, lines));
        m.files.forEach(f -> lines.add("[file " + f.name() + ", " + f.size() + " bytes]"));
        return String.join("\n", lines);
    }

    private static void add(List<String> lines, String text) {
        if (!text.isEmpty()) {
            lines.add(text);
        }
    }

    private static void embed(JsonNode embed, List<String> lines) {
        add(lines, embed.at("/author/name").asText(""));
        add(lines, embed.path("title").asText(""));
        add(lines, embed.path("description").asText(""));
        embed.path("fields")
                .forEach(f -> lines.add(
                        f.path("name").asText() + ": " + f.path("value").asText()));
        add(lines, embed.at("/footer/text").asText(""));
    }

    private static void component(JsonNode component, List<String> lines) {
        switch (component.path("type").asInt()) {
            case ComponentRules.ROW ->
                lines.add(Json.list(component.path("components")).stream()
                        .map(Views::control)
                        .collect(Collectors.joining(" ")));
            case ComponentRules.TEXT -> add(lines, component.path("content").asText());
            case ComponentRules.BUTTON -> lines.add(control(component));
            case 14 -> lines.add("---");
            default -> {
                component.path("components").forEach(c -> component(c, lines));
                if (component.has("accessory")) {
                    component(component.path("accessory"), lines);
                }
            }
        }
    }

    private static String control(JsonNode control) {
        var name = control.path("label")
                .asText(control.path("placeholder")
                        .asText(control.path("custom_id").asText()));
        return control.path("disabled").asBoolean() ? "(" + name + ")" : "[" + name + "]";
    }

    static List<Button> buttons(Posted message) {
        var found = new ArrayList<Button>();
        message.components.forEach(c -> collect(c, found));
        return found;
    }

    private static void collect(JsonNode component, List<Button> found) {
        if (component.path("type").asInt() == ComponentRules.BUTTON) {
            found.add(new Button(
                    component.path("label").asText(component.at("/emoji/name").asText("")),
                    component.path("custom_id").asText(""),
                    component.path("url").asText(""),
                    component.path("style").asInt(),
                    !component.path("disabled").asBoolean()));
        }
        component.path("components").forEach(c -> collect(c, found));
        if (component.has("accessory")) {
            collect(component.path("accessory"), found);
        }
    }
}
