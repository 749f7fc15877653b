package dev.playcall.domain;

import java.text.BreakIterator;
import java.util.Locale;
import java.util.regex.Pattern;

/** The beginning of a text that may be too long for where people read it: the one place where texts are cut. */
public final class Truncate {
    /** Whatever some program ends a line with, or that cannot be seen: NEL, U+2028 and U+2029 too. */
    private static final Pattern BREAKS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\s]+");
    /** Turns the direction of what follows, is not seen, or is half a character: a name could be read as another one. */
    private static final Pattern UNSEEN =
            Pattern.compile("[\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff\\p{Cs}]");

    /** Longer than any character that a reader takes for one. */
    private static final int CHARACTER = 64;

    private static final int QUOTED = 200;

    private Truncate() {}

    /** The text on one line: line ends, control characters and runs of spaces become one space, marks of direction go. */
    public static String line(String text) {
        return BREAKS.matcher(UNSEEN.matcher(text).replaceAll(""))
                .replaceAll(" ")
                .strip();
    }

    /**
     * At most so many UTF-16 units, never half a character; between two words, where that costs no more than a third. What
     * was cut ends in an ellipsis.
     */
    public static String of(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = word(text, character(text, Math.max(0, most - 1)));
        return text.substring(0, end) + "…";
    }

    /** As much of what somebody wrote as a message about it quotes: one line of at most 200 units. */
    public static String quoted(String text) {
        return of(line(text), QUOTED);
    }

    /** Where the last whole character that fits ends. */
    private static int character(String text, int longest) {
        var characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(text.substring(0, Math.min(text.length(), longest + CHARACTER)));
        return characters.isBoundary(longest) ? longest : Math.max(0, characters.preceding(longest));
    }

    /** Where the last whole word before it ends, unless that is far away. */
    private static int word(String text, int end) {
        int least = end * 2 / 3;
        int at = end;
        while (at > least && !Character.isWhitespace(text.charAt(at))) {
            at--;
        }
        int whole = Character.isWhitespace(text.charAt(at)) ? at : end;
        while (whole > 0 && Character.isWhitespace(text.charAt(whole - 1))) {
            whole--;
        }
        return whole;
    }
}
