package dev.playcall.catalog.inventory;

import dev.playcall.catalog.inventory.HostsEdit.RefusedException;
import dev.playcall.catalog.inventory.IniLines.Kind;
import dev.playcall.catalog.inventory.IniLines.Line;
import dev.playcall.catalog.variable.VariableOwner;
import dev.playcall.catalog.variable.WrittenVariable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The variables that an inventory in Ansible's INI form gives to one host, behind its name, or to one group, in its section. */
final class IniVariables {
    /** A word of a host's line as a shell would cut it. */
    private static final Pattern WORD =
            Pattern.compile("#.*|(?:\"(?:\\\\.|[^\"\\\\])*\"|'[^']*'|\\\\.|[^\\s#\"'\\\\])+");

    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9._:/@-]+");
    /** What Ansible's reader would take for a value of Python. */
    private static final Pattern PYTHON =
            Pattern.compile("(?s)True|False|None|[\\[({].*|.*,.*|-?[0-9][0-9_.eE+xXob-]*");

    private final List<Place> places;

    /** A variable; {@code from} and {@code to} are where it stands in the line, {@code value} where its value begins. */
    private record Place(Line line, String name, int from, int value, int to) {
        String text() {
            return line.text().substring(value, to).strip();
        }
    }

    IniVariables(IniLines lines, VariableOwner owner) {
        places = switch (owner.kind()) {
            case HOST ->
                lines.of(Kind.HOST).stream()
                        .filter(l -> HostRange.expand(l.name()) instanceof HostRange.Names(var n)
                                && n.equals(List.of(owner.name())))
                        .flatMap(l -> ofHost(l).stream())
                        .toList();
            case GROUP ->
                lines.of(Kind.VARIABLE).stream()
                        .filter(l -> l.group().equals(owner.name()))
                        .flatMap(l -> ofGroup(l).stream())
                        .toList();
        };
    }

    /** The values of one variable of all hosts that stand by themselves. */
    static Map<String, String> values(IniLines lines, String variable) {
        var found = new LinkedHashMap<String, String>();
        lines.of(Kind.HOST)
                .forEach(line -> ofHost(line).stream()
                        .filter(p -> p.name().equals(variable))
                        .forEach(p -> found.put(line.name(), p.text().replaceAll("^[\"']|[\"']$", ""))));
        return found;
    }

    private static List<Place> ofHost(Line line) {
        var found = new ArrayList<Place>();
        Matcher word = WORD.matcher(line.text());
        boolean first = true;
        while (word.find() && !word.group().startsWith("#")) {
            int equals = word.group().indexOf('=');
            if (!first && equals > 0) {
                found.add(new Place(
                        line, word.group().substring(0, equals), word.start(), word.start() + equals + 1, word.end()));
            }
            first = false;
        }
        return found;
    }

    private static Optional<Place> ofGroup(Line line) {
        int equals = line.text().indexOf('=');
        return Optional.of(equals)
                .filter(e -> e > 0)
                .map(e -> new Place(
                        line,
                        line.text().substring(0, e).strip(),
                        0,
                        e + 1,
                        line.text().length()));
    }

    List<WrittenVariable> written(String file) {
        return places.stream()
                .map(p -> new WrittenVariable(
                        p.name(), unquoted(p.text()), false, file, p.line().number()))
                .toList();
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() > 1
                && (text.startsWith("\"") || text.startsWith("'"))
                && text.indexOf(text.charAt(0), 1) == text.length() - 1;
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    String set(String text, String name, Object value, String shown) throws RefusedException {
        var all = new ArrayList<>(List.of(text.split("\n", -1)));
        for (var place : named(name)) {
            int at = place.line().number() - 1;
            boolean section = place.line().kind() == Kind.VARIABLE;
            var where = shown + ":" + place.line().number();
            boolean quoted = !unquoted(place.text()).equals(place.text());
            if (section && !quoted && place.text().matches(".*\\s[#;].*")) {
                throw new RefusedException(
                        where + " has a comment behind the value, which Ansible may read as part of it; edit the text");
            }
            var line = all.get(at);
            int begin = place.value() + (section && line.startsWith(" ", place.value()) ? 1 : 0);
            all.set(at, line.substring(0, begin) + written(name, value, section, where) + line.substring(place.to()));
        }
        return String.join("\n", all);
    }

    /** With one more, behind the others of a line of the host and before a comment. */
    String add(String text, List<Line> hosts, String name, Object value, String shown) throws RefusedException {
        var line = hosts.stream()
                .filter(Line::hasContent)
                .findFirst()
                .or(() -> hosts.stream().findFirst())
                .orElseThrow(() -> new RefusedException("the host is part of a range; edit it by hand"));
        int end = 0;
        Matcher word = WORD.matcher(line.text());
        while (word.find() && !word.group().startsWith("#")) {
            end = word.end();
        }
        var all = new ArrayList<>(List.of(text.split("\n", -1)));
        var old = all.get(line.number() - 1);
        var written = written(name, value, false, shown + ":" + line.number());
        all.set(line.number() - 1, old.substring(0, end) + " " + name + "=" + written + old.substring(end));
        return String.join("\n", all);
    }

    private static String written(String name, Object value, boolean section, String where) throws RefusedException {
        if (value instanceof Collection<?> list && list.stream().allMatch(IniVariables::isWord)) {
            var json = list.stream().map(i -> "\"" + i + "\"").collect(Collectors.joining(", ", "[", "]"));
            return section ? json : "'" + json + "'";
        }
        if (value instanceof Map<?, ?> || value instanceof Collection<?>) {
            throw new RefusedException(where + " gives " + name
                    + ", and only a list of plain words can be written there, and no mapping; edit the text");
        }
        if (value instanceof Number) {
            return value.toString();
        }
        if (value instanceof Boolean bool) {
            return bool ? "True" : "False";
        }
        var text = value.toString();
        if (text.contains("\"") || text.contains("'") || text.contains("\\")) {
            throw new RefusedException("the value of " + name + " has quotes or a backslash; write it by hand");
        }
        boolean python = PYTHON.matcher(text).matches() && !text.matches("\\d+(\\.\\d+){2,}");
        if (SAFE.matcher(text).matches() && !python) {
            return text;
        }
        // In a section the quotes make it a text; in a host's line the shell's reader takes one pair away first.
        return section || !python ? '"' + text + '"' : "'\"" + text + "\"'";
    }

    private static boolean isWord(Object item) {
        return item instanceof String text && SAFE.matcher(text).matches();
    }

    String unset(String text, String name) {
        var all = new ArrayList<>(List.of(text.split("\n", -1)));
        for (var place : named(name).reversed()) {
            int at = place.line().number() - 1;
            if (place.line().kind() == Kind.VARIABLE) {
                all.remove(at);
            } else {
                var line = all.get(at);
                int begin = place.from();
                while (begin > 0 && Character.isWhitespace(line.charAt(begin - 1))) {
                    begin--;
                }
                all.set(at, line.substring(0, begin) + line.substring(place.to()));
            }
        }
        return String.join("\n", all);
    }

    private List<Place> named(String name) {
        return places.stream().filter(p -> p.name().equals(name)).toList();
    }
}
