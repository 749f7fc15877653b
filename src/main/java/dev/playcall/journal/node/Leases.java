package dev.playcall.journal.node;

import dev.playcall.background.BackgroundLoop;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * What this node does that one does at a time. A lease counts for less time here than in the database, counted from before it was asked
 * for, so that this node stops before another one begins. A database that is a file has no others to ask.
 */
public final class Leases implements AutoCloseable {
    public static final Duration LENGTH = Duration.ofSeconds(15);
    private static final int RENEWED = 5;

    private final NodeStore store;
    private final String self;
    private final Duration length;
    private final LongSupplier nanos;
    private final Set<String> names = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> held = new ConcurrentHashMap<>();
    private final BackgroundLoop loop;
    private volatile boolean alone;

    /**
     * @param length after which another node takes over from one that has died
     * @param nanos time that goes on, whatever is done to the clock
     */
    public Leases(NodeStore store, String self, Duration length, InstantSource clock, LongSupplier nanos) {
        this.store = store;
        this.self = self;
        this.length = length;
        this.nanos = nanos;
        var every = length.dividedBy(RENEWED);
        this.loop = new BackgroundLoop("leases", every, every, clock, this::renew);
    }

    /** Has this loop work only while this node has the lease of its name; to be said before the start. */
    public void guard(BackgroundLoop guarded) {
        var name = guarded.health().name();
        names.add(name);
        guarded.onlyWhile(() -> isHeld(name));
    }

    /** @param hasOthers whether other gateways may be on the database; where there are none, what others have is left over */
    public void start(boolean hasOthers) {
        alone = store.isAlone();
        if (!alone) {
            if (!hasOthers) {
                store.leases().releaseOthers(self);
            }
            begin();
        }
    }

    /** The same beside others. */
    public void begin() {
        renew();
        loop.start();
    }

    public boolean isHeld(String name) {
        var until = held.get(name);
        return alone || (until != null && nanos.getAsLong() - until < 0);
    }

    private void renew() {
        long asked = nanos.getAsLong();
        var mine = store.leases().renew(self, names, length);
        held.keySet().retainAll(mine);
        long until = asked + length.minus(length.dividedBy(RENEWED)).toNanos();
        mine.forEach(name -> held.put(name, until));
    }

    public BackgroundLoop loop() {
        return loop;
    }

    /** Others need not wait. */
    @Override
    public void close() {
        loop.close();
        held.clear();
        if (!alone) {
            store.leases().release(self);
        }
    }
}
