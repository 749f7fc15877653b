package dev.playcall.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Small transactions that share one commit: who comes while one is being written goes into the next one together with
 * everybody else who waits. What a caller gets back is on disk all the same. Work may be done twice, so it must do nothing
 * but use its handle.
 */
final class Commits {
    private static final int MOST = 100;

    private final Transactions transactions;
    private final Queue<Job<?>> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock turn = new ReentrantLock();

    Commits(Transactions transactions) {
        this.transactions = transactions;
    }

    /** What one caller wants done; guarded by the turn. */
    private static final class Job<R> {
        private final Function<Handle, R> work;
        private Optional<R> result = Optional.empty();
        private @Nullable Throwable fault;

        Job(Function<Handle, R> work) {
            this.work = work;
        }

        void run(Handle handle) {
            result = Optional.of(work.apply(handle));
        }

        void failed(Throwable with) {
            result = Optional.empty();
            fault = with;
        }

        boolean isDone() {
            return result.isPresent() || fault != null;
        }

        R get() {
            switch (fault) {
                case null -> {}
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                default -> throw new IllegalStateException(fault);
            }
            return result.orElseThrow();
        }
    }

    <R> R in(Function<Handle, R> work) {
        var job = new Job<>(work);
        waiting.add(job);
        turn.lock();
        try {
            while (!job.isDone()) {
                commit(next());
            }
        } finally {
            turn.unlock();
        }
        return job.get();
    }

    private List<Job<?>> next() {
        var jobs = new ArrayList<Job<?>>();
        while (jobs.size() < MOST && waiting.peek() != null) {
            jobs.add(waiting.remove());
        }
        return jobs;
    }

    /** One that fails takes nobody along: then each is done by itself. */
    private void commit(List<Job<?>> jobs) {
        try {
            transactions.run(h -> jobs.forEach(j -> j.run(h)));
        } catch (RuntimeException | Error e) {
            if (jobs.size() == 1) {
                jobs.getFirst().failed(e);
            } else {
                jobs.forEach(j -> commit(List.of(j)));
            }
        }
    }
}
