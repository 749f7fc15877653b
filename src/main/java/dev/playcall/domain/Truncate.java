package dev.playcall.notify.event;

import java.util.regex.Pattern;

/** The beginning of a text that may be too long. */
public final class Truncate {
    /** Whatever some program ends a line with, or that cannot be seen: NEL, U+2028 and U+2029 too. */
    private static final Pattern BREAKS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\s]+");

    private Truncate() {}

    /** The text on one line: line ends, control characters and runs of spaces become one space. */
    public static String line(String text) {
        return BREAKS.matcher(text).replaceAll(" ").strip();
    }

    /** At most so many UTF-16 units, never half a character; what was cut ends in an ellipsis. */
    public static String of(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = most - 1;
        if (Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + "…";
    }
}
