package dev.playcall.cli.client;

import java.util.regex.Pattern;

/** What a gateway answers, as a terminal may have it: no log and no name in it moves the cursor or sets a title. */
final class TerminalText {
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");
    /** Escapes but colours, controls but line feed and tab, and the marks that turn the direction of text around. */
    private static final Pattern HARMFUL = Pattern.compile(
            "\u001b(?!\\[[0-9;]*m)|[\\p{Cc}&&[^\n\t\r\u001b]]|[\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]");

    private TerminalText() {}

    /** The same text with a replacement character for each character that is harmful; colours stay where they are wanted. */
    static String harmless(String text, boolean colour) {
        var plain = colour ? text : COLOUR.matcher(text).replaceAll("");
        return HARMFUL.matcher(plain).replaceAll("\ufffd").replace("\r", "");
    }
}
