package dev.playcall.web.pages;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.List;

/** What is different between two texts, line by line. */
public final class Differences {
    private static final int CONTEXT = 3;

    private Differences() {}

    public static List<DiffRow.Line> of(String before, String after) {
        var from = before.lines().toList();
        var diff = UnifiedDiffUtils.generateUnifiedDiff(
                "", "", from, DiffUtils.diff(from, after.lines().toList()), CONTEXT);
        // The two lines with names of files say nothing here.
        return lines(diff.stream().skip(2).toList());
    }

    /** The lines of a unified diff, each with what it is. */
    public static List<DiffRow.Line> lines(List<String> diff) {
        return diff.stream().map(l -> new DiffRow.Line(tone(l), l)).toList();
    }

    private static String tone(String line) {
        if (line.startsWith("@@") || line.startsWith("---") || line.startsWith("+++")) {
            return "at";
        }
        return line.startsWith("+") ? "add" : line.startsWith("-") ? "del" : "";
    }

    /** What a task changed in the same way on these hosts; each line with {@code add}, {@code del}, {@code at} or nothing. */
    public record DiffRow(String task, String hosts, List<Line> lines) {
        public DiffRow {
            lines = List.copyOf(lines);
        }

        public record Line(String tone, String text) {}
    }
}
