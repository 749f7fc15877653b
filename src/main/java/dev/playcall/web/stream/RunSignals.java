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
import java.util.function.Predicate;

/**
 * Wakes those who watch runs. A watcher is only told that there is news and reads it by itself at its own pace, so a slow
 * one delays nobody and nothing has to be kept for it.
 */
public final class RunSignals implements RunJournal.Follower, AutoCloseable {
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
            if (watch.runs.test(run)) {
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
        return add(person, asked -> run.isEmpty() || run.get().equals(asked)).orElseThrow(RunSignals::tooMany);
    }

    /** The same for one run; empty when there are too many. */
    Optional<Watch> tryWatch(Person person, RunId run) {
        return add(person, run::equals);
    }

    /**
     * Begins to watch several runs: every change of one of them after this is heard.
     *
     * @throws ProblemException when there are too many
     */
    public Watch watch(Person person, Set<RunId> runs) {
        return add(person, Set.copyOf(runs)::contains).orElseThrow(RunSignals::tooMany);
    }

    private static ProblemException tooMany() {
        return new ProblemException(429, "too many open streams; close some of them", Optional.empty());
    }

    private Optional<Watch> add(Person person, Predicate<RunId> runs) {
        long theirs = watches.stream().filter(w -> w.person.equals(person)).count();
        if (theirs >= OF_ONE_PERSON || watches.size() >= OF_ALL) {
            return Optional.empty();
        }
        var watch = new Watch(person, runs);
        watches.add(watch);
        return Optional.of(watch);
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

    /** One watcher of some runs or of all. */
    public final class Watch implements AutoCloseable {
        private final Person person;
        private final Predicate<RunId> runs;
        private final Semaphore bell = new Semaphore(0);

        private Watch(Person person, Predicate<RunId> runs) {
            this.person = person;
            this.runs = runs;
        }

        /** Whether this gateway is not stopping. */
        public boolean isOpen() {
            return !closed;
        }

        /** Waits for news; several at once are one. Returns whether there are any. */
        public boolean await(Duration most) throws InterruptedException {
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
