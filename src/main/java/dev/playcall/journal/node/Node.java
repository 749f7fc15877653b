package dev.playcall.journal.node;

import java.time.Duration;
import java.time.Instant;

/**
 * A gateway on this database. Its times are those of the database, whose clock is the same for all.
 *
 * @param name as it is configured, or the host name of its machine
 * @param version of Playcall
 * @param installation what its data folder is called; empty where it did not say
 * @param lastSeen when it last said that it works
 * @param silence from then until it was asked for
 * @param lostAfter what it counts on: its runs are not given up before this time; zero where it did not say
 * @param running how many runs it works on
 */
public record Node(
        String name,
        String version,
        String installation,
        Instant startedAt,
        Instant lastSeen,
        Duration silence,
        Duration lostAfter,
        int running) {
    /** Several heartbeats. */
    public static final Duration DOWN_AFTER = NodeHeartbeat.EVERY.multipliedBy(3);

    public boolean isUp() {
        return silence.compareTo(DOWN_AFTER) < 0;
    }

    /** {@code up} or {@code down}. */
    public String status() {
        return isUp() ? "up" : "down";
    }
}
