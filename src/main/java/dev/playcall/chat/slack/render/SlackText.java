package dev.playcall.chat.slack.render;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The text format of Slack, in which everything between angle brackets is a command. */
public final class SlackText {
    private static final Pattern CONTROL = Pattern.compile("<([@#!]?)([^<>|\\s]*)(?:\\|([^<>]*))?>");

    private SlackText() {}

    public static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** What somebody typed, before Slack made links and names of it. */
    public static String typed(String text) {
        var plain = CONTROL.matcher(text).replaceAll(m -> java.util.regex.Matcher.quoteReplacement(control(m)));
        return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }

    /** The same of a line that speaks to this user, without the name it begins with. */
    public static String typedTo(String user, String text) {
        return typed(text.replaceAll("<@" + Pattern.quote(user) + "(\\|[^<>]*)?>", " "))
                .strip();
    }

    private static String control(MatchResult m) {
        var label = m.group(3);
        var shown = label == null || label.isEmpty() ? m.group(2) : label;
        return switch (m.group(1)) {
            case "@" -> "@" + shown.replaceFirst("^@", "");
            case "#" -> "#" + shown.replaceFirst("^#", "");
            case "!" -> "@" + shown.replaceFirst("^@", "");
            default -> shown;
        };
    }
}
