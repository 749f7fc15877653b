package dev.playcall.journal.node;

import dev.playcall.background.BackgroundLoop;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Collectors;

/** Says every few seconds that this gateway works. */
public final class NodeHeartbeat implements AutoCloseable {
    static final Duration EVERY = Duration.ofSeconds(10);

    private final NodeStore store;
    private final NodeStore.Identity self;
    private final BackgroundLoop loop;
    private volatile Set<String> earlier = Set.of();
    private volatile boolean taken;

    public NodeHeartbeat(NodeStore store, NodeStore.Identity self, InstantSource clock) {
        this.store = store;
        this.self = self;
        this.loop = new BackgroundLoop("node", EVERY, EVERY, clock, () -> store.heartbeat(self.name()));
    }

    public void start() {
        var before = store.all();
        earlier = before.stream()
                .filter(n -> n.installation().equals(self.installation()))
                .map(Node::name)
                .collect(Collectors.toUnmodifiableSet());
        taken = before.stream()
                .anyMatch(n -> n.name().equals(self.name())
                        && !Set.of("", self.installation()).contains(n.installation()));
        store.started(self);
        loop.start();
    }

    public String name() {
        return self.name();
    }

    /** Whether a gateway with this data folder had this name before, which may have been another one; known from the start on. */
    public boolean wasCalled(String node) {
        return earlier.contains(node);
    }

    /** Whether one with another data folder had the name of this one before; known from the start on. */
    public boolean isNameTaken() {
        return taken;
    }

    public BackgroundLoop loop() {
        return loop;
    }

    @Override
    public void close() {
        loop.close();
    }
}
