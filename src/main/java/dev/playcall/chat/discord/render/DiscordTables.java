package dev.playcall.chat.discord.render;

import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.UntrustedText;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tables: of fixed width where a phone can show them, else as a list. */
final class DiscordTables {
    private static final int WIDEST = 60;
    private static final int CELL = 40;
    private static final int LONGEST = 3000;

    private DiscordTables() {}

    static String render(Block.Table table) {
        var rows = table.rows().stream()
                .map(r -> r.stream().map(c -> UntrustedText.line(c, CELL)).toList())
                .toList();
        var widths = IntStream.range(0, table.header().size())
                .map(i -> rows.stream()
                        .mapToInt(r -> width(cell(r, i)))
                        .reduce(width(table.header().get(i)), Math::max))
                .toArray();
        int whole = IntStream.of(widths).sum() + 2 * Math.max(0, widths.length - 1);
        return whole <= WIDEST ? fixed(table.header(), rows, widths) : list(rows);
    }

    private static String fixed(List<String> header, List<List<String>> rows, int[] widths) {
        var head = line(header, widths);
        return "```\n" + head + "\n" + fit(rows, r -> DiscordMarkdown.fenced(line(r, widths)), LONGEST - head.length())
                + "\n```";
    }

    /** The first cell says what it is about, empty ones say nothing. */
    private static String list(List<List<String>> rows) {
        return fit(
                rows,
                r -> DiscordMarkdown.bold(cell(r, 0), CELL) + " "
                        + r.stream()
                                .skip(1)
                                .filter(c -> !c.isBlank())
                                .map(c -> DiscordMarkdown.line(c, CELL))
                                .collect(Collectors.joining(" · ")),
                LONGEST);
    }

    private static String fit(List<List<String>> rows, Function<List<String>, String> line, int most) {
        var text = new StringBuilder();
        int shown = 0;
        for (var row : rows) {
            var next = line.apply(row);
            if (text.length() + next.length() + 30 > most) {
                break;
            }
            text.append(text.isEmpty() ? "" : "\n").append(next);
            shown++;
        }
        return shown == rows.size() ? text.toString() : text + "\n… and " + (rows.size() - shown) + " more";
    }

    private static String line(List<String> cells, int[] widths) {
        var text = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            var cell = cell(cells, i);
            text.append(cell).append(" ".repeat(Math.max(0, widths[i] - width(cell)) + 2));
        }
        return text.toString().stripTrailing();
    }

    private static String cell(List<String> cells, int i) {
        return i < cells.size() ? cells.get(i) : "";
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
