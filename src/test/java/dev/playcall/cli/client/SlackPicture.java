package dev.playcall.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A page that shows Block Kit much as Slack does, for pictures of messages whose blocks are the real ones. */
final class SlackPicture {
    private static final String STYLE = """
        body { margin: 0; padding: 14px 18px; background: #fff; color: #1d1c1d; font: 15px/1.46 Lato, system-ui, sans-serif; }
        .message { display: grid; grid-template-columns: 36px 1fr; gap: 0 10px; }
        .icon { width: 36px; height: 36px; border-radius: 6px; background: #1b1f23; color: #fff; display: grid; place-items: center; font-weight: 700; }
        .by b { font-weight: 900; } .by small { color: #616061; font-size: 12px; margin-left: 5px; }
        .app { background: #e8e8e8; color: #616061; border-radius: 3px; font-size: 10px; font-weight: 700; padding: 1px 3px; margin-left: 5px; }
        i { font-style: normal; font-weight: 900; color: #e01e5a; }
        .text { white-space: pre-wrap; overflow-wrap: anywhere; }
        pre { margin: 4px 0; padding: 8px; border: 1px solid #ddd; border-radius: 4px; background: #f8f8f8; font: 12px/1.5 Menlo, "Liberation Mono", monospace; white-space: pre-wrap; }
        .buttons { display: flex; flex-wrap: wrap; gap: 8px; margin: 8px 0 4px; }
        .buttons span { border: 1px solid #bbb; border-radius: 4px; padding: 3px 12px; font-weight: 700; font-size: 14px; }
        .buttons .primary { background: #007a5a; border-color: #007a5a; color: #fff; }
        .buttons .danger { border-color: #e01e5a; color: #e01e5a; }
        .context { color: #616061; font-size: 13px; }
        """;

    private SlackPicture() {}

    static String page(JsonNode blocks) {
        return "<!doctype html><meta charset=utf-8><style>" + STYLE
                + "</style><div class=message><div class=icon>P</div><div>"
                + "<div class=by><b>Playcall</b><span class=app>APP</span><small>#ops</small></div>"
                + each(blocks) + "</div></div>";
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
                var text = escaped(node.path("text").asText()).replace("\u274c", "<i>✗</i>");
                yield node.at("/style/bold").asBoolean() ? "<b>" + text + "</b>" : text;
            }
            default -> throw new AssertionError("no picture of " + node);
        };
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
