package dev.playcall.journal.node;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;

/** Which node does what one does at a time. Times are those of the database. */
public interface LeaseStore {

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
