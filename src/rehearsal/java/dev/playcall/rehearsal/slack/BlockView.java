package dev.playcall.rehearsal.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What blocks show to a reader. */
record BlockView(JsonNode blocks) {
    /** An element that can be used, and the block it is in. */
    record Placed(JsonNode element, String blockId) {
        boolean is(String actionId) {
            return element.path("action_id").asText().equals(actionId);
        }
    }

    static String unescaped(String text) {
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }

    List<Placed> elements() {
        var found = new ArrayList<Placed>();
        for (var block : blocks) {
            var id = block.path("block_id").asText();
            var inside = switch (block.path("type").asText()) {
                case "section" -> Stream.of(block.path("accessory"));
                case "input" -> Stream.of(block.path("element"));
                case "actions", "context_actions" -> block.path("elements").valueStream();
                default -> Stream.<JsonNode>of();
            };
            inside.filter(e -> e.has("type") && !e.path("type").asText().equals("image"))
                    .forEach(e -> found.add(new Placed(e, id)));
        }
        return found;
    }

    Optional<Placed> element(String actionId) {
        return elements().stream().filter(p -> p.is(actionId)).findFirst();
    }

    List<Button> buttons() {
        return elements().stream()
                .map(Placed::element)
                .filter(e -> e.path("type").asText().equals("button"))
                .map(e -> new Button(
                        e.path("action_id").asText(),
                        e.path("text").path("text").asText(),
                        e.path("value").asText()))
                .toList();
    }

    String plain() {
        return blocks.valueStream()
                .map(BlockView::line)
                .filter(l -> !l.isBlank())
                .collect(Collectors.joining("\n"));
    }

    private static String line(JsonNode block) {
        return switch (block.path("type").asText()) {
            case "divider" -> "---";
            case "section" ->
                joined(
                        Stream.of(
                                        Stream.of(text(block.path("text"))),
                                        block.path("fields").valueStream().map(BlockView::text),
                                        Stream.of(control(block.path("accessory"))))
                                .flatMap(s -> s),
                        "\n");
            case "context" -> joined(block.path("elements").valueStream().map(BlockView::text), "  ");
            case "actions" -> joined(block.path("elements").valueStream().map(BlockView::control), " ");
            case "input" -> text(block.path("label")) + " " + control(block.path("element"));
            case "table", "data_table" ->
                joined(
                        block.path("rows")
                                .valueStream()
                                .map(r -> joined(r.valueStream().map(BlockView::text), " | ")),
                        "\n");
            default -> text(block);
        };
    }

    private static String control(JsonNode element) {
        return switch (element.path("type").asText()) {
            case "" -> "";
            case "button" -> "[" + text(element.path("text")) + "]";
            case "image" -> text(element);
            default -> "<" + element.path("action_id").asText() + ">";
        };
    }

    /** The text of any object: its own, or that of everything in it. */
    private static String text(JsonNode node) {
        if (node.isTextual()) {
            return unescaped(node.textValue());
        }
        for (var name : List.of("text", "alt_text", "name")) {
            if (node.has(name)) {
                return text(node.get(name));
            }
        }
        var link = node.has("url")
                ? node.path("url").asText()
                : node.path("user_id").asText();
        var between = node.path("type").asText().endsWith("_section")
                        || node.path("type").asText().endsWith("formatted")
                ? ""
                : "\n";
        return node.has("elements")
                ? node.path("elements").valueStream().map(BlockView::text).collect(Collectors.joining(between))
                : link;
    }

    private static String joined(Stream<String> parts, String between) {
        return parts.filter(p -> !p.isBlank()).collect(Collectors.joining(between));
    }
}
