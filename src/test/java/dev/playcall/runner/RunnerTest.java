package dev.playcall.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import dev.playcall.journal.RunJournal;
import dev.playcall.runner.directory.RunDirectory.Launch;
import dev.playcall.runner.queue.StartGuard;
import dev.playcall.runner.queue.WorkQueue;
import dev.playcall.runner.retention.RunnerSettings;
import dev.playcall.store.Database;
import dev.playcall.testing.ManualClock;
import dev.playcall.testing.Runs;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the runner says that it is well, or is not. */
class RunnerTest {
    private final ManualClock clock = new ManualClock(Instant.now());
    private final HandLanes lanes = new HandLanes();
    private final UnluckyLauncher launcher = new UnluckyLauncher();

    @TempDir
    private Path folder;

    private final AskedClearance clearance = new AskedClearance();
    private Database database;
    private RunJournal journal;
    private Runner runner;

    @BeforeEach
    void open() {
        database = Database.open("jdbc:sqlite:" + folder.resolve("playcall.db"), Clock.systemUTC());
        journal = new RunJournal(database.events(), Clock.systemUTC());
        var settings = new RunnerSettings("n", folder.resolve("runs"), folder.resolve("logs"), 4, List.of("true"));
        runner = new Runner(settings, settings::maxRunning, journal, lanes, launcher, bytes -> bytes, clearance, clock);
    }

    @AfterEach
    void close() {
        runner.close();
        database.close();
    }

    /** Says what the test wants it to say. */
    private static final class AskedClearance implements StartGuard {
        private volatile Optional<String> waits = Optional.empty();
        private volatile Optional<String> voids = Optional.empty();

        @Override
        public Optional<String> waitsFor(Run run, List<Run> running) {
            return waits;
        }

        @Override
        public Optional<String> voids(Run run) {
            return voids;
        }
    }

    @Test
    void whatIsNotWhatWasAgreedToIsNeverLaunched() {
        runner.start();
        clearance.waits = Optional.of("frozen");
        clearance.voids = Optional.of("the approval is void: playbooks/deploy.yml changed");
        var run = journal.create(Runs.asked("deploy")).run();
        lanes.wake("deploy");
        assertThat(journal.read().find(run.id()).orElseThrow().state()).isEqualTo(RunState.QUEUED);
        clearance.waits = Optional.empty();
        lanes.wake("deploy");
        await().until(() -> runner.watched() == 0);
        var ended = journal.read().find(run.id()).orElseThrow();
        assertThat(ended.state()).isEqualTo(RunState.REJECTED);
        assertThat(ended.reason()).contains("playbooks/deploy.yml changed");
        assertThat(ended.startedAt()).isEmpty();
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    /** Works on a lock when the test says so. */
    private final class HandLanes implements WorkQueue {
        private Consumer<String> lane = _ -> {};
        private Optional<Instant> looked = Optional.empty();

        @Override
        public void start(String node, Consumer<String> work) {
            lane = work;
            looked = Optional.of(clock.instant());
        }

        @Override
        public void wake(String lock) {
            lane.accept(lock);
        }

        @Override
        public Optional<Instant> looked() {
            return looked;
        }

        @Override
        public Optional<String> problem() {
            return Optional.empty();
        }

        @Override
        public void close() {}
    }

    /** Fails as on a full disk, until it is told that there is room; then it says that there is no such program. */
    private static final class UnluckyLauncher implements Launcher {
        private volatile boolean room;

        @Override
        public Launch prepare(Run run, Path into) throws CannotLaunchException {
            if (room) {
                throw new CannotLaunchException("there is no such program");
            }
            throw new IllegalStateException("no space left on device");
        }

        @Override
        public EventReader reader(Run run) {
            throw new IllegalStateException("nothing was started");
        }
    }

    @Test
    void itIsNotWellBeforeItsStartAndAfterItsEnd() {
        assertThat(runner.problem()).contains("is not started");
        runner.start();
        assertThat(runner.problem()).isEmpty();
        runner.close();
        assertThat(runner.problem()).contains("accepts no more runs");
    }

    @Test
    void itIsNotWellWhenNobodyLooksForWork() {
        runner.start();
        clock.go(Duration.ofSeconds(59));
        assertThat(runner.problem()).isEmpty();
        clock.go(Duration.ofSeconds(16));
        assertThat(runner.problem()).contains("has not polled the queue for 1 min 15 s");
    }

    @Test
    void aRunThatCannotBeWatchedIsCountedUntilItCan() {
        runner.start();
        var run = journal.create(Runs.asked("deploy")).run();
        lanes.wake("deploy");
        await().until(() -> runner.unsupervised().containsKey(run.id()));
        assertThat(runner.unsupervised()).containsEntry(run.id(), "no space left on device");
        assertThat(runner.problem()).isEmpty();
        launcher.room = true;
        await().until(() -> runner.watched() == 0);
        assertThat(runner.unsupervised()).isEmpty();
        assertThat(journal.read().find(run.id()).orElseThrow().state()).isEqualTo(RunState.FAILED);
    }
}
