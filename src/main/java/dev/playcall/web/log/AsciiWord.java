package dev.playcall.web.log;

import java.nio.charset.StandardCharsets;

/**
 * Says of a piece of UTF-8 that a text in ASCII is not in it, whatever its case, without making lines of it. What looks through
 * many bytes here is what the JVM does many at a time.
 */
final class AsciiWord {
    /** The bit in which capitals differ from small letters; for other bytes it only makes more look alike. */
    private static final int CASE = 0x20;

    private static final char ESCAPE = 0x1b;
    /** The letters outside ASCII whose lower case has one of ASCII in it, U+0130 and the first bytes of U+212A. */
    private static final String DOTTED_I = "\u00c4\u00b0";

    private static final String KELVIN = "\u00e2\u0084";

    private final String folded;

    /** @param text in ASCII and not empty */
    AsciiWord(String text) {
        var bytes = text.getBytes(StandardCharsets.US_ASCII);
        this.folded = folded(bytes, bytes.length);
    }

    static boolean fits(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c < 0x80);
    }

    private static String folded(byte[] text, int length) {
        var folded = new byte[length];
        for (int i = 0; i < length; i++) {
            folded[i] = (byte) (text[i] | CASE);
        }
        return new String(folded, StandardCharsets.ISO_8859_1);
    }

    /** False when no line of this piece has the word; true when somebody has to look. */
    boolean maybeIn(byte[] text, int length) {
        return folded(text, length).contains(folded) || needsReading(text, length);
    }

    /** Whether there is a colour, which is not part of a line and may stand in the middle of a word, or one of the two letters. */
    private static boolean needsReading(byte[] text, int length) {
        var bytes = new String(text, 0, length, StandardCharsets.ISO_8859_1);
        return bytes.indexOf(ESCAPE) >= 0
                || (bytes.indexOf(DOTTED_I.charAt(0)) >= 0 && bytes.contains(DOTTED_I))
                || (bytes.indexOf(KELVIN.charAt(0)) >= 0 && bytes.contains(KELVIN));
    }
}
