package dev.playcall.notify;

/** The beginning of a text that may be too long. */
public final class Excerpt {
    private Excerpt() {}

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
