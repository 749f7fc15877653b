package dev.playcall.chat.slack.render;

import com.slack.api.model.block.ContextBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.RichTextBlock;
import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.block.element.RichTextElement;
import com.slack.api.model.block.element.RichTextPreformattedElement;
import com.slack.api.model.block.element.RichTextSectionElement;
import dev.playcall.chat.message.Message.Button;
import dev.playcall.chat.message.UntrustedText;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Blocks as they are put together, within the limits of Slack. Text stands in rich text, where no sign has a meaning:
 * nobody can be mentioned, nothing painted and no code block left.
 */
final class BlockPage {
    /** What Slack adds to each text when it weighs a message, with something to spare. */
    private static final int TEXT_OBJECT = 40;

    private final List<LayoutBlock> blocks = new ArrayList<>();
    private final int most;
    private final BlockButtons buttons;
    private int left;
    private Optional<List<BlockElement>> rich = Optional.empty();
    private Optional<List<RichTextElement>> section = Optional.empty();
    private boolean full;

    /**
     * @param most blocks
     * @param weight characters of all texts but those of buttons
     * @param key of the message, written into its buttons; empty for none
     */
    BlockPage(int most, int weight, String key) {
        this.most = most;
        this.buttons = new BlockButtons(key);
        this.left = weight;
    }

    List<LayoutBlock> blocks() {
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

    private static void text(List<RichTextElement> into, Piece piece) {
        into.add(RichTextSectionElement.Text.builder()
                .text(piece.text())
                .style(
                        piece.bold()
                                ? RichTextSectionElement.TextStyle.builder()
                                        .bold(true)
                                        .build()
                                : null)
                .build());
    }

    /** Output as it was; of what is too long the end is kept, or the beginning. */
    void code(String output, int longest, boolean end) {
        var clean = UntrustedText.clean(output).stripTrailing();
        var text = spend(end ? last(clean, Math.min(longest, left - TEXT_OBJECT)) : clean, longest);
        if (!text.isBlank()) {
            var into = rich();
            section = Optional.empty();
            var lines = new ArrayList<RichTextElement>();
            text(lines, Piece.plain(text));
            into.add(RichTextPreformattedElement.builder().elements(lines).build());
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
        blocks.add(ContextBlock.builder()
                .elements(List.of(BlockJson.plain(fitting)))
                .build());
    }

    /** Who is called, in a block where nothing else stands. */
    void call(String markup) {
        if (markup.isEmpty() || blocks.size() >= most) {
            return;
        }
        end();
        blocks.add(SectionBlock.builder().text(BlockJson.markup(markup)).build());
    }

    void buttons(List<Button> buttons) {
        if (buttons.isEmpty() || blocks.size() >= most) {
            return;
        }
        end();
        blocks.add(this.buttons.of(buttons));
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

    private List<BlockElement> rich() {
        var open = rich.orElseGet(() -> {
            var elements = new ArrayList<BlockElement>();
            blocks.add(RichTextBlock.builder().elements(elements).build());
            return elements;
        });
        rich = Optional.of(open);
        return open;
    }

    private List<RichTextElement> section() {
        var open = section.orElseGet(() -> {
            var elements = new ArrayList<RichTextElement>();
            rich().add(RichTextSectionElement.builder().elements(elements).build());
            return elements;
        });
        section = Optional.of(open);
        return open;
    }

    private void end() {
        rich = Optional.empty();
        section = Optional.empty();
    }
}
