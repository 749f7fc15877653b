package dev.playcall.domain;

/**
 * How far a run has come, counted from real results.
 *
 * @param results task results so far, one for each host and task
 * @param expected how many results a like run had, 0 when unknown
 * @param task name of the task that began last
 * @param hosts hosts of the run as far as known; {@code ok}, {@code changed}, {@code failed}, {@code unreachable} and
 *     {@code skipped} count hosts by how they stand
 */
public record Progress(
        int results,
        int expected,
        String play,
        String task,
        int hosts,
        int ok,
        int changed,
        int failed,
        int unreachable,
        int skipped) {
    public static final Progress NONE = new Progress(0, 0, "", "", 0, 0, 0, 0, 0, 0);

    /** Hosts that stand in no other way: nothing was heard of them, or the run ended before they had done everything. */
    public int unheard() {
        return hosts - ok - changed - failed - unreachable - skipped;
    }

    /** The same where nobody knows any more which hosts had done everything. */
    public Progress withoutDone() {
        return new Progress(results, expected, play, task, hosts, 0, 0, failed, unreachable, 0);
    }

    /** The same with this as what is done now. */
    public Progress doing(String what) {
        return new Progress(results, expected, play, what, hosts, ok, changed, failed, unreachable, skipped);
    }
}
