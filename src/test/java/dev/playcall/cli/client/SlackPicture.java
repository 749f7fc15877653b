package dev.playcall.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A page that shows Block Kit much as Slack does, for pictures of messages and windows whose blocks are the real ones. */
final class SlackPicture {
    private static final String STYLE = """
        body { margin: 0; padding: 14px 18px; background: #fff; color: #1d1c1d; font: 15px/1.46 Lato, system-ui, sans-serif; }
        .message { display: grid; grid-template-columns: 36px 1fr; gap: 0 10px; }
        .icon { width: 36px; height: 36px; border-radius: 6px; background: #1b1f23; color: #fff; display: grid; place-items: center; font-weight: 700; }
        .by b { font-weight: 900; } .by small { color: #616061; font-size: 12px; margin-left: 5px; }
        .app { background: #e8e8e8; color: #616061; border-radius: 3px; font-size: 10px; font-weight: 700; padding: 1px 3px; margin-left: 5px; }
        i { font-style: normal; font-weight: 900; color: #e01e5a; } i.good { color: #007a5a; } i.wait { color: #616061; }
        .text { white-space: pre-wrap; overflow-wrap: anywhere; }
        pre { margin: 4px 0; padding: 8px; border: 1px solid #ddd; border-radius: 4px; background: #f8f8f8; font: 12px/1.5 Menlo, "Liberation Mono", monospace; white-space: pre-wrap; }
        .buttons { display: flex; flex-wrap: wrap; gap: 8px; margin: 8px 0 4px; }
        .buttons span { border: 1px solid #bbb; border-radius: 4px; padding: 3px 12px; font-weight: 700; font-size: 14px; }
        .buttons .primary { background: #007a5a; border-color: #007a5a; color: #fff; }
        .buttons .danger { border-color: #e01e5a; color: #e01e5a; }
        .context, .hint { color: #616061; font-size: 13px; }
        .title { display: flex; justify-content: space-between; font-weight: 900; font-size: 18px; border-bottom: 1px solid #ddd; padding-bottom: 8px; margin-bottom: 12px; }
        .title + div label { margin-top: 0; }
        label { display: block; font-weight: 700; margin: 12px 0 4px; } label small { color: #616061; font-weight: 400; }
        .field { border: 1px solid #bbb; border-radius: 4px; padding: 5px 10px; min-height: 22px; color: #616061; } .field.filled { color: #1d1c1d; }
        .end { display: flex; justify-content: flex-end; border-top: 1px solid #ddd; margin-top: 14px; padding-top: 8px; }
        """;

    private SlackPicture() {}

    static String page(JsonNode blocks) {
        return top() + "<div class=message><div class=icon>P</div><div>"
                + "<div class=by><b>Playcall</b><span class=app>APP</span><small>#ops</small></div>"
                + each(blocks) + "</div></div>";
    }

    private static String top() {
        return "<!doctype html><meta charset=utf-8><style>" + STYLE + "</style>";
    }

    /** A window or a home tab; {@code chosen} is what somebody filled in, by the id of the control. */
    static String view(JsonNode view, Map<String, String> chosen) {
        var blocks = StreamSupport.stream(view.path("blocks").spliterator(), false)
                .map(b -> b.path("type").asText().equals("input") ? input(b, chosen) : html(b))
                .collect(Collectors.joining());
        if (!view.path("type").asText().equals("modal")) {
            return top() + blocks;
        }
        var submit = escaped(view.at("/submit/text").asText());
        return top() + "<div class=title><span>"
                + escaped(view.at("/title/text").asText()) + "</span></div><div>" + blocks
                + "</div><div class='buttons end'><span>"
                + escaped(view.at("/close/text").asText("Close")) + "</span>"
                + (submit.isEmpty() ? "" : "<span class=primary>" + submit + "</span>") + "</div>";
    }

    private static String input(JsonNode block, Map<String, String> chosen) {
        var element = block.path("element");
        var value = chosen.getOrDefault(
                element.path("action_id").asText(),
                element.path("initial_value")
                        .asText(element.at("/initial_option/text/text").asText()));
        var type = element.path("type").asText();
        var shown = type.equals("checkboxes")
                ? (value.isEmpty() ? "☐ " : "☑ ")
                        + element.at("/options/0/text/text").asText()
                : value.isEmpty() && type.endsWith("select") ? "Choose an option ⌄" : value;
        return "<label>" + escaped(block.at("/label/text").asText())
                + (block.path("optional").asBoolean() ? " <small>(optional)</small>" : "") + "</label>"
                + (type.equals("checkboxes") ? "<div>" : "<div class='field" + (value.isEmpty() ? "'>" : " filled'>"))
                + escaped(shown) + "</div><div class=hint>"
                + escaped(block.at("/hint/text").asText()) + "</div>";
    }

    private static String each(JsonNode nodes) {
        return StreamSupport.stream(nodes.spliterator(), false)
                .map(SlackPicture::html)
                .collect(Collectors.joining());
    }

    private static String html(JsonNode node) {
        return switch (node.path("type").asText()) {
            case "rich_text" -> each(node.path("elements"));
            case "rich_text_section" -> "<div class=text>" + each(node.path("elements")) + "</div>";
            case "rich_text_preformatted" -> "<pre>" + each(node.path("elements")) + "</pre>";
            case "section" -> "<div class=text>" + escaped(node.at("/text/text").asText()) + "</div>";
            case "context" -> "<div class=context>" + each(node.path("elements")) + "</div>";
            case "actions" -> "<div class=buttons>" + each(node.path("elements")) + "</div>";
            case "button" ->
                "<span class=\"" + node.path("style").asText() + "\">"
                        + escaped(node.at("/text/text").asText()) + "</span>";
            case "link" -> escaped(node.path("text").asText(node.path("url").asText()));
            case "text", "plain_text", "mrkdwn" -> {
                // Fonts for emoji are not on every machine.
                var text = escaped(node.path("text").asText())
                        .replace("\u274c", "<i>✗</i>")
                        .replace("\u2705", "<i class=good>✓</i>")
                        .replace("\u23f3", "<i class=wait>◷</i>");
                yield node.at("/style/bold").asBoolean() ? "<b>" + text + "</b>" : text;
            }
            default -> throw new AssertionError("no picture of " + node);
        };
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
