package dev.playcall.chat.discord.render;

import dev.playcall.chat.message.UntrustedText;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Text that Discord shows as it is: it mentions nobody, links nothing, and cannot leave its place. */
public final class DiscordMarkdown {
    private static final Pattern SPECIAL = Pattern.compile("[\\\\*_~`|<>\\[\\]@]|(?<=[A-Za-z]):(?=//)|:(?=\\w+:)");
    /** What begins a heading, a list, a quotation or small print at the start of a line. */
    private static final Pattern BEGINS = Pattern.compile("(?m)^(\\s*)(#{1,3}(?= )|-#?(?= )|\\+(?= ))");

    private DiscordMarkdown() {}

    /** On one line, at most this long before escaping. */
    static String line(String text, int longest) {
        return escape(UntrustedText.line(text, longest));
    }

    /** May have several lines. */
    public static String text(String text, int longest) {
        return escape(UntrustedText.cut(UntrustedText.clean(text), longest));
    }

    private static String escape(String text) {
        return BEGINS.matcher(SPECIAL.matcher(text).replaceAll("\\\\$0")).replaceAll("$1\\\\$2");
    }

    static String bold(String text, int longest) {
        var line = line(text, longest);
        return line.isEmpty() ? "" : "**" + line + "**";
    }

    /** Something to type. A backtick cannot stand in it, so it is shown as an apostrophe. */
    static String code(String text, int longest) {
        return "`" + UntrustedText.line(text, longest).replace('`', '\'') + "`";
    }

    /** A block of fixed width that its text cannot leave. */
    static String block(String text) {
        return "```\n" + fenced(text).stripTrailing() + "\n```";
    }

    /** Three backticks in a row would end the block, so an invisible blank stands between them. */
    static String fenced(String text) {
        var clean = UntrustedText.clean(text).lines().collect(Collectors.joining("\n"));
        return clean.contains("``") ? clean.replace("`", "`\u200b") : clean;
    }
}
