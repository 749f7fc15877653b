package dev.playcall.web.runs;

import dev.playcall.web.pages.RunRow;
import java.util.List;

/**
 * Two runs beside each other.
 *
 * @param asked what was asked for differently
 * @param playbook one line about the playbook
 * @param diff its lines, empty when it is the same or unknown
 * @param tasksKnown whether there is something to compare
 */
record ComparisonView(
        RunRow first,
        RunRow second,
        List<Line> asked,
        String playbook,
        String diff,
        List<Line> hosts,
        List<Line> tasks,
        boolean tasksKnown) {
    public ComparisonView {
        asked = List.copyOf(asked);
        hosts = List.copyOf(hosts);
        tasks = List.copyOf(tasks);
    }

    /** The same thing in both. */
    public record Line(String what, String first, String second) {}
}
