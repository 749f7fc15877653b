package dev.playcall.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a run once it is over, beside how it ended.
 *
 * @param cpu time on a processor of Ansible and everything it started on this machine
 * @param peakBytes memory of the largest process among them
 * @param lines lines of the log that tell of trouble, already redacted: what the search finds
 * @param ended when it ended, which may be long before the gateway saw it; empty for now
 */
public record RunCompletion(
        Optional<Duration> cpu, Optional<Long> peakBytes, List<String> lines, Optional<Instant> ended) {
    public static final RunCompletion NONE =
            new RunCompletion(Optional.empty(), Optional.empty(), List.of(), Optional.empty());

    public RunCompletion {
        lines = List.copyOf(lines);
    }
}
