package dev.playcall.journal.node;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A gateway on this database. Its times are those of the database, whose clock is the same for all.
 *
 * @param name as it is configured, or the host name of its machine
 * @param version of Playcall
 * @param installation what its data folder is called; empty where it did not say
 * @param lastSeen when it last said that it works
 * @param silence from then until it was asked for
 * @param lostAfter what it counts on: its runs are not given up before this time; zero where it did not say
 * @param content what its playbooks and inventories are made of; empty where no other one has to have the same
 * @param labels what runs may require of it, each {@code name=value} or a name; by name
 * @param running how many runs it works on
 * @param stopped whether it said at {@code lastSeen} that it ends
 * @param drained whether it takes nothing from the queue
 */
public record Node(
        String name,
        String version,
        String installation,
        Instant startedAt,
        Instant lastSeen,
        Duration silence,
        Duration lostAfter,
        String content,
        List<String> labels,
        int running,
        boolean stopped,
        boolean drained) {
    /** Several heartbeats. */
    public static final Duration DOWN_AFTER = NodeHeartbeat.EVERY.multipliedBy(3);

    public Node {
        labels = List.copyOf(labels);
    }

    public boolean isUp() {
        return !stopped && silence.compareTo(DOWN_AFTER) < 0;
    }

    /** Said where nodes that work have other files than others: each takes only runs that were requested with what it has. */
    public static final String FILES_DIFFER =
            "Playbooks or inventories differ between nodes; a run is executed by a node with the files it was requested with";

    /** Whether nodes that work have other files than others. */
    public static boolean differ(List<Node> nodes) {
        return nodes.stream().filter(Node::isUp).map(Node::content).distinct().count() > 1;
    }

    /** {@code up}, {@code down} or {@code stopped}. */
    public String status() {
        return stopped ? "stopped" : isUp() ? "up" : "down";
    }

    /** Whether it may take something from the queue. */
    public boolean takesRuns() {
        return isUp() && !drained;
    }

    /** The status in words, for people. */
    public String label() {
        return drained ? status() + ", drained" : status();
    }
}
