package dev.playcall.web.stream;

import dev.playcall.domain.Run;
import dev.playcall.domain.name.Person;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.JournalEntry;
import dev.playcall.journal.RunJournal;
import dev.playcall.web.http.ProblemException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Wakes those who watch runs. A watcher is only told that there is news and reads it by itself at its own pace, so a slow
 * one delays nobody and nothing has to be kept for it.
 */
final class RunSignals implements RunJournal.Follower, AutoCloseable {
    /** Each holds a thread and a connection: one person must not be able to take them all. */
    private static final int OF_ONE_PERSON = 100;

    private static final int OF_ALL = 1000;

    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private final Semaphore left = new Semaphore(0);
    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    @Override
    public void happened(JournalEntry entry) {
        ring(entry.run().id());
    }

    @Override
    public void progressed(Run run) {
        ring(run.id());
    }

    private void ring(RunId run) {
        for (var watch : watches) {
            if (watch.run.isEmpty() || watch.run.get().equals(run)) {
                watch.bell.release();
            }
        }
    }

    /**
     * Begins to watch: every change after this is heard.
     *
     * @throws ProblemException when there are too many
     */
    Watch watch(Person person, Optional<RunId> run) {
        long theirs = watches.stream().filter(w -> w.person.equals(person)).count();
        if (theirs >= OF_ONE_PERSON || watches.size() >= OF_ALL) {
            throw new ProblemException(429, "too many open streams; close some of them", Optional.empty());
        }
        var watch = new Watch(person, run);
        watches.add(watch);
        return watch;
    }

    /** Ends every watch, and gives those who watch a moment to say so on their connection. */
    @Override
    public void close() {
        closed = true;
        watches.forEach(w -> w.bell.release());
        long end = System.nanoTime() + GOODBYE.toNanos();
        try {
            while (!watches.isEmpty() && left.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                left.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One watcher of one run or of all. */
    final class Watch implements AutoCloseable {
        private final Person person;
        private final Optional<RunId> run;
        private final Semaphore bell = new Semaphore(0);

        private Watch(Person person, Optional<RunId> run) {
            this.person = person;
            this.run = run;
        }

        boolean isOpen() {
            return !closed;
        }

        /** Waits for news; several at once are one. Returns whether there are any. */
        boolean await(Duration most) throws InterruptedException {
            boolean news = bell.tryAcquire(most.toNanos(), TimeUnit.NANOSECONDS);
            bell.drainPermits();
            return news;
        }

        @Override
        public void close() {
            watches.remove(this);
            left.release();
        }
    }
}
