package dev.playcall.web.runs;

import dev.playcall.web.pages.Chip;
import dev.playcall.web.pages.RunRow;
import java.util.List;
import java.util.Map;

/**
 * The list of runs.
 *
 * @param filter the filters as they stand in the address
 * @param chips filters that are set or taken away with one tap
 * @param csv where all that are like these can be had as a table, {@code json} as a document; empty for nowhere
 * @param older address of the next page, empty at the end
 */
record RunsView(
        List<RunRow> runs,
        List<Chip> chips,
        Map<String, String> filter,
        List<String> states,
        List<String> environments,
        List<String> operations,
        String older,
        String newest,
        String csv,
        String json,
        String wrong) {
    public RunsView {
        runs = List.copyOf(runs);
        chips = List.copyOf(chips);
        filter = Map.copyOf(filter);
        states = List.copyOf(states);
        environments = List.copyOf(environments);
        operations = List.copyOf(operations);
    }

    /** How long the longest of them took, for bars. */
    public long longest() {
        return runs.stream().mapToLong(RunRow::seconds).max().orElse(0);
    }

    /** Whether something is filtered that no chip says. */
    public boolean isFormOpen() {
        return !filter.isEmpty() && chips.stream().noneMatch(Chip::on);
    }

    /** What is filtered by this name, empty when nothing is. */
    public String of(String name) {
        return filter.getOrDefault(name, "");
    }
}
