package dev.playcall.runner.queue;

import java.util.List;
import java.util.Optional;

/** Stores holds. One that cannot be read is an error, never "none". */
public interface HoldStore {
    List<Hold> all();

    /** Holds it back; the other hold when it is held back already. */
    Optional<Hold> take(Hold hold);

    /** Lets it go on, at once; false when exactly this hold is not there any more. */
    boolean release(Hold hold);
}
