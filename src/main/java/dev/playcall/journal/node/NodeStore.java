package dev.playcall.journal.node;

import java.util.List;

/** Which gateways are on this database. */
public interface NodeStore {

    /** A gateway of this name has started. Those that have gone long ago and work on nothing are forgotten. */
    void started(String name, String version);

    /** It still works. Where a database has one gateway at most, and whoever answers is the one, nothing is written. */
    void heartbeat(String name);

    /** By name. */
    List<Node> all();
}
