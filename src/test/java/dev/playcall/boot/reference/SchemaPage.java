package dev.playcall.boot.reference;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.stream.Collectors;

/** A page of Markdown with every key of a schema. */
final class SchemaPage {
    private final JsonNode root;
    private final StringBuilder page = new StringBuilder();

    private SchemaPage(JsonNode root) {
        this.root = root;
    }

    static String of(JsonNode root, String title, String begin) {
        var made = new SchemaPage(root);
        made.page.append("# ").append(title).append("\n\n").append(begin);
        if (root.path("properties").properties().stream().anyMatch(e -> made.isSection(e.getValue()))) {
            root.path("properties").properties().forEach(e -> made.section(e.getKey(), e.getValue()));
        } else {
            made.table("", root);
        }
        root.path("definitions").properties().stream()
                .filter(e -> isShownApart(e.getValue()))
                .forEach(e -> made.definition(e.getKey(), e.getValue()));
        return made.page.toString();
    }

    private boolean isSection(JsonNode schema) {
        var target = SchemaWalk.target(root, schema);
        return target.path("properties").size() > 2 && !target.has("$ref");
    }

    private static boolean isShownApart(JsonNode definition) {
        return definition.has("properties") || definition.has("oneOf");
    }

    private void section(String key, JsonNode schema) {
        page.append("\n## `")
                .append(key)
                .append("`\n\n")
                .append(text(schema.path("description")))
                .append("\n");
        header();
        var inner = schema;
        var prefix = key + ".";
        if (schema.path("additionalProperties").isObject()) {
            inner = schema.path("additionalProperties");
            prefix = key + ".<name>.";
        } else if (schema.path("items").isObject()) {
            inner = schema.path("items");
            prefix = key + "[].";
        }
        if (inner.has("properties")) {
            rows(prefix, inner);
        } else {
            row(key, schema);
        }
    }

    private void definition(String name, JsonNode definition) {
        page.append("\n## ").append(heading(name)).append("\n");
        if (definition.has("description")) {
            page.append('\n').append(text(definition.path("description"))).append("\n");
        }
        if (definition.has("oneOf")) {
            for (var variant : definition.path("oneOf")) {
                page.append("\n### ")
                        .append(heading(name))
                        .append(": ")
                        .append(variant.path("title").asText())
                        .append("\n");
                table("", variant);
            }
        } else {
            table("", definition);
        }
    }

    private static String heading(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    private void table(String prefix, JsonNode schema) {
        header();
        rows(prefix, schema);
    }

    private void header() {
        page.append("\n| key | value | default | meaning |\n|---|---|---|---|\n");
    }

    private void rows(String prefix, JsonNode schema) {
        schema.path("properties").properties().forEach(e -> row(prefix + e.getKey(), e.getValue()));
    }

    private void row(String key, JsonNode schema) {
        page.append("| `").append(key).append("` | ").append(value(schema)).append(" | ");
        page.append(shown(schema.path("default"))).append(" | ");
        page.append(text(schema.path("description"))).append(" |\n");
        if (schema.path("additionalProperties").has("properties")) {
            rows(key + ".<name>.", schema.path("additionalProperties"));
        }
        if (schema.path("items").has("properties")) {
            rows(key + "[].", schema.path("items"));
        }
        rows(key + ".", schema);
    }

    private String value(JsonNode schema) {
        var reference = reference(schema);
        if (!reference.isEmpty()) {
            var definition = root.at("/definitions/" + reference);
            return isShownApart(definition)
                    ? "[" + reference + "](#" + reference + ")"
                    : definition.path("title").asText();
        }
        var words = schema.has("enum") ? schema.path("enum") : schema.at("/anyOf/0/enum");
        if (!words.isMissingNode()) {
            return SchemaWalk.texts(words).stream().map(w -> "`" + w + "`").collect(Collectors.joining(", "));
        }
        if (schema.has("const")) {
            return "`" + schema.path("const").asText() + "`";
        }
        if (schema.has("minimum")) {
            return "integer, " + schema.path("minimum").asText() + " to "
                    + schema.path("maximum").asText();
        }
        if (schema.path("items").isObject()) {
            var items = reference(schema.path("items"));
            return items.isEmpty() ? "list" : "list of [" + items + "](#" + items + ")";
        }
        if (schema.path("additionalProperties").isObject()) {
            var named = reference(schema.path("additionalProperties"));
            return named.isEmpty() ? "mapping by name" : "mapping by name: [" + named + "](#" + named + ")";
        }
        if (schema.has("properties")) {
            return schema.path("type").toString().contains("boolean") ? "boolean or mapping" : "mapping";
        }
        return schema.path("type").toString().contains("boolean")
                        && !schema.path("type").toString().contains("number")
                ? "boolean"
                : schema.has("type") ? "text" : "any";
    }

    private String reference(JsonNode schema) {
        var direct = schema.path("$ref").asText()
                + schema.at("/allOf/0/$ref").asText()
                + schema.at("/anyOf/2/allOf/0/$ref").asText();
        return direct.substring(direct.lastIndexOf('/') + 1);
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode()
                ? ""
                : "`" + (value.isTextual() && !value.asText().isEmpty() ? value.asText() : value) + "`";
    }

    /** Names in angle brackets are no tags of HTML, and two braces are no expression of the site. */
    private static String text(JsonNode description) {
        return description
                .asText()
                .replace("|", "\\|")
                .replaceAll("(\\{\\{.*?}}|\\S*<[a-z_]+>\\S*|\\$\\{[^}]*})", "`$1`");
    }
}
