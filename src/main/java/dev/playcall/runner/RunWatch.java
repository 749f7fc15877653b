package dev.playcall.runner;

import dev.playcall.domain.Outcome;
import dev.playcall.domain.Progress;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.name.Person;
import dev.playcall.journal.EventStore.Intake;
import dev.playcall.journal.EventStore.RunCompletion;
import dev.playcall.journal.RunJournal;
import dev.playcall.runner.directory.ExitRecord;
import dev.playcall.runner.directory.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Watches one running run through its files: copies the log, counts results, and tells the journal how it ended. Whether
 * this gateway started the run or another one did makes no difference.
 */
final class RunWatch implements AutoCloseable {
    private static final Duration BETWEEN_REPORTS = Duration.ofMillis(500);
    /** How long a supervisor may take from its start to its first record. */
    private static final Duration START = Duration.ofSeconds(20);

    private final Run run;
    private final RunDirectory directory;
    private final RunJournal journal;
    private final Clock clock;
    private final Redaction redaction;
    private final EventReader events;
    private final LineTail eventFile;
    private final LogCopy log;
    private final Path logFile;
    private final OutputCopies copies;
    private final int expected;
    private final Instant since;
    private final Supervision supervision;
    private Instant reported = Instant.EPOCH;
    private @Nullable Progress lastProgress;
    private Instant seenAlive = Instant.EPOCH;
    private boolean busy;

    /**
     * @param copies its log, which others may want to see
     * @param supervision what executes it
     */
    RunWatch(
            Run run,
            RunDirectory directory,
            RunJournal journal,
            Clock clock,
            Redaction redaction,
            EventReader events,
            OutputCopies copies,
            Supervision supervision) {
        this.run = run;
        this.directory = directory;
        this.journal = journal;
        this.clock = clock;
        this.redaction = redaction;
        this.events = events;
        this.eventFile = new LineTail(directory.events());
        var intake = journal.read().intake(run.id());
        this.log = new LogCopy(directory.output(), copies.log(), intake.output(), intake.log(), redaction);
        this.copies = copies;
        this.logFile = copies.log();
        this.expected = median(journal.read().like(run, 5).stream()
                .map(p -> p.results())
                .sorted()
                .toList());
        this.since = clock.instant();
        this.supervision = supervision;
    }

    /** One look at everything. Returns true when the run is over and the journal knows it. */
    boolean tick() {
        // Look at the end first: what was written before it is then certainly there to be read.
        var exit = directory.exit();
        var alive = exit.isEmpty() && isAlive();
        if (exit.isEmpty() && !alive) {
            exit = directory.exit();
        }
        if (alive) {
            seenAlive = clock.instant();
        }
        boolean over = exit.isPresent() || !alive;
        boolean moreOutput = log.copy(over);
        boolean moreEvents = eventFile.read(this::event);
        if (over) {
            finish(exit);
        } else {
            busy = !report(false) || moreOutput || moreEvents;
            copies.grown(log.written());
        }
        return over;
    }

    /** Whether the last look found something new, or something that is to be reported a moment later. */
    boolean isBusy() {
        return busy;
    }

    private void event(byte[] line) {
        events.line(new String(redaction.redact(line), StandardCharsets.UTF_8));
    }

    private boolean isAlive() {
        var supervisor = directory.supervisor();
        if (supervisor.isPresent()) {
            return supervisor.get().isAlive() || supervision.isStartedAgain();
        }
        boolean starting = Duration.between(since, clock.instant()).compareTo(START) < 0;
        return (starting && supervision.mayBegin()) || supervision.isStartedAgain();
    }

    /** Returns false when there is something to report, for which it is too early. */
    private boolean report(boolean now) {
        var counted = withExpected(events.progress());
        var progress = directory.contact().map(counted::doing).orElse(counted);
        boolean due = Duration.between(reported, clock.instant()).compareTo(BETWEEN_REPORTS) >= 0;
        boolean isNew = !progress.equals(lastProgress);
        if (now || (due && isNew)) {
            var intake = new Intake(eventFile.offset(), log.read(), log.written());
            journal.progress(run, progress, events.takeChanged(), intake);
            reported = clock.instant();
            lastProgress = progress;
            return true;
        }
        return !isNew;
    }

    private Progress withExpected(Progress p) {
        return new Progress(
                p.results(),
                Math.max(expected, expected == 0 ? 0 : p.results()),
                p.play(),
                p.task(),
                p.hosts(),
                p.ok(),
                p.changed(),
                p.failed(),
                p.unreachable(),
                p.skipped());
    }

    private void finish(Optional<ExitRecord> exit) {
        Outcome outcome;
        if (exit.isPresent()) {
            outcome = verdict(exit.get());
        } else {
            OrphanKiller.after(directory);
            outcome = new Outcome.Interrupted(new LostSupervisor(directory).reason());
        }
        events.end(); // a cancel and a lost supervisor are no verdict of the events
        report(true); // after the verdict, which also says how far the hosts came
        log.close();
        keepEvents();
        copies.ended(directory, log.written());
        journal.end(run.id(), new RunEvent.Finished(outcome), after(exit));
        directory.tidy();
    }

    private RunCompletion after(Optional<ExitRecord> exit) {
        return new RunCompletion(
                exit.flatMap(ExitRecord::cpu),
                exit.flatMap(ExitRecord::peakBytes),
                LogSummary.of(logFile),
                Optional.of(ended(exit)));
    }

    /** As recorded; without a record, its last sign of life. The gateway may have been away for long after that. */
    private Instant ended(Optional<ExitRecord> exit) {
        var now = clock.instant();
        var known = exit.flatMap(ExitRecord::ended).or(this::lastSign).orElse(now);
        var earliest = run.startedAt().orElse(known);
        return known.isAfter(now) ? now : known.isBefore(earliest) ? earliest : known;
    }

    private Optional<Instant> lastSign() {
        return directory.lastWritten().map(written -> written.isAfter(seenAlive) ? written : seenAlive);
    }

    /** Who cancelled stands in the journal, not in the exit record. */
    private Outcome verdict(ExitRecord exitRecord) {
        var asked = exitRecord.why() == ExitRecord.Why.CANCELLED
                ? journal.read().find(run.id()).flatMap(Run::cancelledBy)
                : Optional.<Person>empty();
        return asked.<Outcome>map(by -> new Outcome.Cancelled(by, exitRecord.remote()))
                .orElseGet(() -> events.verdict(exitRecord, tail()));
    }

    private String tail() {
        return LogTail.last(logFile, 8192);
    }

    /** The events stay for whoever looks later, so they must be as clean as the log. */
    private void keepEvents() {
        if (!Files.exists(directory.events())) {
            return;
        }
        var clean = directory.path().resolve("events.clean");
        try (var copy = new LogCopy(directory.events(), clean, 0, 0, redaction)) {
            copy.copy(true);
        }
        try {
            Files.move(clean, directory.events(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int median(List<Integer> sorted) {
        return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
    }

    @Override
    public void close() {
        log.close();
    }
}
