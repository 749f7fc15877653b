package dev.playcall.catalog.ansiblecfg;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An INI file as Python's {@code configparser} reads it for Ansible: keys without case, {@code =} or {@code :}, comments from
 * {@code #} or {@code ;} at the beginning of a line or from {@code ;} after a blank, values that go on in indented lines.
 *
 * @param wrong why Python would refuse the file; empty when it can be read
 */
record IniText(List<Entry> entries, Optional<Wrong> wrong) {
    private static final Pattern SECTION = Pattern.compile("\\[(.+)]\\s*");
    private static final Pattern INLINE = Pattern.compile("(^|\\s);.*$");

    IniText {
        entries = List.copyOf(entries);
    }

    /**
     * One key.
     *
     * @param line of the key, from 1
     * @param value without the comment; lines are joined with a blank
     */
    record Entry(String section, String key, String value, int line) {}

    /** What makes a file unreadable, and where. */
    record Wrong(int line, String why) {}

    static IniText of(String text) {
        return new Reading().read(text.lines().toList());
    }

    private static final class Reading {
        private final List<Entry> entries = new ArrayList<>();
        private final Set<String> seen = new HashSet<>();
        private String section = "";
        private int indent;
        private boolean open;

        IniText read(List<String> lines) {
            for (int i = 0; i < lines.size(); i++) {
                var line = lines.get(i);
                var text = line.strip();
                if (text.isEmpty() || text.startsWith("#") || text.startsWith(";")) {
                    continue;
                }
                text = INLINE.matcher(text).replaceFirst("").strip();
                var wrong = one(line.length() - line.stripLeading().length(), text, i + 1);
                if (wrong.isPresent()) {
                    return new IniText(entries, wrong);
                }
            }
            return new IniText(entries, Optional.empty());
        }

        private Optional<Wrong> one(int indented, String text, int number) {
            if (open && indented > indent) {
                var last = entries.removeLast();
                entries.add(new Entry(last.section(), last.key(), (last.value() + " " + text).strip(), last.line()));
                return Optional.empty();
            }
            indent = indented;
            var header = SECTION.matcher(text);
            if (header.matches()) {
                section = header.group(1);
                open = false;
                return seen.add("[" + section)
                        ? Optional.empty()
                        : Optional.of(new Wrong(number, "the section [" + section + "] is here twice"));
            }
            if (section.isEmpty()) {
                return Optional.of(new Wrong(number, "a setting has to be below a [section]"));
            }
            int end = text.indexOf('=') < 0 ? text.indexOf(':') : text.indexOf('=');
            int colon = text.indexOf(':');
            int at = colon >= 0 && colon < end ? colon : end;
            if (at <= 0) {
                return Optional.of(new Wrong(number, "\"" + text + "\" is not a setting (key = value)"));
            }
            var key = text.substring(0, at).strip().toLowerCase(Locale.ROOT);
            if (!seen.add(section + "\n" + key)) {
                return Optional.of(new Wrong(number, key + " is here twice in [" + section + "]"));
            }
            entries.add(new Entry(section, key, text.substring(at + 1).strip(), number));
            open = true;
            return Optional.empty();
        }
    }
}
