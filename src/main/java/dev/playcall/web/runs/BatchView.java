package dev.playcall.web.runs;

import dev.playcall.web.pages.ActionForm;
import dev.playcall.web.pages.RunRow;
import java.util.List;

/**
 * A batch and its runs in their order.
 *
 * @param what operation and version, as in a list of runs
 * @param detail how many ended, and what happens when one does not succeed
 * @param reason why the rest was not started; empty when it was, or when nothing failed
 * @param retryOf the batch of which this one repeats runs, 0 for none
 */
record BatchView(
        long id,
        String tone,
        String what,
        String state,
        String detail,
        String reason,
        String who,
        String age,
        String when,
        long retryOf,
        List<RunRow> runs,
        List<ActionForm> actions) {
    public BatchView {
        runs = List.copyOf(runs);
        actions = List.copyOf(actions);
    }
}
