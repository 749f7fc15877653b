package dev.playcall.runner.queue;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Carries due work durably: a lock that was made due is worked on, on this node or another, also after a crash. The
 * store makes a lock due itself whenever a run is queued or ends.
 */
public interface WorkQueue extends AutoCloseable {

    /**
     * Begins to work. What a gateway of this name had at hand, and what one that is down had, is due again.
     *
     * @param node what this gateway is called
     * @param worker called with each due lock, on a thread of this engine; must be short
     */
    void start(String node, Consumer<String> worker);

    /** Makes a lock due once more. */
    void wake(String lock);

    /** Other gateways take work as well: what is not taken here is offered again soon. To be said before the start. */
    default void share() {}

    /**
     * When this engine last looked for due work, which it does every few seconds while it is well; empty while it is not
     * started.
     */
    Optional<Instant> looked();

    /** Why looking for due work fails, should it. */
    Optional<String> problem();

    /** Takes no more work and waits for what is at hand. */
    @Override
    void close();
}
