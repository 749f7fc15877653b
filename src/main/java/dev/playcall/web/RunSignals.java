package dev.playcall.web;

import dev.playcall.domain.Run;
import dev.playcall.journal.JournalEntry;
import dev.playcall.journal.RunJournal;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Wakes those who watch a run. A watcher is only told that there is news and reads it by itself at its own pace, so a slow
 * one delays nobody and nothing has to be kept for it.
 */
final class RunSignals implements RunJournal.Follower {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private long any;

    @Override
    public void happened(JournalEntry entry) {
        changed();
    }

    @Override
    public void progressed(Run run) {
        changed();
    }

    private void changed() {
        lock.lock();
        try {
            any++;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Number of changes of any run so far. */
    long count() {
        lock.lock();
        try {
            return any;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until more than {@code seen} changes have happened or the time is over; returns their number. */
    long await(long seen, Duration most) throws InterruptedException {
        long nanos = most.toNanos();
        lock.lock();
        try {
            while (any <= seen && nanos > 0) {
                nanos = news.awaitNanos(nanos);
            }
            return any;
        } finally {
            lock.unlock();
        }
    }
}
