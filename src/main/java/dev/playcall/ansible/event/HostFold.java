package dev.playcall.ansible.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.HostResult.HostStats;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What the events so far say of one host. */
final class HostFold {
    private final String host;
    private HostStats stats = HostStats.NONE;
    private boolean counted;
    private Optional<String> failedTask = Optional.empty();
    private Optional<String> message = Optional.empty();
    private Optional<String> given = Optional.empty();
    private HostOutcome outcome = HostOutcome.PENDING;
    /** The last failure that was rescued, should Ansible count it as one all the same. */
    private Optional<Failure> rescued = Optional.empty();

    private boolean unfinished;
    private boolean added;
    private Optional<String> version = Optional.empty();
    private final Set<String> connections = new LinkedHashSet<>();
    private OptionalLong latency = OptionalLong.empty();
    private long first;
    private long last;

    private record Failure(String task, String message) {}

    HostFold(String host) {
        this.host = host;
    }

    HostOutcome outcome() {
        return outcome;
    }

    void began(long at) {
        if (first == 0) {
            first = at;
        }
        last = Math.max(last, at);
    }

    private boolean hasBegun() {
        return first > 0;
    }

    void ok(boolean changed, long at) {
        began(at);
        stats = stats.plus(new HostStats(1, changed ? 1 : 0, 0, 0, 0, 0, 0));
        settle();
    }

    /** What its module said of its success. */
    void gave(String result) {
        given = Optional.of(result);
    }

    /** What the play says is live on it now. */
    void runs(String live) {
        version = Optional.of(live);
    }

    /** Ansible reaches it by this now. */
    void reachedBy(String connection) {
        connections.add(connection);
    }

    /** A ping measured the way to it and back on an open connection. */
    void roundTrip(double millis) {
        latency = OptionalLong.of(Math.max(1, Math.round(millis)));
    }

    private Optional<String> connection() {
        return connections.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", connections));
    }

    void skipped(long at) {
        began(at);
        stats = stats.plus(new HostStats(0, 0, 0, 0, 1, 0, 0));
        settle();
    }

    void failed(String task, String text, boolean unreachable, boolean ignored, long at) {
        began(at);
        if (ignored) {
            stats = stats.plus(new HostStats(1, 0, 0, 0, 0, 0, 1));
        } else {
            stats = stats.plus(new HostStats(0, 0, unreachable ? 1 : 0, unreachable ? 0 : 1, 0, 0, 0));
            if (failedTask.isEmpty()) {
                failedTask = Optional.of(task);
                message = Optional.of(text);
            }
        }
        settle();
    }

    /** A failure for which a {@code rescue} stands by. */
    void rescued(String task, String text, long at) {
        began(at);
        stats = stats.plus(new HostStats(0, 0, 0, 0, 0, 1, 0));
        rescued = Optional.of(new Failure(task, text));
        settle();
    }

    /** It stands in no inventory. */
    void added() {
        added = true;
    }

    /** It did not go through every play that was for it. */
    void unfinished() {
        unfinished = true;
    }

    /**
     * Ansible has ended.
     *
     * @param byItself whether it said so: otherwise nobody knows which hosts had been through everything
     */
    void ended(boolean byItself) {
        boolean cut = unfinished || !byItself;
        if (outcome == HostOutcome.PENDING && !cut) {
            outcome = HostOutcome.SKIPPED;
        } else if (cut && !outcome.isBad() && (outcome != HostOutcome.PENDING || hasBegun())) {
            outcome = HostOutcome.INCOMPLETE;
        }
    }

    /** Ansible's own count, which also knows what was rescued. Replaces ours. */
    void recap(JsonNode s) {
        stats = new HostStats(
                s.path(0).asInt(),
                s.path(1).asInt(),
                s.path(2).asInt(),
                s.path(3).asInt(),
                s.path(4).asInt(),
                s.path(5).asInt(),
                s.path(6).asInt());
        counted = true;
        settle();
        if (!outcome.isBad()) {
            failedTask = Optional.empty();
            message = Optional.empty();
        } else if (failedTask.isEmpty()) {
            failedTask = rescued.map(Failure::task);
            message = rescued.map(Failure::message);
        }
    }

    private void settle() {
        if (stats.unreachable() > 0) {
            outcome = HostOutcome.UNREACHABLE;
        } else if (stats.failed() > 0) {
            outcome = HostOutcome.FAILED;
        } else if (stats.changed() > 0) {
            outcome = HostOutcome.CHANGED;
        } else if (stats.ok() > 0) {
            outcome = HostOutcome.OK;
        } else if (stats.skipped() > 0) {
            outcome = HostOutcome.SKIPPED;
        } else if (counted || stats.rescued() > 0) {
            outcome = HostOutcome.OK;
        }
    }

    HostResult result() {
        var versions = new HostResult.Versions(Optional.empty(), version);
        return new HostResult(
                host,
                outcome,
                stats,
                failedTask,
                outcome.isBad() ? message : message.or(() -> given),
                Duration.ofMillis(last - first),
                versions,
                new HostResult.Connection(added, connection(), latency),
                hasBegun() ? Optional.of(Instant.ofEpochMilli(first)) : Optional.empty());
    }
}
