package dev.playcall.web.runs;

import java.util.List;

/**
 * One task of a run.
 *
 * @param play name of the play where one begins, empty within it
 * @param from when it began and {@code width} how long it took, in thousandths of the whole
 * @param counts how its hosts stand
 * @param cells one for each host of the matrix
 */
record StepRow(
        String play, String task, String tone, String took, int from, int width, String counts, List<HostCell> cells) {
    public StepRow {
        cells = List.copyOf(cells);
    }

    /** A host in a task; {@code find} leads to its place in the log, empty where there is nothing to see. */
    public record HostCell(String host, String tone, String sign, String word, String find) {}
}
