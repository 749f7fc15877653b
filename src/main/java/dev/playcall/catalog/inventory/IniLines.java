package dev.playcall.catalog.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines of an inventory in Ansible's INI form, each with the section it stands in. */
final class IniLines {
    private static final Pattern SECTION = Pattern.compile("\\[([^:\\]\\s]+)(?::(\\w+))?]\\s*(?:[#;].*)?");
    private static final Pattern FIRST = Pattern.compile("[^\\s#]+");

    private final List<Line> lines = new ArrayList<>();

    /** What a line is. */
    enum Kind {
        SECTION,
        HOST,
        CHILD,
        VARIABLE,
        /** Blank or a comment. */
        NOTHING,
        /** Something that Ansible would not understand either. */
        WRONG
    }

    /**
     * One of them.
     *
     * @param number as people count, from 1
     * @param text without its line break
     * @param group the section it stands in; {@code ungrouped} before the first one
     * @param part {@code hosts}, {@code children} or {@code vars}
     * @param name the host, group or variable it begins with
     */
    record Line(int number, String text, String group, String part, Kind kind, String name) {
        /** Whether more stands there than a name. */
        boolean hasContent() {
            return text.strip().replaceFirst("\\s[#;].*$", "").strip().length() > name.length();
        }
    }

    IniLines(String text) {
        var group = "ungrouped";
        var part = "hosts";
        int number = 0;
        for (var line : text.split("\n", -1)) {
            var clean = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            var bare = clean.strip();
            number++;
            if (bare.isEmpty() || bare.startsWith("#") || bare.startsWith(";")) {
                lines.add(new Line(number, clean, group, part, Kind.NOTHING, ""));
                continue;
            }
            Matcher section = SECTION.matcher(bare);
            if (section.matches()) {
                group = section.group(1);
                part = section.group(2) == null ? "hosts" : section.group(2);
                lines.add(new Line(number, clean, group, part, Kind.SECTION, group));
            } else {
                lines.add(entry(number, clean, group, part));
            }
        }
    }

    private static Line entry(int number, String text, String group, String part) {
        var first = FIRST.matcher(text);
        var name = first.find() ? first.group() : "";
        var kind = text.strip().startsWith("[") && !text.contains(":")
                ? Kind.WRONG
                : switch (part) {
                    case "hosts" -> Kind.HOST;
                    case "children" -> Kind.CHILD;
                    case "vars" -> Kind.VARIABLE;
                    default -> Kind.WRONG;
                };
        return new Line(number, text, group, part, kind, name);
    }

    List<Line> all() {
        return lines;
    }

    List<Line> of(Kind kind) {
        return lines.stream().filter(l -> l.kind() == kind).toList();
    }
}
