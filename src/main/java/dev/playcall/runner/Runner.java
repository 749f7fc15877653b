package dev.playcall.runner;

import dev.playcall.background.Faults;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.Progress;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.RunState;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.JournalEntry;
import dev.playcall.journal.RunJournal;
import dev.playcall.journal.node.NodeLease;
import dev.playcall.runner.Launcher.CannotLaunchException;
import dev.playcall.runner.directory.RunDirectory;
import dev.playcall.runner.directory.RunDirectory.Launch;
import dev.playcall.runner.queue.StartGuard;
import dev.playcall.runner.queue.WorkQueue;
import dev.playcall.runner.retention.RunnerSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns queued runs into processes and watches over them until they end. Closing it leaves the processes alone: the next
 * start adopts them.
 */
public final class Runner implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Runner.class);
    private static final Duration AFTER_FAULT = Duration.ofSeconds(3);
    /** Work is looked for every few seconds; after this time without a look it will not come by itself. */
    private static final Duration ASLEEP = Duration.ofSeconds(60);

    private final RunnerSettings settings;
    private final IntSupplier most;
    private final RunJournal journal;
    private final WorkQueue workQueue;
    private final Launcher launcher;
    private final Redaction redaction;
    private final StartGuard startGuard;
    private final Clock clock;
    private final Supervisor supervisor;
    private final FolderChanges changes = new FolderChanges();
    private final Map<RunId, Thread> watches = new ConcurrentHashMap<>();
    private final Map<RunId, String> lost = new ConcurrentHashMap<>();
    private final Map<String, String> notStarted = new ConcurrentHashMap<>();
    private volatile Predicate<Run> ours = _ -> true;
    private volatile Optional<NodeLease> lease = Optional.empty();
    private volatile Runnable beforeClaim = () -> {};
    private volatile Optional<OutputStore> outputs = Optional.empty();
    private volatile boolean draining;
    private RunJournal.@Nullable Subscription subscription;

    /** @param most how many runs may work at the same time, as it is configured now */
    public Runner(
            RunnerSettings settings,
            IntSupplier most,
            RunJournal journal,
            WorkQueue workQueue,
            Launcher launcher,
            Redaction redaction,
            StartGuard startGuard,
            Clock clock) {
        this.settings = settings;
        this.most = most;
        this.journal = journal;
        this.workQueue = workQueue;
        this.launcher = launcher;
        this.redaction = redaction;
        this.startGuard = startGuard;
        this.clock = clock;
        this.supervisor = new Supervisor(settings.supervisor());
    }

    /** Which of the runs that work it can watch, if not all; to be said before the start. */
    public void watchOnly(Predicate<Run> runs) {
        ours = runs;
    }

    /**
     * Other gateways take runs as well; to be said before the start.
     *
     * @param catchUp done before a run is taken, so that all that was changed before it was requested is known here
     * @param copies where the output of its runs is copied for the others
     */
    public void share(Runnable catchUp, OutputStore copies) {
        beforeClaim = catchUp;
        outputs = Optional.of(copies);
    }

    /** What its runs end with, if with anything; to be said before the start. */
    public void endWith(NodeLease nodeLease) {
        lease = Optional.of(nodeLease);
    }

    /** Adopts what an earlier gateway left running, then begins to take work. */
    public void start() {
        subscription = journal.follow(RunJournal.Follower.of(this::happened, this::happenedElsewhere));
        journal.read().running().stream().filter(ours).forEach(this::adopt);
        workQueue.start(settings.node(), this::work);
    }

    /** How many runs this gateway watches. */
    public int watched() {
        return watches.size();
    }

    /** Why no work is taken from the queue, should that be so. */
    public Optional<String> problem() {
        if (draining) {
            return Optional.of("accepts no more runs");
        }
        var looked = workQueue.looked();
        if (looked.isEmpty()) {
            return Optional.of("is not started");
        }
        var since = Duration.between(looked.get(), clock.instant());
        return since.compareTo(ASLEEP) < 0
                ? Optional.empty()
                : Optional.of("has not polled the queue for " + TextFormat.duration(since)
                        + workQueue.problem().map(p -> "; it " + p).orElse(""));
    }

    /** The runs that cannot be watched at present, each with one line that says why (a full disk, for instance). */
    public Map<RunId, String> unsupervised() {
        return Map.copyOf(lost);
    }

    /** The locks whose runs cannot be started at present, each with one line that says why. */
    public Map<String, String> notStarted() {
        return Map.copyOf(notStarted);
    }

    /** A fault is thrown for the queue, which comes again. */
    private void work(String lock) {
        if (draining) {
            return;
        }
        try {
            beforeClaim.run();
            journal.claim(lock, most.getAsInt(), settings.node(), LogNames::of, startGuard)
                    .ifPresent(run -> watch(run, false));
            notStarted.remove(lock);
        } catch (RuntimeException | Error e) {
            var why = Faults.reason(e);
            if (!why.equals(notStarted.put(lock, why))) {
                complain("Runs of " + lock + " cannot be started, retried every few seconds: " + why, e);
            }
            throw e;
        }
    }

    private void adopt(Run run) {
        log.info("Adopting run {}", run.id());
        journal.append(run.id(), new RunEvent.Adopted(settings.node()));
        watch(run, true);
    }

    private void watch(Run run, boolean adopted) {
        watches.computeIfAbsent(
                run.id(), id -> Thread.ofVirtual().name("run-" + id.value()).start(() -> follow(run, adopted)));
    }

    private void follow(Run run, boolean adopted) {
        try {
            boolean known = adopted;
            while (!draining && !guarded(run, known)) {
                known = true;
                LockSupport.parkNanos(AFTER_FAULT.toNanos());
            }
        } finally {
            watches.remove(run.id());
            lost.remove(run.id());
        }
    }

    /** Returns false when a fault (a full disk, a database that does not answer) makes another look worth while. */
    private boolean guarded(Run run, boolean adopted) {
        try {
            return attempt(run, adopted);
        } catch (Throwable e) {
            markUnsupervised(run.id(), e);
            return false;
        }
    }

    private boolean attempt(Run run, boolean adopted) {
        var directory = directory(run);
        try {
            var mayBegin = begin(run, directory, adopted);
            // A cancel or a pause may have come between the claim and now, when nobody was there to hear it.
            journal.read().find(run.id()).ifPresent(now -> ask(now, directory));
            look(run, directory, mayBegin);
            return true;
        } catch (VoidException e) {
            journal.append(run.id(), new RunEvent.Voided(e.reason()));
            return true;
        } catch (CannotLaunchException e) {
            if (draining) {
                return false;
            }
            var cancelled = journal.read().find(run.id()).flatMap(Run::cancelledBy);
            journal.append(
                    run.id(),
                    new RunEvent.Finished(cancelled
                            .<Outcome>map(by -> new Outcome.Cancelled(by, 0))
                            .orElseGet(() -> new Outcome.Failed(-1, e.reason()))));
            directory.tidy();
            return true;
        }
    }

    /** Every few seconds until it passes: it is logged when it begins, with a stack trace only where the fault is our own. */
    private void markUnsupervised(RunId run, Throwable fault) {
        var why = Faults.reason(fault);
        if (!why.equals(lost.put(run, why))) {
            complain(
                    "Cannot read run directory of " + run + "; retrying every " + AFTER_FAULT.toSeconds() + " s: "
                            + why,
                    fault);
        }
    }

    private static void complain(String message, Throwable fault) {
        if (Faults.isOutside(fault)) {
            log.error(message);
        } else {
            log.error(message, fault);
        }
    }

    /**
     * Hands the run to a supervisor unless one has it. Starting a second one is harmless: it finds the first one's claim
     * on the folder and refuses, so a gateway that died right here loses nothing and repeats nothing.
     */
    private BooleanSupplier begin(Run run, RunDirectory directory, boolean adopted)
            throws CannotLaunchException, VoidException {
        if (adopted && (directory.supervisor().isPresent() || directory.exit().isPresent())) {
            return () -> true; // what carries it is started again by whoever watches
        }
        if (adopted && lease.filter(NodeLease::hadRunOut).isPresent()) {
            throw new CannotLaunchException("this machine had not reached the database for too long");
        }
        if (adopted && directory.hasSpec()) {
            return supervisor.start(directory);
        }
        var launch = prepare(run, directory);
        if (directory.isCarried()) {
            return supervisor.start(directory);
        }
        return launcher.startWarm(launch, directory.path())
                .<BooleanSupplier>map(warm -> warm::isAlive)
                .orElseGet(() -> supervisor.start(directory));
    }

    /** What was agreed to, what is executed and what is recorded is the same state of the files. */
    private Launch prepare(Run run, RunDirectory directory) throws CannotLaunchException, VoidException {
        try (var content = launcher.holdContent(run, waiting(run))) {
            var why = startGuard.voids(run);
            if (why.isPresent()) {
                throw new VoidException(why.get());
            }
            directory.create();
            var launch = launcher.prepare(run, directory.path());
            launcher.revision(run).ifPresent(r -> journal.append(run.id(), new RunEvent.Prepared(r)));
            directory.preface(content.note());
            directory.writeSpec(launch, lease.flatMap(NodeLease::file));
            return launch;
        }
    }

    private Launcher.Waiting waiting(Run run) {
        return new Launcher.Waiting() {
            @Override
            public void doing(String what) {
                journal.progress(run, Progress.NONE.doing(what), List.of(), EventStore.Intake.NONE);
            }

            @Override
            public boolean isOver() {
                return draining
                        || journal.read()
                                .find(run.id())
                                .flatMap(Run::cancelledBy)
                                .isPresent();
            }
        };
    }

    /** What people agreed to is not what would run now. */
    private static final class VoidException extends Exception {
        private static final long serialVersionUID = 1;

        private final String reason;

        VoidException(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    private void look(Run run, RunDirectory directory, BooleanSupplier mayBegin) {
        try (var watch = new RunWatch(
                        run,
                        directory,
                        journal,
                        clock,
                        redaction,
                        launcher.reader(run),
                        new OutputCopies(outputs, run.id(), settings.logs().resolve(run.log()), clock),
                        new Supervision(mayBegin, supervisor, directory, clock));
                var folder = changes.of(directory.path())) {
            while (!draining && !watch.tick()) {
                lost.remove(run.id());
                folder.await(watch.isBusy());
            }
        }
    }

    private void happened(JournalEntry entry) {
        var directory = directory(entry.run());
        if (entry.run().state() == RunState.RUNNING
                && isForRunning(entry.event())
                && directory.path().toFile().isDirectory()) {
            // As it stands now: of two people who pause and resume at once, the last word in the journal counts.
            journal.read().find(entry.run().id()).ifPresent(now -> ask(now, directory));
        }
    }

    /** Another gateway has given up a run that works here: it ends, as its lock is free now. */
    private void happenedElsewhere(JournalEntry entry) {
        happened(entry);
        if (entry.run().state().isFinal() && watches.containsKey(entry.run().id())) {
            directory(entry.run()).requestCancel();
        }
    }

    /** Whether the program that runs Ansible has to hear of it. */
    private static boolean isForRunning(RunEvent event) {
        return switch (event) {
            case RunEvent.CancelRequested _, RunEvent.Paused _, RunEvent.Resumed _ -> true;
            case RunEvent.Requested _,
                    RunEvent.Approved _,
                    RunEvent.Rejected _,
                    RunEvent.Outlined _,
                    RunEvent.Voided _,
                    RunEvent.Stopped _,
                    RunEvent.Expired _,
                    RunEvent.Started _,
                    RunEvent.Adopted _,
                    RunEvent.Prepared _,
                    RunEvent.Finished _ -> false;
        };
    }

    private static void ask(Run run, RunDirectory directory) {
        run.cancelledBy().ifPresent(_ -> directory.requestCancel());
        directory.hold(run.paused().isPresent());
    }

    private RunDirectory directory(Run run) {
        return new RunDirectory(settings.runs(), run.id());
    }

    /** Takes no more work and stops looking; what runs goes on. */
    @Override
    public void close() {
        draining = true;
        workQueue.close();
        if (subscription != null) {
            subscription.close();
        }
        changes.close();
        for (var watch : watches.values()) {
            LockSupport.unpark(watch);
            try {
                watch.join(Duration.ofSeconds(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
