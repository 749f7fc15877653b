package dev.playcall.content;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Between those who change playbooks and inventories and those who make runs of them: one changes at a time, and many files
 * are replaced only while nothing is being made of them.
 */
public final class ContentLock {
    private final ReentrantLock hands = new ReentrantLock(true);
    private final ReentrantReadWriteLock files = new ReentrantReadWriteLock(true);

    /** Until it is closed, by the thread that asked for it, nothing is replaced. */
    public interface Still extends AutoCloseable {
        @Override
        void close();
    }

    /** What may find that it must not be done. */
    public interface Work<T> {
        T run() throws ContentException;
    }

    public Still still() {
        files.readLock().lock();
        return files.readLock()::unlock;
    }

    /** Does it while nobody else changes anything. */
    public <T> T editing(Supplier<T> work) {
        hands.lock();
        try {
            return work.get();
        } finally {
            hands.unlock();
        }
    }

    /** Does it while nobody else changes anything and no run is being made. */
    public <T> T replacing(Duration patience, Work<T> work) throws ContentException {
        hands.lock();
        try {
            if (!files.writeLock().tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
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
            hands.unlock();
        }
    }
}
