package dev.playcall.store.sql;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Small transactions that share one commit: who comes while one is being written goes into the next one together with
 * everybody else who waits. What a caller gets back is on disk all the same. Work may be done twice, so it must do nothing
 * but use its handle.
 */
public final class GroupCommit {
    private static final int MOST = 100;

    private final Transactions transactions;
    private final Queue<Job<?>> waiting = new ArrayDeque<>();
    private final ReentrantLock gate = new ReentrantLock();
    private boolean busy;

    public GroupCommit(Transactions transactions) {
        this.transactions = transactions;
    }

    /** What one caller wants done. Whoever commits writes into it and then gives the signal. */
    private static final class Job<R> {
        private final Function<Handle, R> work;
        /** True: it is yours to commit. False: it is done. */
        private final CompletableFuture<Boolean> signal = new CompletableFuture<>();

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

    /** @throws RuntimeException what the work has thrown, and then nothing of it is kept */
    public <R> R in(Function<Handle, R> work) {
        var job = new Job<>(work);
        if (isFirst(job) || job.signal.join()) {
            try {
                var jobs = next();
                commit(jobs);
                jobs.forEach(j -> j.signal.complete(false));
            } finally {
                handOver();
            }
        }
        return job.get();
    }

    /** Whether nobody is at work, so that the caller has to be. */
    private boolean isFirst(Job<?> job) {
        gate.lock();
        try {
            waiting.add(job);
            boolean first = !busy;
            busy = true;
            return first;
        } finally {
            gate.unlock();
        }
    }

    /** Those who wait, the one whose turn it is in front. */
    private List<Job<?>> next() {
        gate.lock();
        try {
            var jobs = new ArrayList<Job<?>>();
            while (jobs.size() < MOST && !waiting.isEmpty()) {
                jobs.add(waiting.remove());
            }
            return jobs;
        } finally {
            gate.unlock();
        }
    }

    /** Only one is woken for the next commit: when all are, they take each other's time. */
    private void handOver() {
        gate.lock();
        try {
            var next = waiting.peek();
            busy = next != null;
            if (next != null) {
                next.signal.complete(true);
            }
        } finally {
            gate.unlock();
        }
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
