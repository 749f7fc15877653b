package dev.playcall.journal;

import dev.playcall.domain.RunState;
import dev.playcall.domain.name.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A short summary of the runs between two times, for a daily or weekly report.
 *
 * @param states how many ended in which way
 * @param failures the ways to fail, the most frequent first
 * @param flaky hosts that were now well and now not, the worst first
 * @param failing what did not work the last time it was tried, the longest first
 */
public record ReportDigest(
        Map<RunState, Integer> states, List<Stats.Failure> failures, List<Stats.FlakyHost> flaky, List<Failing> failing)
        implements OutcomeCounts {
    public ReportDigest {
        states = Map.copyOf(states);
        failures = List.copyOf(failures);
        flaky = List.copyOf(flaky);
        failing = List.copyOf(failing);
    }

    /**
     * What did not work the last time it was tried.
     *
     * @param runs how often in a row
     * @param first the oldest of them that is looked at
     * @param last the newest of them
     */
    public record Failing(String what, String environment, int runs, RunId first, RunId last, Instant since) {}
}
