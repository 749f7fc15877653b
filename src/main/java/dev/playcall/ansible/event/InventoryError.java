package dev.playcall.ansible.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Why Ansible could not parse an inventory. Its closing error names only the file; the line and the reason are in a warning
 * before it, folded at the width of a terminal ({@code Failed to parse … with ini plugin: …: No closing quotation}).
 */
public final class InventoryError {
    private static final Pattern HEAD =
            Pattern.compile("^\\[WARNING]:\\s+\\* Failed to parse .* with ([\\w.]+)\\s+plugin:?(.*)$");
    private static final Pattern NEXT = Pattern.compile("^(\\[\\w+( \\w+)?]:|ERROR!|PLAY |TASK |$).*");

    private InventoryError() {}

    /** The reason in one line, with the file and the line it names; empty when the output has none. */
    public static Optional<String> in(String output) {
        var lines = output.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            var joined = folded(lines, i);
            var head = HEAD.matcher(joined);
            // A file that may be several formats is tried with each; what the one for the format says counts.
            if (head.matches() && !head.group(2).isBlank()) {
                return Optional.of(head.group(2).strip());
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

    private static String folded(List<String> lines, int from) {
        var parts = new ArrayList<String>();
        parts.add(lines.get(from).strip());
        for (int i = from + 1; i < lines.size() && !NEXT.matcher(lines.get(i)).matches(); i++) {
            parts.add(lines.get(i).strip());
        }
        return String.join(" ", parts);
    }
}
