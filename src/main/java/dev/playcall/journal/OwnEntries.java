package dev.playcall.journal;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;

/** The entries that this gateway has written since others were read last. Nothing is kept where there are no others. */
final class OwnEntries {
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final Set<Long> sequences = ConcurrentHashMap.newKeySet();
    private volatile boolean counted;

    /** From now on. */
    void count() {
        counted = true;
    }

    /** Writes, and keeps what was written. */
    <T> T of(Supplier<T> write, Function<T, Collection<JournalEntry>> entries) {
        if (!counted) {
            return write.get();
        }
        lock.readLock().lock();
        try {
            var written = write.get();
            entries.apply(written).forEach(e -> sequences.add(e.sequence()));
            return written;
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Reads while nothing is being written here. */
    <T> T alone(Supplier<T> read) {
        lock.writeLock().lock();
        try {
            return read.get();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Whether we wrote it; asked once for each. */
    boolean take(long sequence) {
        return sequences.remove(sequence);
    }
}
