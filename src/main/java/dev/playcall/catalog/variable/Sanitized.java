package dev.playcall.catalog.variable;

import dev.playcall.domain.Truncate;
import java.util.regex.Pattern;

/** What somebody wrote, fit to be quoted in an answer: short, on one line, and not able to turn the line around. */
public final class Sanitized {
    /** Control characters, line separators, marks that change the direction of text, halves of characters. */
    static final Pattern INVISIBLE =
            Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\p{Cs}]");

    private Sanitized() {}

    public static String of(Object raw, int longest) {
        var text = String.valueOf(raw);
        var few = Truncate.of(text, longest);
        return INVISIBLE.matcher(few).replaceAll("�");
    }
}
