package dev.playcall.chat.message;

import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.Message.Button;
import dev.playcall.chat.message.Message.Tone;
import dev.playcall.domain.format.TextFormat;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Messages as plain text for a terminal, in colour where that is asked for. Pure. */
public final class TextRenderer {
    private static final int BAR = 24;
    private static final int GAP = 2;
    private static final int NARROWEST = 12;
    /** Two for the indent, one for the sign of the cut: a line that wraps breaks the redrawing of a card. */
    private static final int MARGIN = 3;

    private static final int WIDEST = 2000;

    private final int width;
    private final boolean colour;

    public TextRenderer(int width, boolean colour) {
        this.width = Math.clamp(width, 40, WIDEST);
        this.colour = colour;
    }

    public String render(Message message) {
        return message.blocks().stream().map(this::block).collect(Collectors.joining());
    }

    private String block(Block block) {
        return switch (block) {
            case Block.Title(var tone, var text) -> wrap(paint(tone, sign(tone)) + strong(tone, text), "");
            case Block.Line(var text) -> wrap(UntrustedText.clean(text), "  ");
            case Block.Bar(var done, var total) -> "  " + bar(done, total) + "\n";
            case Block.Table(var header, var rows) -> table(header, rows);
            case Block.Code(var text) -> UntrustedText.clean(text).stripTrailing() + "\n";
            case Block.Failure(var task, var hosts, var message) -> failure(task, hosts, message);
            case Block.Buttons(var buttons) ->
                next(buttons.stream()
                        .map(Button::typed)
                        .filter(t -> !t.isEmpty())
                        .toList());
            case Block.Mentions _ -> "";
            case Block.Next(var commands) -> next(commands);
        };
    }

    private String next(List<String> commands) {
        return commands.isEmpty() ? "" : "  " + faint("→ " + String.join("   → ", commands)) + "\n";
    }

    private static String sign(Tone tone) {
        return switch (tone) {
            case GOOD -> "✓ ";
            case BAD -> "✗ ";
            case BUSY -> "▶ ";
            case WAITING -> "⧗ ";
            case PLAIN -> "";
        };
    }

    private String paint(Tone tone, String text) {
        if (!colour || text.isEmpty()) {
            return text;
        }
        int code = switch (tone) {
            case GOOD -> 32;
            case BAD -> 31;
            case BUSY -> 36;
            case WAITING -> 33;
            case PLAIN -> 39;
        };
        return "\u001b[1;" + code + "m" + text + "\u001b[0m";
    }

    private String strong(Tone tone, String text) {
        var clean = UntrustedText.clean(text);
        return colour && tone != Tone.PLAIN ? "\u001b[1m" + clean + "\u001b[0m" : clean;
    }

    private String faint(String text) {
        return colour ? "\u001b[2m" + text + "\u001b[0m" : text;
    }

    private String bar(int done, int total) {
        if (total <= 0) {
            return done + " task results so far";
        }
        int filled = (int) Math.min(BAR, (long) done * BAR / total);
        var drawn = "█".repeat(filled) + "░".repeat(BAR - filled);
        return (colour ? "\u001b[36m" + drawn + "\u001b[0m" : drawn) + " " + done + " of about " + total
                + " task results";
    }

    private String failure(String task, List<String> hosts, String message) {
        return wrap(paint(Tone.BAD, TextFormat.list(hosts, 5)) + " failed at: " + task, "  ")
                + message.lines().map(l -> wrap(l, "    ")).collect(Collectors.joining());
    }

    private String table(List<String> header, List<List<String>> rows) {
        int columns = rows.stream().mapToInt(List::size).reduce(header.size(), Math::max);
        var widths = IntStream.range(0, columns)
                .map(i -> Stream.concat(Stream.of(header), rows.stream())
                        .filter(r -> i < r.size())
                        .mapToInt(r -> shown(r.get(i)).length())
                        .max()
                        .orElse(0))
                .toArray();
        narrow(widths);
        var text = new StringBuilder();
        if (!header.isEmpty()) {
            text.append("  ").append(faint(line(header, widths))).append('\n');
        }
        rows.forEach(r -> text.append("  ").append(line(r, widths)).append('\n'));
        return text.toString();
    }

    /** Takes from the widest column what a line has too much, so that one long name does not push the others out. */
    private void narrow(int[] widths) {
        int over = Arrays.stream(widths).sum() + GAP * (widths.length - 1) - (width - MARGIN);
        for (; over > 0; over--) {
            int widest = IntStream.range(0, widths.length).reduce(0, (a, b) -> widths[b] > widths[a] ? b : a);
            if (widths[widest] <= NARROWEST) {
                return;
            }
            widths[widest]--;
        }
    }

    private String line(List<String> cells, int[] widths) {
        var text = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            var whole = shown(cells.get(i));
            var cell = whole.length() > widths[i] ? UntrustedText.cut(whole, widths[i] - 1) : whole;
            text.append(cell).append(" ".repeat(Math.max(0, widths[i] - cell.length()) + GAP));
        }
        return UntrustedText.cut(text.toString().stripTrailing(), width - MARGIN);
    }

    private static String shown(String cell) {
        return UntrustedText.line(cell, 60);
    }

    /** Breaks at blanks; a word that is too long stays whole, since people copy paths and addresses. */
    private String wrap(String text, String indent) {
        var out = new StringBuilder();
        var line = new StringBuilder(indent);
        for (var word : text.split(" ", -1)) {
            boolean begun = line.length() > indent.length();
            if (begun && visible(line) + 1 + visible(word) > width) {
                out.append(line).append('\n');
                line.setLength(0);
                line.append(indent);
                begun = false;
            }
            line.append(begun ? " " : "").append(word);
        }
        return out.append(line).append('\n').toString();
    }

    private static int visible(CharSequence text) {
        return text.toString().replaceAll("\u001b\\[[0-9;]*m", "").length();
    }
}
