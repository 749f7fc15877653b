package dev.playcall.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Host names with ranges, as Ansible expands them: {@code web[01:50]}, {@code db[a:f]}, {@code n[0:10:2]}. */
final class HostRange {
    private static final Pattern RANGE = Pattern.compile("\\[(\\w*):(\\w+)(?::(\\d+))?]");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_.:-]{0,252})?");
    private static final int MOST = 100_000;

    private HostRange() {}

    /** The names, or empty when the text is no name and no range of names. */
    static Optional<List<String>> expand(String text) {
        var names = expand(List.of(text));
        return names.filter(list -> list.stream().allMatch(n -> NAME.matcher(n).matches()));
    }

    private static Optional<List<String>> expand(List<String> texts) {
        var out = new ArrayList<String>();
        boolean more = false;
        for (var text : texts) {
            var range = RANGE.matcher(text);
            if (!range.find()) {
                out.add(text);
                continue;
            }
            more = true;
            var head = text.substring(0, range.start());
            var tail = text.substring(range.end());
            var values = values(range.group(1), range.group(2), step(range.group(3)));
            if (values.isEmpty() || values.get().size() + out.size() > MOST) {
                return Optional.empty();
            }
            values.get().forEach(v -> out.add(head + v + tail));
        }
        return more ? expand(out) : Optional.of(out);
    }

    private static int step(@org.jspecify.annotations.Nullable String text) {
        return text == null ? 1 : text.length() > 6 ? 0 : Integer.parseInt(text);
    }

    private static Optional<List<String>> values(String from, String to, int step) {
        if (step < 1) {
            return Optional.empty();
        }
        if (to.matches("[A-Za-z]") && from.matches("[A-Za-z]") && from.charAt(0) <= to.charAt(0)) {
            var letters = new ArrayList<String>();
            for (int c = from.charAt(0); c <= to.charAt(0); c += step) {
                letters.add(Character.toString(c));
            }
            return Optional.of(letters);
        }
        return numbers(from.isEmpty() ? "0" : from, to, step);
    }

    private static Optional<List<String>> numbers(String from, String to, int step) {
        if (!from.matches("\\d{1,8}") || !to.matches("\\d{1,8}")) {
            return Optional.empty();
        }
        int first = Integer.parseInt(from);
        int last = Integer.parseInt(to);
        boolean padded = from.length() > 1 && from.startsWith("0");
        if (first > last || (last - first) / step >= MOST || (padded && from.length() != to.length())) {
            return Optional.empty();
        }
        var format = padded ? "%0" + from.length() + "d" : "%d";
        var numbers = new ArrayList<String>();
        for (int i = first; i <= last; i += step) {
            numbers.add(format.formatted(i));
        }
        return Optional.of(numbers);
    }
}
