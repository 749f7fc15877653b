package dev.playcall.ansible.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why Ansible could not parse an inventory. Its closing error names only the file; the line and the reason are in a warning
 * before it, up to 2.18 folded at the width of a terminal ({@code Failed to parse … with ini plugin: …: No closing quotation}),
 * since 2.19 in one line that does not name the file, which follows as its origin.
 */
public final class InventoryError {
    private static final Pattern HEAD =
            Pattern.compile("^\\[WARNING]:\\s+\\* Failed to parse (.*) with [\\w.]+\\s+plugin:?(.*)$");
    private static final Pattern HEAD_SINCE_2_19 = Pattern.compile(
            "^\\[WARNING]: Failed to parse inventory with '[\\w.]+' plugin: (?:Failed to parse inventory: )?(.*)$");
    private static final Pattern ORIGIN =
            Pattern.compile("^Origin: (?:<inventory plugin '.*' with source '(.*)'>|(/.*))$");
    private static final String ERRORS_OF_SCRIPT = "Standard error from inventory script:";
    private static final Pattern NEXT = Pattern.compile("^(\\[\\w+( \\w+)?]:|ERROR!|PLAY |TASK |$).*");

    private InventoryError() {}

    /** The reason in one line, with the file and the line it names; empty when the output has none. */
    public static Optional<String> in(String output) {
        var lines = output.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            // A file that may be several formats is tried with each; what the one for the format says counts.
            var head = HEAD.matcher(folded(lines, i));
            if (head.matches() && !head.group(2).isBlank()) {
                return Optional.of(named(head.group(1), head.group(2).strip()));
            }
            var later = HEAD_SINCE_2_19.matcher(lines.get(i));
            if (later.matches()) {
                return Optional.of(since219(later.group(1).strip(), lines.subList(i + 1, lines.size())));
            }
        }
        return Optional.empty();
    }

    /** The same, and where the output has none the first line that speaks of an error. */
    public static String message(String output) {
        return in(output)
                .orElseGet(() -> output.lines()
                        .filter(l -> l.contains("ERROR") || l.contains("rror"))
                        .findFirst()
                        .orElse("ansible-inventory ended with an error"));
    }

    private static String since219(String reason, List<String> following) {
        var details = following.stream().takeWhile(l -> !l.startsWith("[")).toList();
        var file = details.stream()
                .map(ORIGIN::matcher)
                .filter(Matcher::matches)
                .map(m -> m.group(1) == null ? m.group(2) : m.group(1))
                .findFirst();
        int script = details.indexOf(ERRORS_OF_SCRIPT);
        var said = script < 0
                ? List.<String>of()
                : details.subList(script + 1, details.size()).stream()
                        .takeWhile(l -> !l.isBlank())
                        .map(String::strip)
                        .toList();
        var whole = said.isEmpty() ? reason : reason.replaceFirst("\\.$", "") + ": " + String.join(" ", said);
        return file.map(f -> named(f, whole)).orElse(whole);
    }

    /** Some reasons name the file by themselves, with the line. */
    private static String named(String file, String reason) {
        return reason.contains(file) ? reason : file + ": " + reason;
    }

    private static String folded(List<String> lines, int from) {
        var parts = new ArrayList<String>();
        parts.add(lines.get(from).strip());
        for (int i = from + 1; i < lines.size() && !NEXT.matcher(lines.get(i)).matches(); i++) {
            parts.add(lines.get(i).strip());
        }
        return String.join(" ", parts);
    }
}
