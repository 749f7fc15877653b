package dev.playcall.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a run did to one host.
 *
 * @param outcome its state
 * @param failedTask name of the first task that failed and was not rescued
 * @param message what that task said, one line or more, already redacted; of a module without a playbook that succeeded, what
 *     it gave
 * @param duration time between the first start and the last result of a task on this host
 * @param versions what was live on it before and what is now
 * @param access how Ansible came to it
 * @param started when its first task began; empty when none did, and for runs from before this was kept
 */
public record HostResult(
        String host,
        HostOutcome outcome,
        HostStats stats,
        Optional<String> failedTask,
        Optional<String> message,
        Duration duration,
        Versions versions,
        Connection access,
        Optional<Instant> started) {
    private static final String NOT_STARTED = "not started";

    /** The same where nobody knows any more whether it had been through everything. */
    public HostResult incomplete() {
        return new HostResult(
                host, HostOutcome.INCOMPLETE, stats, failedTask, message, duration, versions, access, started);
    }

    /** One of which nobody knows when it began. */
    public HostResult(
            String host,
            HostOutcome outcome,
            HostStats stats,
            Optional<String> failedTask,
            Optional<String> message,
            Duration duration,
            Versions versions,
            Connection way) {
        this(host, outcome, stats, failedTask, message, duration, versions, way, Optional.empty());
    }

    /** One of the inventory, that tells nothing of versions. */
    public HostResult(
            String host,
            HostOutcome outcome,
            HostStats stats,
            Optional<String> failedTask,
            Optional<String> message,
            Duration duration) {
        this(host, outcome, stats, failedTask, message, duration, Versions.NONE, Connection.UNKNOWN);
    }

    /** One of which nobody knows what reached it. */
    public HostResult(
            String host,
            HostOutcome outcome,
            HostStats stats,
            Optional<String> failedTask,
            Optional<String> message,
            Duration duration,
            Versions versions,
            boolean added) {
        this(host, outcome, stats, failedTask, message, duration, versions, new Connection(added, Optional.empty()));
    }

    /**
     * How Ansible came to a host.
     *
     * @param added it stands in no inventory: {@code add_host} made it, or it is the implicit localhost
     * @param connection what reached it: {@code ssh}, {@code local} for the gateway's own machine; empty when nobody knows
     * @param latencyMillis of a round trip on an open connection; empty when nobody measured it
     */
    public record Connection(boolean added, Optional<String> connection, OptionalLong latencyMillis) {
        /** Nobody measured a round trip. */
        public Connection(boolean added, Optional<String> connection) {
            this(added, connection, OptionalLong.empty());
        }

        static final Connection UNKNOWN = new Connection(false, Optional.empty());
    }

    /** When its last task ended; only to be asked of a run that has ended. */
    public Optional<Instant> completed() {
        return started.map(s -> s.plus(duration));
    }

    public boolean added() {
        return access.added();
    }

    public Optional<String> connection() {
        return access.connection();
    }

    /** That in words: {@code on this machine}, {@code by ssh}. */
    public Optional<String> reached() {
        return connection().map(c -> c.equals("local") ? "on this machine" : "by " + c);
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

    /** How it stands, for people; what was not heard of until the end was not started. */
    public String word(boolean runIsOver) {
        return outcome == HostOutcome.PENDING && runIsOver ? NOT_STARTED : outcome.word();
    }

    /**
     * The hosts of a run that has ended that were not through every play, as their rows say it.
     *
     * @param hosts those that are known, which may be fewer than the run has
     * @return how many of each word; {@code not finished} for all of them where that is not known of each
     */
    public static Map<String, Integer> unfinished(Progress progress, List<HostResult> hosts) {
        int pending = count(hosts, HostOutcome.PENDING);
        int incomplete = count(hosts, HostOutcome.INCOMPLETE);
        if (pending + incomplete != progress.unheard()) {
            return Map.of("not finished", progress.unheard());
        }
        var counts = new LinkedHashMap<String, Integer>();
        counts.put(HostOutcome.INCOMPLETE.word(), incomplete);
        counts.put(NOT_STARTED, pending);
        return counts;
    }

    private static int count(List<HostResult> hosts, HostOutcome outcome) {
        return (int) hosts.stream().filter(h -> h.outcome() == outcome).count();
    }

    /** The same for two hosts that failed in the same way: their names, numbers and addresses are left out. */
    public String errorFingerprint() {
        var text = message.orElse("").replace(host, "<host>").replaceAll("\\d+", "#");
        return outcome + "|" + failedTask.orElse("") + "|" + text;
    }

    /** How a host stands after, or in the middle of, a run. */
    public enum HostOutcome {
        /** Nothing was heard of it yet, or the run ended before it began. */
        PENDING,
        OK,
        CHANGED,
        FAILED,
        UNREACHABLE,
        SKIPPED,
        /** It began and no task of it failed, but the run ended before it had been through every play that was for it. */
        INCOMPLETE;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        public boolean isBad() {
            return this == FAILED || this == UNREACHABLE;
        }
    }

    /** Ansible's recap of one host: how many tasks ended in which way. */
    public record HostStats(int ok, int changed, int unreachable, int failed, int skipped, int rescued, int ignored) {
        public static final HostStats NONE = new HostStats(0, 0, 0, 0, 0, 0, 0);

        public HostStats plus(HostStats o) {
            return new HostStats(
                    ok + o.ok,
                    changed + o.changed,
                    unreachable + o.unreachable,
                    failed + o.failed,
                    skipped + o.skipped,
                    rescued + o.rescued,
                    ignored + o.ignored);
        }
    }
}
