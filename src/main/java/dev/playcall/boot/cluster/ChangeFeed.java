package dev.playcall.boot.cluster;

import dev.playcall.background.BackgroundLoop;
import dev.playcall.background.Steps;
import dev.playcall.journal.node.NodeStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Has what is kept in memory read anew when another gateway has changed it, within half a second. Thread-safe. */
final class ChangeFeed implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(400);

    private final NodeStore store;
    private final Map<String, Runnable> readers = new HashMap<>();
    private final BackgroundLoop loop;
    private Map<String, Long> seen = Map.of();

    ChangeFeed(NodeStore store, InstantSource clock) {
        this.store = store;
        this.loop = new BackgroundLoop("changes of other gateways", EVERY, EVERY, clock, this::catchUp);
    }

    /**
     * To be said before the start.
     *
     * @param reader reads it anew, also after a change of our own
     */
    void on(String topic, Runnable reader) {
        readers.put(topic, reader);
    }

    void start() {
        loop.start();
    }

    /** What was committed before this is known when it returns. */
    synchronized void catchUp() {
        var now = store.changes();
        var before = seen;
        var steps = new Steps();
        readers.forEach((topic, reader) -> {
            if (!now.getOrDefault(topic, 0L).equals(before.getOrDefault(topic, 0L))) {
                steps.then(reader);
            }
        });
        steps.end();
        seen = now;
    }

    BackgroundLoop loop() {
        return loop;
    }

    @Override
    public void close() {
        loop.close();
    }
}
