package dev.playcall.chat.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Splits a line into words: blanks between them, quotes around those with blanks. A JSON object or list is one word, with its
 * quotes. Nothing else has a meaning, there is no shell. What telephones make of quotes and dashes is put right.
 */
public final class CommandWords {
    static final int LONGEST = 20_000;

    private CommandWords() {}

    /** {@code 7} or {@code #7}, of an alert or mute. */
    public static Optional<Long> number(String word) {
        var digits = word.startsWith("#") ? word.substring(1) : word;
        return digits.matches("[1-9]\\d{0,14}") ? Optional.of(Long.parseLong(digits)) : Optional.empty();
    }

    /** The number of a batch or deployment that the first of these words is. */
    public static Optional<Long> number(List<String> words) {
        return words.isEmpty()
                ? Optional.empty()
                : CommandParser.runId(words.getFirst()).map(r -> r.value());
    }

    /**
     * The words behind {@code cancel}, {@code retry}, {@code show} or the like when they are about such a thing; a form hands them over
     * as one.
     *
     * @param noun {@code batch} or {@code deployment}
     */
    public static Optional<List<String>> about(String noun, List<String> rest) {
        var words = new ArrayList<>(rest);
        if (!words.isEmpty() && words.getFirst().strip().startsWith(noun + " ")) {
            words.addAll(0, List.of(words.removeFirst().strip().split("\\s+")));
        }
        return !words.isEmpty() && words.getFirst().equals(noun)
                ? Optional.of(List.copyOf(words.subList(1, words.size())))
                : Optional.empty();
    }

    /** The words, or why the line cannot be read. */
    sealed interface Split {
        record Valid(List<String> words) implements Split {}

        record Invalid(String message) implements Split {}
    }

    static Split of(String text) {
        if (text.length() > LONGEST) {
            return new Split.Invalid("the command is too long: at most " + LONGEST + " characters");
        }
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        boolean begun = false;
        char quote = 0;
        var line = plain(text);
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            int end = quote == 0 && startsValue(word, c) ? JsonValue.end(line, i) : i;
            if (end > i) {
                word.append(line, i, end);
                begun = true;
                i = end - 1;
            } else if (quote != 0 && c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
                begun = true;
            } else if (quote == 0 && (Character.isWhitespace(c) || c == '\u00a0')) {
                if (begun) {
                    words.add(word.toString());
                    word.setLength(0);
                    begun = false;
                }
            } else {
                word.append(c);
                begun = true;
            }
        }
        if (quote != 0) {
            return new Split.Invalid("the quote " + quote + " is not closed");
        }
        if (begun) {
            words.add(word.toString());
        }
        return new Split.Valid(words.stream().map(CommandWords::dashes).toList());
    }

    /** A line that is split into these words again, with quotes around those that need them. */
    static String line(List<String> words) {
        return words.stream().map(CommandWords::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        if (of(word).equals(new Split.Valid(List.of(word)))) {
            return word;
        }
        var quote = word.contains("\"") ? "'" : "\"";
        return quote + word + quote;
    }

    /** Only at the beginning of a word or of a value: {@code web[1:3]} is no JSON. */
    private static boolean startsValue(CharSequence word, char c) {
        return (c == '{' || c == '[') && (word.isEmpty() || word.charAt(word.length() - 1) == '=');
    }

    private static String plain(String text) {
        return text.replaceAll("[\u201c\u201d\u201e\u00ab\u00bb]", "\"").replaceAll("[\u2018\u2019\u201a]", "'");
    }

    /** {@code —limit} is what a telephone makes of {@code --limit}. */
    private static String dashes(String word) {
        if (word.matches("\u2014[a-z].*")) {
            return "--" + word.substring(1);
        }
        return word.matches("\u2013{1,2}[a-z].*") ? "--" + word.replaceFirst("^\u2013+", "") : word;
    }
}
