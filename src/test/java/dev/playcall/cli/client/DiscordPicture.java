package dev.playcall.cli.client;

import dev.playcall.rehearsal.discord.Button;
import dev.playcall.rehearsal.discord.Shown;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A page that shows a message much as Discord does, for pictures of messages whose text and buttons are the real ones. */
final class DiscordPicture {
    private static final String STYLE = """
        body { margin: 0; padding: 14px 18px; background: #313338; color: #dbdee1; font: 15px/1.4 "gg sans", system-ui, sans-serif; }
        .message { display: grid; grid-template-columns: 40px 1fr; gap: 0 14px; }
        .icon { width: 40px; height: 40px; border-radius: 50%; background: #5865f2; color: #fff; display: grid; place-items: center; font-weight: 700; }
        .by b { color: #f2f3f5; } .by small { color: #949ba4; font-size: 12px; margin-left: 6px; }
        .app { background: #5865f2; color: #fff; border-radius: 3px; font-size: 10px; font-weight: 600; padding: 1px 4px; margin-left: 5px; }
        .text { white-space: pre-wrap; overflow-wrap: anywhere; } .text b { color: #f2f3f5; }
        .box { background: #2b2d31; border-left: 4px solid; border-radius: 4px; padding: 8px 14px; margin-top: 6px; max-width: 520px; font-size: 14px; }
        code { background: #1e1f22; border-radius: 3px; padding: 0 3px; font: 12px/1.4 "Liberation Mono", monospace; }
        pre { margin: 4px 0; padding: 7px; border: 1px solid #1e1f22; border-radius: 4px; background: #1e1f22; font: 12px/1.4 "Liberation Mono", monospace; white-space: pre-wrap; }
        .small { color: #949ba4; font-size: 12px; }
        .buttons { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 8px; }
        .buttons span { background: #4e5058; color: #fff; border-radius: 3px; padding: 5px 14px; font-size: 14px; font-weight: 500; }
        .buttons .s1 { background: #5865f2; } .buttons .s4 { background: #da373c; }
        i { font-style: normal; font-weight: 900; color: #3ba55c; }
        """;

    private static final Pattern BLOCK = Pattern.compile("(?s)```\n?(.*?)\n?```\n?");

    private DiscordPicture() {}

    static String page(Shown message) {
        var boxes = StreamSupport.stream(message.embeds().spliterator(), false)
                .map(e -> "<div class=box style='border-color: #%06x'>%s</div>"
                        .formatted(
                                e.path("color").asInt(),
                                text(e.path("description").asText())))
                .collect(Collectors.joining());
        return "<!doctype html><meta charset=utf-8><style>" + STYLE
                + "</style><div class=message><div class=icon>P</div><div>"
                + "<div class=by><b>Playcall</b><span class=app>APP</span><small>#operations</small></div>"
                + text(message.content()) + boxes + buttons(message.buttons()) + "</div></div>";
    }

    private static String buttons(List<Button> buttons) {
        return buttons.stream()
                .map(b -> "<span class=s" + b.style() + ">" + escaped(b.label()) + "</span>")
                .collect(Collectors.joining("", "<div class=buttons>", "</div>"));
    }

    /** Blocks of code as they are; of the rest what Playcall writes: bold, code, small print and escaped signs. */
    private static String text(String markdown) {
        var html = new StringBuilder();
        var block = BLOCK.matcher(markdown);
        int from = 0;
        while (block.find()) {
            html.append(lines(markdown.substring(from, block.start())))
                    .append("<pre>")
                    .append(escaped(block.group(1)))
                    .append("</pre>");
            from = block.end();
        }
        return "<div class=text>" + html + lines(markdown.substring(from)) + "</div>";
    }

    private static String lines(String markdown) {
        return escaped(markdown)
                .replaceAll("(?<!\\\\)\\*\\*(.+?)(?<!\\\\)\\*\\*", "<b>$1</b>")
                .replaceAll("(?<!\\\\)`([^`]+)`", "<code>$1</code>")
                .replaceAll("(?m)^-# (.*)$", "<span class=small>$1</span>")
                .replaceAll("\\\\(\\p{Punct})", "$1")
                // Fonts for emoji are not on every machine.
                .replace("\u2705", "<i>✓</i>")
                .replace("\u23f3", "◷");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
