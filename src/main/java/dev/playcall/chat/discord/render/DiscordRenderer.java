package dev.playcall.chat.discord.render;

import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.Message.Tone;
import dev.playcall.chat.message.NotificationText;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.domain.format.TextFormat;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.dv8tion.jda.api.components.buttons.Button;
import net.dv8tion.jda.api.components.buttons.ButtonStyle;

/** Messages as Discord shows them. Pure; keeps every limit of the platform. */
public final class DiscordRenderer {
    static final int LONGEST_ID = 100;
    private static final int TITLE = 800;
    private static final int NOTIFICATION = 200;
    private static final int LINE = 1000;
    private static final int OUTPUT = 3400;
    private static final int FAILURE = 900;
    private static final int BOX = 4000;
    /** All boxes together may have 6000 characters, the small print included. */
    private static final int BOXES = 5800;

    private static final int BAR = 20;
    private static final String REST = "-# … truncated";

    private DiscordRenderer() {}

    public static DiscordMessage render(Message message) {
        var all = message.blocks();
        int first = lead(message);
        var failure = NotificationText.failureWithoutTitle(message);
        var parts = IntStream.range(0, all.size())
                .filter(i -> failure.isPresent() || i != first)
                .mapToObj(i -> part(all.get(i)))
                .filter(p -> !p.isBlank())
                .toList();
        var content = failure.map(f -> title(Tone.BAD, UntrustedText.line(f, NOTIFICATION)))
                .orElseGet(() -> first < all.size() ? part(all.get(first)) : "");
        var boxes = boxes(parts);
        boolean empty = content.isBlank() && boxes.isEmpty();
        return new DiscordMessage(
                empty ? "–" : content, colour(tone(message, failure)), boxes, rows(message), message.mentions());
    }

    /** Which block stands above the box, where a phone shows it: the first title, else the first line. */
    private static int lead(Message message) {
        var all = message.blocks();
        return IntStream.range(0, all.size())
                .filter(i -> all.get(i) instanceof Block.Title)
                .findFirst()
                .orElseGet(() -> IntStream.range(0, all.size())
                        .filter(i -> all.get(i) instanceof Block.Line)
                        .findFirst()
                        .orElse(all.size()));
    }

    private static Tone tone(Message message, Optional<String> failure) {
        return message.blocks().stream()
                .flatMap(b -> b instanceof Block.Title t ? Stream.of(t.tone()) : Stream.<Tone>empty())
                .findFirst()
                .filter(_ -> failure.isEmpty())
                .orElse(failure.isPresent() ? Tone.BAD : Tone.PLAIN);
    }

    private static String part(Block block) {
        return switch (block) {
            case Block.Title(var tone, var text) -> title(tone, text);
            case Block.Line(var text) -> DiscordMarkdown.text(text, LINE);
            case Block.Bar(var done, var total) -> bar(done, total);
            case Block.Table table -> DiscordTables.render(table);
            case Block.Code(var text) -> DiscordMarkdown.block(end(text));
            case Block.Failure(var task, var hosts, var message) -> failure(task, hosts, message);
            case Block.Buttons _, Block.Mentions _ -> "";
            case Block.Next(var commands) -> next(commands);
        };
    }

    private static String title(Tone tone, String text) {
        return NotificationText.sign(tone) + DiscordMarkdown.bold(text, TITLE);
    }

    static int colour(Tone tone) {
        return switch (tone) {
            case GOOD -> 0x2e9e5b;
            case BAD -> 0xd83c3e;
            case BUSY -> 0x3b82c4;
            case WAITING -> 0xd9a514;
            case PLAIN -> 0x80848e;
        };
    }

    private static String bar(int done, int total) {
        if (total <= 0) {
            return done + " task results so far";
        }
        int filled = (int) Math.min(BAR, (long) done * BAR / total);
        return "`" + "█".repeat(filled) + "░".repeat(BAR - filled) + "` " + done + " of about " + total
                + " task results";
    }

    private static String failure(String task, List<String> hosts, String message) {
        var head =
                DiscordMarkdown.bold(TextFormat.list(hosts, 5), 400) + " failed at: " + DiscordMarkdown.line(task, 200);
        return message.isBlank()
                ? head
                : head + "\n" + DiscordMarkdown.block(UntrustedText.cut(DiscordMarkdown.fenced(message), FAILURE));
    }

    private static String next(List<String> commands) {
        return commands.isEmpty()
                ? ""
                : "-# → "
                        + commands.stream()
                                .limit(10)
                                .map(c -> DiscordMarkdown.code(c, 100))
                                .collect(Collectors.joining("  → "));
    }

    /** The end of a log says more than its beginning. */
    private static String end(String text) {
        var clean = DiscordMarkdown.fenced(text).stripTrailing();
        if (clean.length() <= OUTPUT) {
            return clean;
        }
        int line = clean.indexOf('\n', clean.length() - OUTPUT);
        int from = line < 0 ? clean.length() - OUTPUT : line + 1;
        return "…\n" + clean.substring(Character.isLowSurrogate(clean.charAt(from)) ? from + 1 : from);
    }

    private static List<String> boxes(List<String> parts) {
        var boxes = new ArrayList<String>();
        var box = new StringBuilder();
        int left = BOXES - REST.length();
        for (var part : parts) {
            if (part.length() + 1 > left) {
                add(box, REST);
                break;
            }
            if (box.length() + part.length() + 1 > BOX) {
                boxes.add(box.toString());
                box.setLength(0);
            }
            add(box, part);
            left -= part.length() + 1;
        }
        if (!box.isEmpty()) {
            boxes.add(box.toString());
        }
        return boxes;
    }

    private static void add(StringBuilder box, String part) {
        box.append(box.isEmpty() ? "" : "\n").append(part);
    }

    private static List<List<Button>> rows(Message message) {
        var ids = new HashSet<String>();
        var all = message.blocks().stream()
                .flatMap(b -> b instanceof Block.Buttons(var buttons) ? buttons.stream() : Stream.of())
                .map(DiscordRenderer::button)
                .filter(b -> ids.add(b.getCustomId()))
                .limit(25)
                .toList();
        var rows = new ArrayList<List<Button>>();
        for (int i = 0; i < all.size(); i += 5) {
            rows.add(all.subList(i, Math.min(i + 5, all.size())));
        }
        return rows;
    }

    private static Button button(Message.Button button) {
        var style = switch (button.weight()) {
            case FIRST -> ButtonStyle.PRIMARY;
            case PLAIN -> ButtonStyle.SECONDARY;
            case DANGER -> ButtonStyle.DANGER;
        };
        var label = UntrustedText.line(button.label(), 80);
        return Button.of(style, ButtonId.id(button), label.isEmpty() ? "?" : label);
    }
}
