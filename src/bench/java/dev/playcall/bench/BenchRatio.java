package dev.playcall.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How Playcall compares with something else that was measured beside it in one run, which says more than a time: machines differ.
 *
 * @param of the benchmark, the row and the column
 * @param more whether more of it is better
 */
record BenchRatio(String of, double value, boolean more) {
    private static final Pattern TIMES = Pattern.compile("×(\\d+(?:\\.\\d+)?)");
    private static final Pattern NUMBER = Pattern.compile("(\\d[\\d,]*(?:\\.\\d+)?).*");

    /** All in the Markdown tables of a text: what is written with ×, and what a column has beside that of Alertmanager. */
    static List<BenchRatio> in(String benchmark, String text) {
        var found = new ArrayList<BenchRatio>();
        var head = List.<String>of();
        for (var line : text.lines().toList()) {
            if (!line.startsWith("|")) {
                head = List.of();
            } else if (head.isEmpty()) {
                head = cells(line);
            } else if (!line.startsWith("|---")) {
                row(benchmark, head, cells(line), found);
            }
        }
        return found;
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.strip().replaceAll("^\\||\\|$", "").split("\\|", -1))
                .map(String::strip)
                .toList();
    }

    private static void row(String benchmark, List<String> head, List<String> cells, List<BenchRatio> found) {
        var row = benchmark + ", " + cells.getFirst();
        var group = "";
        for (int i = 1; i < Math.min(head.size(), cells.size()); i++) {
            var column = head.get(i);
            group = column.contains(":") ? column.replaceFirst(":.*", "") : group;
            var name = column.contains(":") || group.isEmpty() ? column : group + ": " + column;
            var times = TIMES.matcher(cells.get(i));
            if (times.matches()) {
                found.add(new BenchRatio(row + ", " + name, Double.parseDouble(times.group(1)), false));
            }
        }
        if (head.size() == 3 && head.get(1).startsWith("Alertmanager") && cells.size() == 3) {
            number(cells.get(1))
                    .filter(n -> n > 0)
                    .flatMap(theirs -> number(cells.get(2)).map(ours -> ours / theirs))
                    .ifPresent(r -> found.add(new BenchRatio(row, r, row.contains("a second"))));
        }
    }

    private static Optional<Double> number(String cell) {
        var number = NUMBER.matcher(cell);
        return number.matches() ? Optional.of(Double.parseDouble(number.group(1).replace(",", ""))) : Optional.empty();
    }

    /** How much worse this is than before, 0.2 for a fifth; negative when it is better. */
    double worseThan(BenchRatio before) {
        return more ? before.value / value - 1 : value / before.value - 1;
    }
}
