package dev.playcall.journal.node;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which gateways are on this database. */
public interface NodeStore {

    /**
     * A gateway.
     *
     * @param name as it is configured, or the host name of its machine
     * @param version of Playcall
     * @param installation what its data folder is called, which no other one is
     * @param labels what runs may require of it, each {@code name=value} or a name
     */
    record Identity(String name, String version, String installation, Set<String> labels) {
        public Identity {
            labels = Set.copyOf(labels);
        }
    }

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

    /** It ends in order. Nothing is written where {@link #isAlone}, or where another gateway has this name now. */
    void stopped(Identity node);

    /** Whether the database is a file, which the gateway that has it shares with no other. */
    boolean isAlone();

    LeaseStore leases();

    /** What others may have changed of what a gateway keeps in memory: a number by topic, which is another one after each change. */
    Map<String, Long> changes();

    /** What the files of this node are made of from now on; see {@link Node#content}. */
    void content(String name, String content);

    /** What was given to {@link #keepProof}. */
    Optional<String> proof();

    /** Keeps what shows others whether they have the same keys. */
    void keepProof(String text);

    /** The number of the last entry of the journal; 0 where there is none. */
    long lastEntry();

    /** By name. */
    List<Node> all();

    /** Which node does what one does at a time. Times are those of the database. */
    interface LeaseStore {

        /**
         * Prolongs the leases that this node has and takes those that are free or have run out.
         *
         * @return which of the names it has now, for this long
         */
        Set<String> renew(String node, Collection<String> names, Duration length);

        /** Gives up what this node has. */
        void release(String node);

        /** Frees what others have, where it is known that there are none. */
        void releaseOthers(String node);
    }
}
