package dev.playcall.store;

import static dev.playcall.testing.Runs.asked;

import dev.playcall.domain.HostResult;
import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.HostResult.HostStats;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.Progress;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.RunRequest;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.EventStore.Appended;
import dev.playcall.journal.EventStore.Intake;
import dev.playcall.journal.JournalEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A database of its own for each test, and steps that the contracts of the store share. */
public abstract class StoreFixture {
    public static final Instant T = Instant.parse("2026-01-31T09:30:00.123Z");

    @TempDir
    private Path folder;

    private TestDatabase opened;

    @BeforeEach
    void openDatabase() {
        opened = open(folder);
    }

    /** Of SQLite, where a contract is not kept by another one. */
    TestDatabase open(Path place) {
        return SqliteFile.in(place);
    }

    @AfterEach
    void closeDatabase() {
        opened.close();
    }

    public Database database() {
        return opened.database();
    }

    /** The same database once more, as a gateway sees it that starts after this one. */
    Database again() {
        return opened.again();
    }

    public SqliteFile file() {
        return (SqliteFile) opened;
    }

    /** What no gateway would do. */
    void sql(String statement) {
        opened.sql(statement);
    }

    public EventStore store() {
        return database().events();
    }

    public Run create(RunEvent.Requested asked) {
        return store().create(asked, T).run();
    }

    public Optional<Run> claim(String lock, int max) {
        return claim(store(), lock, max);
    }

    static Optional<Run> claim(EventStore store, String lock, int max) {
        return store.claim(
                        lock,
                        max,
                        "node",
                        (run, _) -> "production/" + run.id().value() + ".log",
                        () -> T.plusSeconds(1))
                .map(JournalEntry::run);
    }

    public Run finish(Run run, Outcome outcome) {
        var appended = store().append(run.id(), new RunEvent.Finished(outcome), T.plusSeconds(5));
        return ((Appended.At) appended).entry().run();
    }

    void run(RunRequest request, HostResult... hosts) {
        run(request, new Outcome.Success(), hosts);
    }

    void run(RunRequest request, Outcome outcome, HostResult... hosts) {
        create(asked(request));
        var run = claim(request.lock(), 9).orElseThrow();
        store().progress(run.id(), Progress.NONE, List.of(hosts), Intake.NONE);
        finish(run, outcome);
    }

    static HostResult host(String name, HostOutcome outcome) {
        boolean bad = outcome.isBad();
        return new HostResult(
                name,
                outcome,
                new HostStats(2, 1, 0, bad ? 1 : 0, 0, 0, 0),
                bad ? Optional.of("Health check") : Optional.empty(),
                bad ? Optional.of("answered 503") : Optional.empty(),
                Duration.ofMillis(1234));
    }
}
