package dev.playcall.journal.node;

import dev.playcall.background.BackgroundLoop;
import java.time.Duration;
import java.time.InstantSource;

/** Says every few seconds that this gateway works. */
public final class NodeHeartbeat implements AutoCloseable {
    static final Duration EVERY = Duration.ofSeconds(10);

    private final NodeStore store;
    private final String name;
    private final String version;
    private final BackgroundLoop loop;

    public NodeHeartbeat(NodeStore store, String name, String version, InstantSource clock) {
        this.store = store;
        this.name = name;
        this.version = version;
        this.loop = new BackgroundLoop("node", EVERY, EVERY, clock, () -> store.heartbeat(name));
    }

    public void start() {
        store.started(name, version);
        loop.start();
    }

    public BackgroundLoop loop() {
        return loop;
    }

    @Override
    public void close() {
        loop.close();
    }
}
