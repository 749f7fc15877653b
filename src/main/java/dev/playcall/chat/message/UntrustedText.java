package dev.playcall.chat.message;

import dev.playcall.domain.Truncate;
import java.util.regex.Pattern;

/** Text that is not ours: what hosts, tasks and people wrote. It may hold anything, and shows only what can be read. */
public final class UntrustedText {
    private static final Pattern ESCAPE =
            Pattern.compile("\u001b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001b]*(?:\u0007|\u001b\\\\)?|[@-Z\\\\-_])");
    /** Controls but line feed and tab, and the marks that turn the direction of text around. */
    private static final Pattern HIDDEN =
            Pattern.compile("[\\p{Cc}&&[^\n\t]]|[\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]|\\p{Cs}");

    private UntrustedText() {}

    public static String clean(String text) {
        return HIDDEN.matcher(ESCAPE.matcher(text).replaceAll("")).replaceAll("");
    }

    /** On one line. */
    public static String line(String text, int longest) {
        return cut(clean(text).replaceAll("\\s+", " ").strip(), longest);
    }

    /** At most this many UTF-16 units, never half a character of a reader's. */
    public static String cut(String text, int longest) {
        return Truncate.of(text, longest);
    }
}
