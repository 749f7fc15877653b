package dev.playcall.chat.slack.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.SectionBlock;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.Message.Tone;
import dev.playcall.chat.message.NotificationText;
import dev.playcall.chat.message.TextRenderer;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.chat.slack.api.SlackJson;
import dev.playcall.chat.slack.render.BlockPage.Piece;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.notify.routing.Mentions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Messages as Slack shows them. Pure. */
public final class SlackRenderer {
    private static final int MESSAGE_BLOCKS = 50;
    private static final int VIEW_BLOCKS = 90;
    private static final int MESSAGE_WEIGHT = 8_500;
    private static final int VIEW_WEIGHT = 10_500;
    private static final int LONGEST_LINE = 1_000;
    private static final int LONGEST_FALLBACK = 1_000;
    private static final int LONGEST_CODE = 6_000;
    private static final int LONGEST_FAILURE = 1_200;
    private static final int BAR = 20;
    /** Columns that a telephone shows side by side when it is turned. */
    private static final int WIDTH = 60;

    private static final int MOST_NAMES = 5;

    private final BlockPage page;

    private SlackRenderer(BlockPage page) {
        this.page = page;
    }

    public static ArrayNode blocks(Message message) {
        return blocks(message, "");
    }

    /** @param key names the message, so that it can be found again by its buttons; empty for none */
    public static ArrayNode blocks(Message message, String key) {
        return BlockJson.of(render(message, new BlockPage(MESSAGE_BLOCKS, MESSAGE_WEIGHT, key)));
    }

    /** The same for a modal or the home tab, which hold more. */
    static List<LayoutBlock> view(Message message) {
        return render(message, new BlockPage(VIEW_BLOCKS, VIEW_WEIGHT, ""));
    }

    private static List<LayoutBlock> render(Message message, BlockPage page) {
        var renderer = new SlackRenderer(page);
        message.blocks().forEach(renderer::block);
        if (page.isEmpty()) {
            page.line(List.of(Piece.plain("–")), 10);
        }
        return page.blocks();
    }

    /** Text and blocks, as every message of Slack has them. */
    public static ObjectNode payload(Message message) {
        var node = SlackJson.object().put("text", fallback(message));
        node.set("blocks", blocks(message));
        return node;
    }

    /** What a notification and a screen reader say. */
    public static String fallback(Message message) {
        return SlackText.escape(UntrustedText.line(NotificationText.of(message), LONGEST_FALLBACK));
    }

    /** The same said in the plainest way there is, for when Slack does not take the blocks. */
    public static ArrayNode plainest(Message message) {
        var text = UntrustedText.cut(new TextRenderer(WIDTH, false).render(message), 2_900);
        var blocks = new ArrayList<LayoutBlock>();
        blocks.add(SectionBlock.builder()
                .text(BlockJson.plain(text.isBlank() ? "–" : text))
                .build());
        var who = Mentions.slack(message.mentions());
        if (!who.isEmpty()) {
            blocks.add(SectionBlock.builder().text(BlockJson.markup(who)).build());
        }
        return BlockJson.of(blocks);
    }

    private void block(Block block) {
        switch (block) {
            case Block.Title(var tone, var text) -> title(tone, text);
            case Block.Line(var text) -> page.line(List.of(Piece.plain(text)), LONGEST_LINE);
            case Block.Bar(var done, var total) -> page.line(List.of(Piece.plain(bar(done, total))), LONGEST_LINE);
            case Block.Table(var header, var rows) -> table(header, rows);
            case Block.Code(var text) -> page.code(text, LONGEST_CODE, true);
            case Block.Failure(var task, var hosts, var shown) -> failure(task, hosts, shown);
            case Block.Buttons(var buttons) -> page.buttons(buttons);
            case Block.Mentions(var who) -> page.call(Mentions.slack(who));
            case Block.Next(var commands) -> {
                if (!commands.isEmpty()) {
                    page.small("→ " + String.join("   → ", commands));
                }
            }
        }
    }

    private void title(Tone tone, String text) {
        page.gap();
        page.line(
                List.of(Piece.plain(NotificationText.sign(tone)), Piece.bold(UntrustedText.line(text, 600))),
                LONGEST_LINE);
    }

    private static String bar(int done, int total) {
        if (total <= 0) {
            return done + " task results so far";
        }
        int filled = Math.clamp((long) done * BAR / total, 0, BAR);
        return "█".repeat(filled) + "░".repeat(BAR - filled) + " " + done + " of about " + total + " task results";
    }

    private void failure(String task, List<String> hosts, String message) {
        var names = TextFormat.list(hosts, MOST_NAMES, h -> UntrustedText.line(h, 100));
        page.line(
                List.of(Piece.bold(names), Piece.plain(" failed at: " + UntrustedText.line(task, 200))), LONGEST_LINE);
        page.code(message, LONGEST_FAILURE, false);
    }

    private void table(List<String> header, List<List<String>> rows) {
        var shown = rows.stream()
                .map(r -> r.stream().map(c -> UntrustedText.line(c, 200)).toList())
                .toList();
        var widths = IntStream.range(0, header.size())
                .map(i -> shown.stream()
                        .mapToInt(r -> length(r, i))
                        .reduce(header.get(i).length(), Math::max))
                .toArray();
        if (IntStream.of(widths).sum() + 2 * (widths.length - 1) <= WIDTH) {
            columns(header, shown, widths);
        } else {
            list(header, shown);
        }
    }

    private static int length(List<String> row, int column) {
        return column < row.size()
                ? row.get(column).codePointCount(0, row.get(column).length())
                : 0;
    }

    private void columns(List<String> header, List<List<String>> rows, int[] widths) {
        var text = new StringBuilder(line(header, widths));
        int most = Math.min(LONGEST_CODE, page.remaining()) - 40;
        int shown = 0;
        for (var row : rows) {
            var next = line(row, widths);
            if (text.length() + next.length() > most) {
                break;
            }
            text.append('\n').append(next);
            shown++;
        }
        page.code(text.toString(), LONGEST_CODE, false);
        more(rows.size() - shown);
    }

    private static String line(List<String> cells, int[] widths) {
        var text = new StringBuilder();
        for (int i = 0; i < Math.min(cells.size(), widths.length); i++) {
            text.append(cells.get(i)).append(" ".repeat(Math.max(0, widths[i] - length(cells, i)) + 2));
        }
        return text.toString().stripTrailing();
    }

    /** All cells of a row but the first, each behind the title of its column. */
    private static String rest(List<String> header, List<String> row) {
        return IntStream.range(1, Math.min(row.size(), header.size()))
                .filter(i -> !row.get(i).isEmpty())
                .mapToObj(i -> header.size() == 2
                        ? row.get(i)
                        : header.get(i).toLowerCase(java.util.Locale.ROOT) + " " + row.get(i))
                .collect(Collectors.joining(" · "));
    }

    /** What is too wide for columns: each row a line of its own, its first cell in front. */
    private void list(List<String> header, List<List<String>> rows) {
        int shown = 0;
        for (var row : rows) {
            var rest = rest(header, row);
            if (page.remaining() < rest.length() + 300) {
                break;
            }
            page.line(
                    List.of(
                            Piece.bold(row.isEmpty() ? "" : row.getFirst()),
                            Piece.plain(rest.isEmpty() ? "" : " – " + rest)),
                    LONGEST_LINE);
            shown++;
        }
        more(rows.size() - shown);
    }

    private void more(int rows) {
        if (rows > 0) {
            page.line(List.of(Piece.plain("… and " + rows + " more")), LONGEST_LINE);
        }
    }
}
