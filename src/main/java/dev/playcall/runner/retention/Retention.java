package dev.playcall.runner.retention;

import dev.playcall.background.BackgroundLoop;
import dev.playcall.background.Steps;
import dev.playcall.config.binding.RetentionRules;
import dev.playcall.config.file.FileTrees;
import dev.playcall.journal.History;
import dev.playcall.journal.History.DeletedRun;
import dev.playcall.journal.RunJournal;
import dev.playcall.runner.directory.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Forgets what is too old or too much: runs by age and number, logs by age, number and size, each environment by its own rules
 * where it has some. Never what still works, and never what somebody pinned. It works in small steps with pauses between
 * them, so that nobody who starts a run has to wait for it.
 */
public final class Retention implements AutoCloseable {
    /** Whoever starts a run waits no longer than this; shorter steps would mostly wait for the disk. */
    private static final Duration LONGEST_STEP = Duration.ofMillis(30);

    private final Supplier<Limits> configured;
    private final Supplier<Map<String, RetentionRules>> own;
    private final RunnerSettings settings;
    private final RunJournal journal;
    private final Clock clock;
    private final BackgroundLoop loop;
    private Runnable more = () -> {};

    /** @param configured what holds where an environment says nothing of its own, as it is configured now */
    public Retention(
            Supplier<Limits> configured,
            Supplier<Map<String, RetentionRules>> own,
            RunnerSettings settings,
            RunJournal journal,
            Clock clock) {
        this.configured = configured;
        this.own = own;
        this.settings = settings;
        this.journal = journal;
        this.clock = clock;
        this.loop = new BackgroundLoop("retention", Duration.ofMinutes(1), Duration.ofHours(1), clock, this::tick);
    }

    /** What holds where an environment says nothing of its own. */
    public record Limits(Duration runsMaxAge, int runsMaxCount, LogLimits logs) {}

    /**
     * Which logs are kept.
     *
     * @param maxCount the last ones of each playbook in each environment; 0 for any number
     * @param maxSize bytes of all of them together
     */
    public record LogLimits(Duration maxAge, int maxCount, long maxSize) {}

    /** What else is to be forgotten at the same time. To be called before the start. */
    public void also(Runnable forget) {
        more = forget;
    }

    /** Looks once an hour. */
    public void start() {
        loop.start();
    }

    /** What works in the background. */
    public BackgroundLoop loop() {
        return loop;
    }

    /** Forgets what has to go now. Returns how many runs that were. What fails keeps nothing else from going. */
    public int tick() {
        var limits = configured.get();
        var gone = new AtomicInteger();
        new Steps()
                .then(() -> onDisk(() -> new StaleRunDirs(settings, history()).clear()))
                .then(() -> onDisk(() -> gone.set(runs(limits))))
                .then(() -> onDisk(() ->
                        new OldLogs(settings.logs(), journal, limits.logs(), own.get(), clock.instant()).remove()))
                .then(() -> history().deleteFigures(clock.instant().minus(limits.runsMaxAge())))
                .then(more)
                .end();
        return gone.get();
    }

    private interface FileWork {
        void run() throws IOException;
    }

    private static void onDisk(FileWork work) {
        try {
            work.run();
        } catch (IOException e) {
            throw new UncheckedIOException("old runs and logs cannot be removed", e);
        }
    }

    private History history() {
        return journal.read().history();
    }

    private int runs(Limits limits) throws IOException {
        var keeping = own.get();
        var known = new TreeSet<>(history().environments());
        int gone = 0;
        for (var environment : known) {
            var mine = keeping.getOrDefault(environment, RetentionRules.AS_CONFIGURED);
            var oldest = clock.instant().minus(mine.runsMaxAge().orElse(limits.runsMaxAge()));
            gone += delete(new History.Rule(Set.of(environment), Optional.of(oldest), OptionalInt.empty()));
            if (mine.runsMaxCount().isPresent()) {
                var most = OptionalInt.of(mine.runsMaxCount().get());
                gone += delete(new History.Rule(Set.of(environment), Optional.empty(), most));
            }
        }
        var others = known.stream()
                .filter(e -> keeping.getOrDefault(e, RetentionRules.AS_CONFIGURED)
                        .runsMaxCount()
                        .isEmpty())
                .collect(Collectors.toSet());
        return gone + delete(new History.Rule(others, Optional.empty(), OptionalInt.of(limits.runsMaxCount())));
    }

    /** Half of the time at most is ours: whoever wants to write gets in between. */
    private int delete(History.Rule rule) throws IOException {
        int all = 0;
        int step = 16;
        while (!Thread.currentThread().isInterrupted()) {
            long begun = System.nanoTime();
            var gone = history().delete(rule, step);
            if (gone.isEmpty()) {
                return all;
            }
            var took = Duration.ofNanos(System.nanoTime() - begun);
            all += gone.size();
            files(gone);
            step = took.compareTo(LONGEST_STEP) > 0 ? Math.max(8, step / 2) : Math.min(256, step * 2);
            LockSupport.parkNanos(Math.max(took.toNanos(), TimeUnit.MILLISECONDS.toNanos(5)));
        }
        return all;
    }

    /** After the rows: should we die in between, {@link StaleRunDirs} finds the folders, and age takes the logs. */
    private void files(List<DeletedRun> gone) throws IOException {
        for (var run : gone) {
            FileTrees.delete(new RunDirectory(settings.runs(), run.run()).path());
            if (!run.log().isEmpty()) {
                var file = settings.logs().resolve(run.log()).normalize();
                if (file.startsWith(settings.logs())) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** The rules of the environments of a catalogue, for those that have some. */
    public static <E> Map<String, RetentionRules> rules(Map<?, E> environments, Function<E, RetentionRules> keeping) {
        return environments.entrySet().stream()
                .collect(Collectors.toMap(e -> e.getKey().toString(), e -> keeping.apply(e.getValue())));
    }

    @Override
    public void close() {
        loop.abort();
    }
}
