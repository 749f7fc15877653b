package dev.playcall.runner.queue;

import java.util.List;
import java.util.Optional;

/** Stores holds. One that cannot be read is an error, never "none". */
public interface HoldStore {
    /** Nothing is held back, and nothing can be. */
    HoldStore NONE = new HoldStore() {
        @Override
        public List<Hold> all() {
            return List.of();
        }

        @Override
        public Optional<Hold> take(Hold hold) {
            throw new IllegalStateException("pauses cannot be stored");
        }

        @Override
        public boolean release(Hold hold) {
            return false;
        }
    };

    List<Hold> all();

    /** Holds it back; the other hold when it is held back already. */
    Optional<Hold> take(Hold hold);

    /** Lets it go on, at once; false when exactly this hold is not there any more. */
    boolean release(Hold hold);
}
