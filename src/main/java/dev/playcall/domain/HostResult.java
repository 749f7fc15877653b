package dev.playcall.domain;

import java.time.Duration;
import java.util.Optional;

/**
 * What a run did to one host.
 *
 * @param outcome how it stands
 * @param failedTask name of the first task that failed for good
 * @param message what that task said, one line or more, already redacted
 * @param duration time between the first start and the last result of a task on this host
 * @param versions what was live on it before and what is now
 */
public record HostResult(
        String host,
        HostOutcome outcome,
        HostStats stats,
        Optional<String> failedTask,
        Optional<String> message,
        Duration duration,
        Versions versions) {

    /** One that tells nothing of versions. */
    public HostResult(
            String host,
            HostOutcome outcome,
            HostStats stats,
            Optional<String> failedTask,
            Optional<String> message,
            Duration duration) {
        this(host, outcome, stats, failedTask, message, duration, Versions.NONE);
    }

    /**
     * What a deploy changed on a host.
     *
     * @param before empty when nobody knows
     * @param after empty where no version is put live
     */
    public record Versions(Optional<String> before, Optional<String> after) {
        public static final Versions NONE = new Versions(Optional.empty(), Optional.empty());
    }

    /** The same for two hosts that failed in the same way: their names, numbers and addresses are left out. */
    public String likeness() {
        var said = message.orElse("").replace(host, "<host>").replaceAll("\\d+", "#");
        return outcome + "|" + failedTask.orElse("") + "|" + said;
    }

    /** How a host stands after, or in the middle of, a run. */
    public enum HostOutcome {
        /** Nothing was heard of it yet, or the run ended before it began. */
        PENDING,
        OK,
        CHANGED,
        FAILED,
        UNREACHABLE,
        SKIPPED;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        public boolean isBad() {
            return this == FAILED || this == UNREACHABLE;
        }
    }
}
