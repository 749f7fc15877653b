package dev.playcall.rehearsal.discord;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;

/** What Discord refuses in buttons, selects, layouts and modals. */
final class ComponentRules {
    static final int ROW = 1;
    static final int BUTTON = 2;
    static final int SELECT = 3;
    static final int TEXT_INPUT = 4;
    static final int SECTION = 9;
    static final int TEXT = 10;
    static final int THUMBNAIL = 11;
    static final int CONTAINER = 17;
    static final int LABEL = 18;
    private static final Set<Integer> TOP_V2 = Set.of(ROW, SECTION, TEXT, 12, 13, 14, CONTAINER);

    private final Flaws flaws;
    private final boolean v2;
    private final Set<String> ids = new HashSet<>();
    private int count;
    private int text;

    ComponentRules(Flaws flaws, boolean v2) {
        this.flaws = flaws;
        this.v2 = v2;
    }

    void message(JsonNode components) {
        if (!v2) {
            flaws.count(components, 5, "components");
        }
        for (var i = 0; i < components.size(); i++) {
            var type = components.get(i).path("type").asInt();
            if (v2 ? !TOP_V2.contains(type) : type != ROW) {
                flaws.add(
                        "components." + i + ".type",
                        "UNION_TYPE_CHOICES",
                        "Value of field \"type\" is not allowed here.");
            }
            check(components.get(i), "components." + i);
        }
        if (v2 && count > 40) {
            flaws.add("components", "BASE_TYPE_MAX_LENGTH", "The total number of components exceeds 40.");
        }
        if (v2 && text > 4000) {
            flaws.add("components", "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", "Must be 4000 or fewer in length.");
        }
    }

    void modal(JsonNode data) {
        flaws.between(data.path("title"), 1, 45, "title");
        flaws.between(data.path("custom_id"), 1, 100, "custom_id");
        var components = data.path("components");
        if (components.isEmpty() || components.size() > 5) {
            flaws.add("components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.");
        }
        for (var i = 0; i < components.size(); i++) {
            var type = components.get(i).path("type").asInt();
            if (type != ROW && type != LABEL && type != TEXT) {
                flaws.add(
                        "components." + i + ".type",
                        "UNION_TYPE_CHOICES",
                        "Value of field \"type\" is not allowed here.");
            }
            check(components.get(i), "components." + i);
        }
    }

    private void check(JsonNode component, String path) {
        count++;
        switch (component.path("type").asInt()) {
            case ROW -> row(component, path);
            case BUTTON -> button(component, path);
            case SELECT, 5, 6, 7, 8 -> select(component, path);
            case TEXT_INPUT -> input(component, path);
            case SECTION -> section(component, path);
            case TEXT -> {
                flaws.between(component.path("content"), 1, 4000, path + ".content");
                text += Flaws.length(component.path("content"));
            }
            case CONTAINER -> inner(component, path);
            case LABEL -> label(component, path);
            case THUMBNAIL, 12, 13, 14, 19 -> {}
            default -> flaws.add(path + ".type", "BASE_TYPE_CHOICES", "This component type does not exist.");
        }
    }

    private void inner(JsonNode component, String path) {
        var components = component.path("components");
        if (components.isEmpty()) {
            flaws.add(path + ".components", "BASE_TYPE_REQUIRED", "This field is required");
        }
        for (var i = 0; i < components.size(); i++) {
            check(components.get(i), path + ".components." + i);
        }
    }

    private void row(JsonNode row, String path) {
        inner(row, path);
        var width = 0;
        for (var component : row.path("components")) {
            width += component.path("type").asInt() == BUTTON ? 1 : 5;
        }
        if (width > 5) {
            flaws.add(path, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the maximum width");
        }
    }

    private void section(JsonNode section, String path) {
        inner(section, path);
        flaws.count(section.path("components"), 3, path + ".components");
        if (!section.has("accessory")) {
            flaws.add(path + ".accessory", "BASE_TYPE_REQUIRED", "This field is required");
        } else {
            check(section.path("accessory"), path + ".accessory");
        }
    }

    private void label(JsonNode label, String path) {
        flaws.between(label.path("label"), 1, 45, path + ".label");
        flaws.atMost(label.path("description"), 100, path + ".description");
        check(label.path("component"), path + ".component");
    }

    private void button(JsonNode button, String path) {
        flaws.atMost(button.path("label"), 80, path + ".label");
        var style = button.path("style").asInt();
        if (style < 1 || style > 6) {
            flaws.add(path + ".style", "BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3, 4, 5, 6}.");
        }
        if (style != 6 && !Json.has(button, "label") && !Json.has(button, "emoji")) {
            flaws.add(path, "BUTTON_COMPONENT_LABEL_REQUIRED", "A button must have a label or emoji");
        }
        if (style != 5) {
            id(button, path);
        } else if (!button.path("url").asText("").matches("(https?|discord)://\\S{1,500}") || button.has("custom_id")) {
            flaws.add(path + ".url", "BUTTON_COMPONENT_INVALID_URL", "A url button must have a url and no custom id");
        }
    }

    private void select(JsonNode select, String path) {
        id(select, path);
        flaws.atMost(select.path("placeholder"), 150, path + ".placeholder");
        var options = select.path("options");
        if (select.path("type").asInt() == SELECT && (options.isEmpty() || options.size() > 25)) {
            flaws.add(path + ".options", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 25 in length.");
        }
        Set<String> values = new HashSet<>();
        for (var i = 0; i < options.size(); i++) {
            var at = path + ".options." + i;
            flaws.between(options.get(i).path("label"), 1, 100, at + ".label");
            flaws.between(options.get(i).path("value"), 1, 100, at + ".value");
            flaws.atMost(options.get(i).path("description"), 100, at + ".description");
            if (!values.add(options.get(i).path("value").asText())) {
                flaws.add(
                        at + ".value",
                        "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                        "The specified option value is already used");
            }
        }
    }

    private void input(JsonNode input, String path) {
        id(input, path);
        flaws.atMost(input.path("value"), 4000, path + ".value");
        flaws.atMost(input.path("placeholder"), 100, path + ".placeholder");
        flaws.atMost(input.path("label"), 45, path + ".label");
        var most = input.path("max_length").asInt(4000);
        if (most < 1 || most > 4000 || input.path("min_length").asInt(0) > most) {
            flaws.add(path + ".max_length", "NUMBER_TYPE_MAX", "int value should be between 1 and 4000.");
        }
        var style = input.path("style").asInt();
        if (style != 1 && style != 2) {
            flaws.add(path + ".style", "BASE_TYPE_CHOICES", "Value must be one of {1, 2}.");
        }
    }

    private void id(JsonNode component, String path) {
        flaws.between(component.path("custom_id"), 1, 100, path + ".custom_id");
        if (!ids.add(component.path("custom_id").asText())) {
            flaws.add(
                    path + ".custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated");
        }
    }
}
