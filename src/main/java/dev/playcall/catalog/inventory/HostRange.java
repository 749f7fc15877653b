package dev.playcall.catalog.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Host names with ranges, as Ansible expands them: {@code web[01:50]}, {@code db[a:f]}, {@code n[0:10:2]}. */
final class HostRange {
    static final int MOST = 100_000;
    private static final int LONGEST = 1000;
    private static final Pattern RANGE = Pattern.compile("\\[([A-Za-z0-9]*):([A-Za-z0-9]+)(?::([0-9]{1,6}))?]");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.:-]{0,252}");
    private static final Pattern WITH_PORT = Pattern.compile("((?:[^:\\[\\]]|\\[[^\\]]*])+):[0-9]+");
    private static final Pattern SIX_WITH_PORT = Pattern.compile("\\[([0-9A-Fa-f:.]+)]:[0-9]+");
    /** Ansible's alphabet: small letters come before capital ones. */
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private HostRange() {}

    /** What a text stands for. */
    sealed interface Expanded {}

    record Names(List<String> names) implements Expanded {}

    /** {@code why} goes on after the text: "… is not a host name". */
    record Refused(String why) implements Expanded {}

    static Expanded expand(String text) {
        if (text.length() > LONGEST) {
            return new Refused("is too long for a host name");
        }
        List<String> names = List.of(withoutPort(text));
        while (names.stream().anyMatch(n -> n.contains("["))) {
            var next = new ArrayList<String>();
            for (var name : names) {
                var why = expandFirst(name, next);
                if (why != null) {
                    return new Refused(why);
                }
            }
            names = next;
        }
        return names.stream().allMatch(NAME.asMatchPredicate())
                ? new Names(names)
                : new Refused("is not a host name (letters, digits and . _ - :) or a range of them (web[01:20])");
    }

    /** A port belongs to the connection, not to the name. */
    private static String withoutPort(String text) {
        var six = SIX_WITH_PORT.matcher(text);
        if (six.matches()) {
            return six.group(1);
        }
        var port = WITH_PORT.matcher(text);
        return port.matches() ? port.group(1) : text;
    }

    /** Adds the names of the first range of {@code name}, and says what is wrong with it if something is. */
    private static @Nullable String expandFirst(String name, List<String> out) {
        var range = RANGE.matcher(name);
        if (!range.find() || range.start() != name.indexOf('[')) {
            return "has a range that cannot be read (write web[01:20], db[a:f] or n[0:10:2])";
        }
        var step = range.group(3) == null ? 1 : Integer.parseInt(range.group(3));
        var from = range.group(1).isEmpty() ? "0" : range.group(1);
        var values = new ArrayList<String>();
        var why = step < 1 ? "has a range with steps of 0" : values(from, range.group(2), step, values);
        if (why == null && values.size() + out.size() > MOST) {
            why = "stands for more than " + MOST + " hosts";
        }
        if (why == null) {
            values.forEach(v -> out.add(name.substring(0, range.start()) + v + name.substring(range.end())));
        }
        return why;
    }

    private static @Nullable String values(String from, String to, int step, List<String> out) {
        if (from.length() == 1 && to.length() == 1 && LETTERS.contains(from) && LETTERS.contains(to)) {
            if (LETTERS.indexOf(from) > LETTERS.indexOf(to)) {
                return "has a range that ends before it begins";
            }
            for (int i = LETTERS.indexOf(from); i <= LETTERS.indexOf(to); i += step) {
                out.add(LETTERS.substring(i, i + 1));
            }
            return null;
        }
        return numbers(from, to, step, out);
    }

    private static @Nullable String numbers(String from, String to, int step, List<String> out) {
        if (!from.matches("[0-9]{1,9}") || !to.matches("[0-9]{1,9}")) {
            return "has a range that is neither of numbers nor of single letters";
        }
        boolean padded = from.length() > 1 && from.startsWith("0");
        if (padded && from.length() != to.length()) {
            return "has a range whose ends are of different length (write web[01:20])";
        }
        long first = Long.parseLong(from);
        long last = Long.parseLong(to);
        if (first > last) {
            return "has a range that ends before it begins";
        }
        if ((last - first) / step >= MOST) {
            return "stands for more than " + MOST + " hosts";
        }
        for (long i = first; i <= last; i += step) {
            var digits = Long.toString(i);
            out.add(padded ? "0".repeat(from.length() - digits.length()) + digits : digits);
        }
        return null;
    }
}
