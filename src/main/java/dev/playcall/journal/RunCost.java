package dev.playcall.journal;

import java.time.Duration;
import java.util.Optional;

/**
 * What one run cost.
 *
 * @param cpu time on a processor of Ansible and everything it started on this machine; empty when nobody measured it
 * @param peakBytes memory of the largest process among them
 * @param hostTime time of all its hosts together, from the first task on each to its last
 */
public record RunCost(Optional<Duration> cpu, Optional<Long> peakBytes, Optional<Duration> hostTime) {
    public static final RunCost UNKNOWN = new RunCost(Optional.empty(), Optional.empty(), Optional.empty());
}
