package dev.playcall.journal.node;

import dev.playcall.background.BackgroundLoop;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Says every few seconds that this gateway works. */
public final class NodeHeartbeat implements AutoCloseable {
    static final Duration EVERY = Duration.ofSeconds(10);

    private final NodeStore store;
    private final NodeStore.Identity self;
    private final Supplier<ClusterTimes> times;
    private final NodeLease lease;
    private final BackgroundLoop loop;
    private volatile Set<String> earlier = Set.of();
    private volatile boolean taken;

    /** @param lease prolonged with each heartbeat */
    public NodeHeartbeat(
            NodeStore store,
            NodeStore.Identity self,
            Supplier<ClusterTimes> times,
            NodeLease lease,
            InstantSource clock) {
        this.store = store;
        this.self = self;
        this.times = times;
        this.lease = lease;
        var every = times.get().heartbeat();
        this.loop = new BackgroundLoop("node", every, every, clock, this::beat);
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
        lease.begin();
        store.started(self);
        beat();
        loop.start();
    }

    private void beat() {
        lease.renew(() -> {
            var lostAfter = times.get().lostAfter();
            if (!store.heartbeat(self.name(), lostAfter)) {
                store.started(self); // forgotten, or the database is another one now
                store.heartbeat(self.name(), lostAfter);
            }
        });
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

    /** Others need not wait until it is missed. */
    @Override
    public void close() {
        loop.close();
        store.stopped(self);
    }
}
