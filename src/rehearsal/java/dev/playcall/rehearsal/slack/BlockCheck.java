package dev.playcall.rehearsal.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Holds blocks against Slack's rules. */
final class BlockCheck {
    static final int MESSAGE = 50;
    static final int VIEW = 100;
    static final int LONGEST_SUM = 12_000;
    private static final Map<String, Set<String>> NEEDED = Map.ofEntries(
            Map.entry("header", Set.of("text")),
            Map.entry("section", Set.of()),
            Map.entry("context", Set.of("elements")),
            Map.entry("actions", Set.of("elements")),
            Map.entry("divider", Set.of()),
            Map.entry("image", Set.of("alt_text")),
            Map.entry("input", Set.of("label", "element")),
            Map.entry("rich_text", Set.of("elements")),
            Map.entry("table", Set.of("rows")),
            Map.entry("markdown", Set.of("text")));
    private static final Map<String, Set<String>> ALLOWED = Map.of(
            "section", Set.of("text", "fields", "accessory", "expand"),
            "image", Set.of("image_url", "slack_file", "title"),
            "input", Set.of("hint", "optional", "dispatch_action"),
            "table", Set.of("column_settings"));
    private static final Set<String> RICH =
            Set.of("rich_text_section", "rich_text_preformatted", "rich_text_quote", "rich_text_list");

    private final Findings found = new Findings();
    private final ElementCheck elements = new ElementCheck(found);

    static List<String> problems(JsonNode blocks, int most) {
        var check = new BlockCheck();
        check.blocks(blocks, most);
        return check.found.messages();
    }

    /** As Slack stores them: every block and element has an id. */
    static ArrayNode complete(ArrayNode blocks) {
        var copy = blocks.deepCopy();
        for (var block : copy) {
            name(block, "block_id");
            name(block.path("element"), "action_id");
            name(block.path("accessory"), "action_id");
            if (block.path("type").asText().equals("actions")) {
                block.path("elements").forEach(e -> name(e, "action_id"));
            }
        }
        return copy;
    }

    private static void name(JsonNode node, String key) {
        if (node instanceof ObjectNode o
                && !o.has(key)
                && !o.path("type").asText().equals("image")) {
            o.put(key, UUID.randomUUID().toString().substring(0, 5));
        }
    }

    /** Characters of all texts together. */
    static int sum(JsonNode node) {
        int sum = 0;
        for (var e : node.properties()) {
            sum += e.getKey().equals("text") && e.getValue().isTextual()
                    ? e.getValue().textValue().length()
                    : sum(e.getValue());
        }
        if (node.isArray()) {
            for (var e : node) {
                sum += sum(e);
            }
        }
        return sum;
    }

    private void blocks(JsonNode blocks, int most) {
        found.count(blocks, "/blocks", 0, most);
        var ids = new HashSet<String>();
        int tables = 0;
        int at = 0;
        for (var block : blocks) {
            var place = "/blocks/" + at++;
            block(block, place);
            if (block.has("block_id") && !ids.add(block.path("block_id").asText())) {
                found.add("block_id already exists: " + block.path("block_id").asText(), place + "/block_id");
            }
            if (block.path("type").asText().equals("table") && ++tables > 1) {
                found.add("only_one_table_allowed", place);
            }
        }
    }

    private void block(JsonNode b, String place) {
        var type = b.path("type").asText();
        var needed = NEEDED.get(type);
        if (needed == null) {
            found.add("unsupported type: " + type, place + "/type");
            return;
        }
        var allowed = new HashSet<>(ALLOWED.getOrDefault(type, Set.of()));
        allowed.addAll(List.of("type", "block_id"));
        found.fields(b, place, needed, allowed);
        if (b.has("block_id")) {
            found.length(b.path("block_id"), place + "/block_id", 1, 255);
        }
        inside(b, type, place);
    }

    private void inside(JsonNode b, String type, String place) {
        switch (type) {
            case "header" -> found.text(b.path("text"), place + "/text", 150, true);
            case "section" -> section(b, place);
            case "context" -> context(b.path("elements"), place + "/elements");
            case "actions" -> actions(b.path("elements"), place + "/elements");
            case "image" -> found.length(b.path("alt_text"), place + "/alt_text", 1, 2000);
            case "input" -> input(b, place);
            case "rich_text" -> rich(b.path("elements"), place + "/elements");
            case "table" -> table(b, place);
            case "markdown" -> found.length(b.path("text"), place + "/text", 1, LONGEST_SUM);
            default -> {
                // a divider holds nothing
            }
        }
    }

    private void section(JsonNode b, String place) {
        if (!b.has("text") && !b.has("fields")) {
            found.add("must provide text or fields", place);
        }
        found.text(b.path("text"), place + "/text", 3000, false);
        found.count(b.path("fields"), place + "/fields", 1, 10);
        int at = 0;
        for (var field : b.path("fields")) {
            found.text(field, place + "/fields/" + at++, 2000, false);
        }
        var accessory = b.path("accessory");
        if (!accessory.isMissingNode() && !accessory.path("type").asText().equals("image")) {
            elements.element(accessory, place + "/accessory", false);
        }
    }

    private void context(JsonNode list, String place) {
        found.count(list, place, 1, 10);
        int at = 0;
        for (var element : list) {
            var here = place + "/" + at++;
            if (element.path("type").asText().equals("image")) {
                found.fields(element, here, Set.of("type", "alt_text"), Set.of("image_url", "slack_file"));
            } else {
                found.text(element, here, 3000, false);
            }
        }
    }

    private void actions(JsonNode list, String place) {
        found.count(list, place, 1, 25);
        var ids = new HashSet<String>();
        int at = 0;
        for (var element : list) {
            var here = place + "/" + at++;
            elements.element(element, here, false);
            var id = element.path("action_id").asText();
            if (!id.isEmpty() && !ids.add(id)) {
                found.add("action_id already exists: " + id, here + "/action_id");
            }
        }
    }

    private void input(JsonNode b, String place) {
        found.text(b.path("label"), place + "/label", 2000, true);
        found.text(b.path("hint"), place + "/hint", 2000, true);
        elements.element(b.path("element"), place + "/element", true);
    }

    private void rich(JsonNode list, String place) {
        int at = 0;
        for (var element : list) {
            var type = element.path("type").asText();
            if (!RICH.contains(type)) {
                found.add("unsupported type: " + type, place + "/" + at);
            }
            richParts(element.path("elements"), place + "/" + at++ + "/elements");
        }
    }

    private void richParts(JsonNode parts, String place) {
        found.count(parts, place, 0, 10_000);
        int at = 0;
        for (var part : parts) {
            var here = place + "/" + at++;
            if (part.path("type").asText().equals("text")) {
                found.length(part.path("text"), here + "/text", 1, LONGEST_SUM);
            } else if (!part.has("type")) {
                found.add("missing required field: type", here);
            }
        }
    }

    private void table(JsonNode b, String place) {
        found.count(b.path("rows"), place + "/rows", 1, 100);
        found.count(b.path("column_settings"), place + "/column_settings", 0, 20);
        int at = 0;
        for (var row : b.path("rows")) {
            var here = place + "/rows/" + at++;
            found.count(row, here, 1, 20);
            int cell = 0;
            for (var c : row) {
                cell(c, here + "/" + cell++);
            }
        }
    }

    private void cell(JsonNode c, String place) {
        switch (c.path("type").asText()) {
            case "raw_text" -> {
                found.fields(c, place, Set.of("type", "text"), Set.of());
                found.length(c.path("text"), place + "/text", 1, LONGEST_SUM);
            }
            case "raw_number" -> found.fields(c, place, Set.of("type", "value"), Set.of("text"));
            case "rich_text" -> rich(c.path("elements"), place + "/elements");
            default -> found.add("unsupported type: " + c.path("type").asText(), place + "/type");
        }
    }
}
