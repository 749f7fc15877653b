package dev.playcall.cli.shell;

import dev.playcall.cli.client.NextWord;
import dev.playcall.cli.client.Terminal;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.Option;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.MaskingCallback;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal.Signal;

/**
 * Chat commands in an interactive terminal, with history, completion and search. Ctrl-C clears the line, and leaves on
 * an empty one when pressed twice; while a run is followed it returns to the prompt.
 */
public final class Shell {
    private static final String PROMPT = "playcall> ";
    /** Words that end a console. */
    public static final Set<String> LEAVING = Set.of("exit", "quit", "bye");

    private static final List<String> STYLES = List.of(
            LineReader.COMPLETION_STYLE_STARTING,
            LineReader.COMPLETION_STYLE_DESCRIPTION,
            LineReader.COMPLETION_STYLE_GROUP,
            LineReader.COMPLETION_STYLE_LIST_STARTING,
            LineReader.COMPLETION_STYLE_LIST_DESCRIPTION,
            LineReader.COMPLETION_STYLE_LIST_GROUP);

    private final org.jline.terminal.Terminal screen;
    private final boolean colour;
    private final Lines lines;
    private final LineReader reader;
    private final ShellHistory history;

    /** Where the lines of earlier sessions are kept. */
    public static Path history(Path home, Optional<String> state) {
        return ShellHistory.file(home, state);
    }

    /** What lines do. */
    public interface Lines {
        /**
         * Runs a line and prints its answer.
         *
         * @param left whether the person does not want to watch any longer
         * @return whether the line may be kept: false for one with a secret in it
         */
        boolean run(String line, Terminal terminal, PrintWriter out, BooleanSupplier left);

        /** What may follow this text. */
        List<NextWord> suggestions(String line);
    }

    /** @param history the file that keeps what was typed */
    public Shell(org.jline.terminal.Terminal screen, boolean colour, Path history, Lines lines) {
        this.screen = screen;
        this.colour = colour;
        this.lines = lines;
        this.history = new ShellHistory();
        this.reader = reader(history);
    }

    private LineReader reader(Path file) {
        var parser = new DefaultParser();
        parser.setEofOnUnclosedQuote(false);
        parser.setEscapeChars(null);
        parser.setQuoteChars(new char[] {'"'});
        ShellHistory.prepare(file);
        var made = LineReaderBuilder.builder()
                .terminal(screen)
                .appName("playcall")
                .parser(parser)
                .history(history)
                .completer((_, line, found) -> complete(line.line().substring(0, line.cursor()), found))
                .variable(LineReader.HISTORY_FILE, file)
                .variable(LineReader.HISTORY_FILE_SIZE, 5000)
                .variable(LineReader.BELL_STYLE, "none")
                // An exclamation mark in a reason is no reference to an earlier line.
                .option(Option.DISABLE_EVENT_EXPANSION, true)
                .build();
        if (!colour) {
            STYLES.forEach(style -> made.setVariable(style, ""));
        }
        made.getWidgets().put("what-can-follow", this::explain);
        Objects.requireNonNull(made.getKeyMaps().get(LineReader.MAIN)).bind(new Reference("what-can-follow"), "?");
        return made;
    }

    private void complete(String line, List<Candidate> found) {
        // JLine sorts by name where it is given no place.
        for (var s : lines.suggestions(line)) {
            var about = s.label().equals(s.value()) ? null : s.label();
            boolean whole = !s.value().endsWith("=");
            if (!s.value().isEmpty()) {
                found.add(new Candidate(s.value(), s.value(), null, about, null, null, whole, found.size() + 1));
            }
        }
    }

    /** Between words a question mark lists what can follow; in a word it is a character like any other. */
    private boolean explain() {
        var before = reader.getBuffer().upToCursor();
        if (!before.isEmpty() && !Character.isWhitespace(before.charAt(before.length() - 1))) {
            reader.callWidget(LineReader.SELF_INSERT);
            return true;
        }
        reader.printAbove(NextWord.list(lines.suggestions(before), screen.getColumns()));
        return true;
    }

    /** Returns when the person leaves. */
    public void run() {
        boolean asked = false;
        while (true) {
            try {
                var line = reader.readLine(PROMPT, null, NOT_KEPT_YET, null).strip();
                asked = false;
                if (LEAVING.contains(line)) {
                    return;
                }
                if (line.equals("help")) {
                    print(NextWord.list(lines.suggestions(""), screen.getColumns())
                            + "\n\nhelp <command> explains one command with its options.");
                } else if (!line.isEmpty()) {
                    execute(line);
                }
            } catch (UserInterruptException e) {
                boolean empty = e.getPartialLine().isBlank();
                if (empty && asked) {
                    return;
                }
                asked = empty;
                if (empty) {
                    print("Press Ctrl-C again, or Ctrl-D, to leave.");
                }
            } catch (EndOfFileException _) {
                return;
            }
        }
    }

    private void print(String text) {
        screen.writer().println(text);
        screen.flush();
    }

    private void execute(String line) {
        var left = new AtomicBoolean();
        var before = screen.handle(Signal.INT, _ -> left.set(true));
        try {
            var terminal = new Terminal(Math.clamp(screen.getColumns(), 40, 200), colour, true);
            if (lines.run(line, terminal, screen.writer(), left::get)) {
                history.add(line);
            }
        } finally {
            screen.handle(Signal.INT, before);
            screen.flush();
        }
    }

    /** A line is kept after its answer, which says whether there is a secret in it. */
    private static final MaskingCallback NOT_KEPT_YET = new MaskingCallback() {
        @Override
        public String display(String line) {
            return line;
        }

        @Override
        public String history(String line) {
            return "";
        }
    };
}
