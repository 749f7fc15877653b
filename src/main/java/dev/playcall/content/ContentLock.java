package dev.playcall.content;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Read/write lock between content updates and the preparation of runs: one update at a time, and many files are replaced only
 * while no run is being prepared from them.
 */
public final class ContentLock {
    private final ReentrantLock changes = new ReentrantLock(true);
    private final ReentrantReadWriteLock files = new ReentrantReadWriteLock(true);

    /** Until it is closed, by the thread that asked for it, nothing is replaced. */
    public interface ReadLock extends AutoCloseable {
        @Override
        void close();
    }

    /** What may find that it must not be done. */
    public interface Work<T> {
        T run() throws ContentException;
    }

    public ReadLock readLock() {
        files.readLock().lock();
        return files.readLock()::unlock;
    }

    /** Does it while nobody else changes anything. */
    public <T> T edit(Supplier<T> work) {
        changes.lock();
        try {
            return work.get();
        } finally {
            changes.unlock();
        }
    }

    /** Does it while nobody else changes anything and no run is being made. */
    public <T> T exclusive(Duration timeout, Work<T> work) throws ContentException {
        changes.lock();
        try {
            if (!files.writeLock().tryLock(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw ContentException.passing(
                        "nothing was updated: a run is being prepared from these files; sync again in a moment");
            }
            try {
                return work.run();
            } finally {
                files.writeLock().unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ContentException("the gateway is stopping");
        } finally {
            changes.unlock();
        }
    }
}
