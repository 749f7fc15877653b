package dev.playcall.journal.node;

import java.time.Duration;

/**
 * When another machine takes over.
 *
 * @param canTakeOver whether one may while this one still works, which therefore has to stop in time
 * @param lostAfter without a word of a node, its runs are interrupted
 */
public record ClusterTimes(boolean canTakeOver, Duration lostAfter) {
    private static final int HEARTBEATS = 12;

    /** Without having reached the database for so long, a node stops its runs: clearly less than {@link #lostAfter}. */
    public Duration stopAfter() {
        return lostAfter.multipliedBy(3).dividedBy(5);
    }

    /** How often a node says that it works. */
    public Duration heartbeat() {
        var often = lostAfter.dividedBy(HEARTBEATS);
        return canTakeOver && often.compareTo(NodeHeartbeat.EVERY) < 0 ? often : NodeHeartbeat.EVERY;
    }
}
