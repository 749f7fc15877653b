package dev.playcall.web.runs;

import dev.playcall.web.pages.ActionForm;
import dev.playcall.web.pages.DeliveryRow;
import dev.playcall.web.pages.DiffRow;
import dev.playcall.web.pages.Fact;
import dev.playcall.web.pages.RunRow;
import java.util.List;

/**
 * What the page of one run shows.
 *
 * @param eta how long it will take, from history; empty when unknown or over
 * @param columns hosts of the matrix, those in trouble first; {@code moreColumns} are left out
 * @param notifications messages about it, and what came of each
 * @param mayRepeat whether this user may have one sent again
 * @param again hosts from which this user may choose those to retry; empty when there is nothing to choose
 * @param firstFailure what the log says where it first failed, empty when it did not
 */
record RunView(
        RunRow row,
        List<Fact> facts,
        List<HostRow> hosts,
        int moreHosts,
        String counts,
        String eta,
        boolean isLive,
        boolean hasLog,
        List<ActionForm> actions,
        List<String> columns,
        int moreColumns,
        List<StepRow> steps,
        int moreSteps,
        List<DiffRow> diffs,
        boolean diffed,
        String firstFailure,
        List<DeliveryRow> notifications,
        boolean mayRepeat,
        List<String> again) {
    public RunView {
        facts = List.copyOf(facts);
        hosts = List.copyOf(hosts);
        actions = List.copyOf(actions);
        columns = List.copyOf(columns);
        steps = List.copyOf(steps);
        diffs = List.copyOf(diffs);
        notifications = List.copyOf(notifications);
        again = List.copyOf(again);
    }
}
