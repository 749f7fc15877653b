package dev.playcall.journal;

import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import dev.playcall.domain.name.Person;
import dev.playcall.domain.name.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Statistics, costs, pins and retention across runs. */
public interface History {

    Stats stats(Stats.Question question);

    /** What ended from one moment until just before another, and what is failing at the end of it. */
    ReportDigest digest(Instant from, Instant to, Optional<Set<String>> environments);

    /** What these runs cost; one that nobody measured is not among them. */
    Map<RunId, RunCost> costs(Collection<RunId> runs);

    /** The runs that retry a run or run it again, oldest first; at most the newest hundred. */
    List<Run> repeats(RunId run);

    Optional<Pin> pin(RunId run);

    /** Keeps a run whatever its age; false when there is no such run. */
    boolean pin(RunId run, Pin pin);

    /** False when it was not pinned. */
    boolean unpin(RunId run);

    /** Every environment that has a run, also those whose folder is gone. */
    Set<String> environments();

    /** Which runs may go: those of these environments that ended before a time, and the oldest beyond a number. */
    record Rule(Set<String> environments, Optional<Instant> endedBefore, OptionalInt keep) {
        public Rule {
            environments = Set.copyOf(environments);
        }
    }

    /**
     * Forgets some of what the rule lets go, in one transaction: never a run that has not ended, never a pinned one.
     * Numbers are not used again, and figures stay.
     *
     * @return at most {@code max} of them; none when there is nothing left to forget
     */
    List<DeletedRun> delete(Rule rule, int max);

    /** Forgets figures of days before this time. */
    void deleteFigures(Instant before);

    /** Those among these numbers that belong to no run. */
    List<RunId> unknown(Collection<RunId> runs);

    /** A run that is no longer known; {@code log} is the file of its output, which is still there. */
    record DeletedRun(RunId run, String log) {}

    /** Somebody wants a run to be kept, and says why. */
    record Pin(Person by, String reason, Instant at) {}

    /**
     * What one run cost.
     *
     * @param cpu time on a processor of Ansible and everything it started on this machine; empty when nobody measured it
     * @param peakBytes memory of the largest process among them
     * @param hostTime time of all its hosts together, from the first task on each to its last
     */
    record RunCost(Optional<Duration> cpu, Optional<Long> peakBytes, Optional<Duration> hostTime) {
        public static final RunCost UNKNOWN = new RunCost(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * A short summary of the runs between two times, for a daily or weekly report.
     *
     * @param states how many ended in which way
     * @param failures the ways to fail, the most frequent first
     * @param flaky hosts that were now well and now not, the worst first
     * @param failing what did not work the last time it was tried, the longest first
     */
    record ReportDigest(
            Map<RunState, Integer> states,
            List<Stats.Failure> failures,
            List<Stats.FlakyHost> flaky,
            List<Failing> failing)
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
}
