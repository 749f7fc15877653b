package dev.playcall.journal.node;

import java.time.Duration;
import java.util.List;

/** Which gateways are on this database. */
public interface NodeStore {

    /**
     * A gateway.
     *
     * @param name as it is configured, or the host name of its machine
     * @param version of Playcall
     * @param installation what its data folder is called, which no other one is
     */
    record Identity(String name, String version, String installation) {}

    /**
     * A gateway has started. What it was called before is forgotten, and those that have gone long ago and work on nothing.
     */
    void started(Identity node);

    /**
     * It still works. Where {@link #isAlone}, nothing is written: whoever answers is the one.
     *
     * @param lostAfter what it counts on: nobody gives its runs up before this time without a word of it
     * @return whether the node is known
     */
    boolean heartbeat(String name, Duration lostAfter);

    /** Whether the database is a file, which the gateway that has it shares with no other. */
    boolean isAlone();

    LeaseStore leases();

    /** By name. */
    List<Node> all();
}
