package dev.playcall.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.playcall.domain.HostResult;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.Progress;
import dev.playcall.domain.Run;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.RunJournal;
import dev.playcall.runner.directory.ExitRecord;
import dev.playcall.runner.directory.RunDirectory.Launch;
import dev.playcall.runner.queue.StartGuard;
import dev.playcall.runner.queue.WorkQueue;
import dev.playcall.runner.retention.RunnerSettings;
import dev.playcall.store.Database;
import dev.playcall.testing.LoggedFaults;
import dev.playcall.testing.ManualClock;
import dev.playcall.testing.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run ended when it ended, not when the gateway came to see it. */
class RunEndTest {
    private static final Instant START = Instant.parse("2026-11-28T10:00:00Z");
    private static final Instant END = START.plusMillis(8150);

    private final ManualClock clock = new ManualClock(START);

    @TempDir
    private Path folder;

    private Database database;
    private RunJournal journal;
    private Run run;
    private Runner runner;

    @BeforeEach
    void aRunThatAnEarlierGatewayBegan() throws IOException {
        database = Database.open("jdbc:sqlite:" + folder.resolve("playcall.db"), clock);
        journal = new RunJournal(database.events(), clock);
        journal.create(Runs.asked("deploy"));
        run = journal.claim("deploy", 4, "n", LogNames::of, EventStore.Admission.ALL)
                .orElseThrow();
        Files.createDirectories(directory());
        Files.writeString(directory().resolve("spec.json"), "{}");
        Files.writeString(directory().resolve("run.json"), "{\"pid\": 0, \"ticks\": 1, \"boot\": \"another\"}");
        clock.go(Duration.ofHours(2));
        var settings = new RunnerSettings("n", folder.resolve("runs"), folder.resolve("logs"), 4, List.of("true"));
        runner = new Runner(
                settings,
                settings::maxRunning,
                journal,
                new NoLanes(),
                new Ended(),
                bytes -> bytes,
                StartGuard.ALL,
                clock);
    }

    @AfterEach
    void close() {
        runner.close();
        database.close();
    }

    private Path directory() {
        return folder.resolve("runs").resolve(Long.toString(run.id().value()));
    }

    private void exits(Instant at) throws IOException {
        Files.writeString(
                directory().resolve("exit.json"),
                "{\"rc\": 0, \"why\": \"exited\", \"ended\": " + at.toEpochMilli() + "}");
    }

    private Run seen() {
        runner.start();
        await().until(() -> journal.read().find(run.id()).orElseThrow().state().isFinal());
        await().until(() -> runner.watched() == 0);
        return journal.read().find(run.id()).orElseThrow();
    }

    @Test
    void theEndIsTheOneOfTheExitRecordHoweverLateItIsSeen() throws IOException {
        exits(END);
        var ended = seen();
        assertThat(ended.endedAt()).contains(END);
        assertThat(ended.duration(clock.instant())).contains(Duration.ofMillis(8150));
        assertThat(journal.read().entries(run.id()).getLast().at()).isEqualTo(END);
        var next = journal.create(Runs.asked("deploy")).run();
        assertThat(journal.read().like(next, 5))
                .extracting(EventStore.Past::duration)
                .containsExactly(Duration.ofMillis(8150));
    }

    @Test
    void noRunEndsBeforeItsStart() throws IOException {
        exits(START.minusSeconds(60));
        assertThat(seen().endedAt()).contains(START);
    }

    @Test
    void noRunEndsInTheFuture() throws IOException {
        exits(clock.instant().plusSeconds(60));
        assertThat(seen().endedAt()).contains(clock.instant());
    }

    @Test
    void withoutAnExitRecordItEndedWithItsLastSignOfLife() throws IOException {
        Files.writeString(directory().resolve("output"), "PLAY [all] ***\n");
        for (var name : List.of("run.json", "output")) {
            Files.setLastModifiedTime(directory().resolve(name), FileTime.from(END));
        }
        var ended = seen();
        assertThat(ended.reason()).contains("without a record");
        assertThat(ended.endedAt()).contains(END);
    }

    @Test
    void logsThatCannotBeWrittenAreToldInOneLineUntilTheyCan() throws IOException {
        exits(END);
        Files.writeString(directory().resolve("output"), "PLAY [all] ***\n");
        var logs = folder.resolve("logs");
        var month = logs.resolve(Path.of(run.log()).subpath(0, 1));
        Files.createDirectories(logs);
        Files.writeString(month, "a file where a folder should be");
        try (var faults = new LoggedFaults()) {
            runner.start();
            await().until(() -> runner.unsupervised().size() == 1);
            assertThat(runner.unsupervised().get(run.id()))
                    .contains("cannot write the log ")
                    .contains(month.toString());
            assertThat(faults.seen())
                    .singleElement()
                    .asString()
                    .contains("Cannot read run directory of #1", "cannot write the log")
                    .doesNotContain("UncheckedIOException");
        }
        Files.delete(month);
        assertThat(seen().endedAt()).contains(END);
        assertThat(runner.unsupervised()).isEmpty();
    }

    private static final class NoLanes implements WorkQueue {
        @Override
        public void start(String node, Consumer<String> work) {}

        @Override
        public void wake(String lock) {}

        @Override
        public Optional<Instant> looked() {
            return Optional.empty();
        }

        @Override
        public Optional<String> problem() {
            return Optional.empty();
        }

        @Override
        public void close() {}
    }

    /** Starts nothing and takes every exit for a success. */
    private static final class Ended implements Launcher, EventReader {
        @Override
        public Launch prepare(Run run, Path into) {
            throw new IllegalStateException("it was started before");
        }

        @Override
        public EventReader reader(Run run) {
            return this;
        }

        @Override
        public void line(String json) {}

        @Override
        public Progress progress() {
            return Progress.NONE;
        }

        @Override
        public List<HostResult> takeChanged() {
            return List.of();
        }

        @Override
        public void end() {}

        @Override
        public Outcome verdict(ExitRecord exitRecord, String tail) {
            return new Outcome.Success();
        }
    }
}
