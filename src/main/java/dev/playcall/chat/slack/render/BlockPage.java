package dev.playcall.chat.slack.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.chat.message.Message.Button;
import dev.playcall.chat.message.Message.Weight;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.chat.slack.api.SlackJson;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Blocks as they are put together, within the limits of Slack. Text stands in rich text, where no sign has a meaning:
 * nobody can be mentioned, nothing painted and no code block left.
 */
final class BlockPage {
    /** What Slack adds to each text when it weighs a message, with something to spare. */
    private static final int TEXT_OBJECT = 40;

    private static final int MOST_BUTTONS = 25;

    private final ArrayNode blocks = SlackJson.array();
    private final int most;
    /** Of the message, written into its buttons; empty where nobody will look for it. */
    private final String key;

    private final Set<String> ids = new HashSet<>();
    private int left;
    private Optional<ArrayNode> rich = Optional.empty();
    private Optional<ArrayNode> section = Optional.empty();
    private boolean full;

    /**
     * @param most blocks
     * @param weight characters of all texts but those of buttons
     * @param key of the message, written into its buttons; empty for none
     */
    BlockPage(int most, int weight, String key) {
        this.most = most;
        this.key = key;
        this.left = weight;
    }

    ArrayNode blocks() {
        return blocks;
    }

    boolean isEmpty() {
        return blocks.isEmpty();
    }

    /** A part of a line. */
    record Piece(String text, boolean bold) {
        static Piece plain(String text) {
            return new Piece(text, false);
        }

        static Piece bold(String text) {
            return new Piece(text, true);
        }
    }

    void line(List<Piece> pieces, int longest) {
        var fitting = new ArrayList<Piece>();
        for (var piece : pieces) {
            var text = spend(UntrustedText.clean(piece.text()), longest);
            if (!text.isEmpty()) {
                fitting.add(new Piece(text, piece.bold()));
            }
        }
        if (fitting.isEmpty()) {
            return;
        }
        var into = section();
        if (!into.isEmpty()) {
            text(into, Piece.plain("\n"));
        }
        fitting.forEach(p -> text(into, p));
    }

    void gap() {
        section.filter(s -> !s.isEmpty()).ifPresent(s -> text(s, Piece.plain("\n")));
    }

    private static void text(ArrayNode into, Piece piece) {
        var node = into.addObject().put("type", "text").put("text", piece.text());
        if (piece.bold()) {
            node.putObject("style").put("bold", true);
        }
    }

    /** Output as it was; of what is too long the end is kept, or the beginning. */
    void code(String output, int longest, boolean end) {
        var clean = UntrustedText.clean(output).stripTrailing();
        var text = spend(end ? last(clean, Math.min(longest, left - TEXT_OBJECT)) : clean, longest);
        if (!text.isBlank()) {
            var into = rich();
            section = Optional.empty();
            into.addObject()
                    .put("type", "rich_text_preformatted")
                    .putArray("elements")
                    .addObject()
                    .put("type", "text")
                    .put("text", text);
        }
    }

    /** The last whole lines that fit. */
    private static String last(String text, int longest) {
        if (text.length() <= longest || longest < 3) {
            return text;
        }
        int from = text.length() - longest + 2;
        int line = text.indexOf('\n', from);
        if (line >= 0 && line < text.length() - 1) {
            return "…\n" + text.substring(line + 1);
        }
        var characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(text);
        int start = characters.following(from);
        return "…" + text.substring(start == BreakIterator.DONE ? from : start);
    }

    void small(String text) {
        var fitting = spend(UntrustedText.clean(text), 2000);
        if (fitting.isEmpty() || blocks.size() >= most) {
            return;
        }
        end();
        blocks.addObject().put("type", "context").putArray("elements").add(SlackJson.plain(fitting));
    }

    /** Who is called, in a block where nothing else stands. */
    void call(String markup) {
        if (markup.isEmpty() || blocks.size() >= most) {
            return;
        }
        end();
        blocks.add(SlackJson.object("section").set("text", SlackJson.markup(markup)));
    }

    void buttons(List<Button> buttons) {
        if (buttons.isEmpty() || blocks.size() >= most) {
            return;
        }
        end();
        var elements = blocks.addObject().put("type", "actions").putArray("elements");
        buttons.stream().limit(MOST_BUTTONS).map(this::button).forEach(elements::add);
    }

    private ObjectNode button(Button button) {
        var action = button.action().written();
        var id = action;
        for (int i = 2; !ids.add(id); i++) {
            id = action + "." + i;
        }
        var node = SlackJson.object("button");
        node.set("text", SlackJson.plain(UntrustedText.line(button.label(), 70)));
        node.put("action_id", id).put("value", button.action().written(key));
        if (button.weight() != Weight.PLAIN) {
            node.put("style", button.weight() == Weight.FIRST ? "primary" : "danger");
        }
        if (!button.confirm().isEmpty()) {
            node.set("confirm", confirm(button));
        }
        return node;
    }

    private static ObjectNode confirm(Button button) {
        var node = SlackJson.object();
        node.set("title", SlackJson.plain(UntrustedText.line(button.label(), 90) + "?"));
        node.set("text", SlackJson.plain(UntrustedText.line(button.confirm(), 290)));
        node.set("confirm", SlackJson.plain("Yes"));
        node.set("deny", SlackJson.plain("No"));
        if (button.weight() == Weight.DANGER) {
            node.put("style", "danger");
        }
        return node;
    }

    /** How many characters a text may still have. */
    int remaining() {
        return Math.max(0, left - TEXT_OBJECT);
    }

    private String spend(String text, int longest) {
        if (text.isEmpty() || full) {
            return "";
        }
        // With the block that is begun now there have to be places for the buttons that follow.
        boolean place = section.isPresent() || rich.isPresent() || blocks.size() < most - 2;
        if (!place || left < 2 * TEXT_OBJECT) {
            full = true;
            return "… truncated";
        }
        var fitting = UntrustedText.cut(text, Math.min(longest, left - TEXT_OBJECT - 1));
        left -= fitting.length() + TEXT_OBJECT;
        return fitting;
    }

    private ArrayNode rich() {
        var open =
                rich.orElseGet(() -> blocks.addObject().put("type", "rich_text").putArray("elements"));
        rich = Optional.of(open);
        return open;
    }

    private ArrayNode section() {
        var open = section.orElseGet(
                () -> rich().addObject().put("type", "rich_text_section").putArray("elements"));
        section = Optional.of(open);
        return open;
    }

    private void end() {
        rich = Optional.empty();
        section = Optional.empty();
    }
}
