package dev.playcall.status;

import dev.playcall.background.BackgroundLoop;
import dev.playcall.background.Steps;
import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.file.OrdinaryModes;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.journal.JournalEntry;
import dev.playcall.journal.RunJournal;
import dev.playcall.journal.RunQuery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps {@code inventory/<env>/status.yml} true. The file is made anew from the database each time and moved into place,
 * so a hand edit or a broken file is simply replaced, and a folder that cannot be written keeps nothing else from work.
 */
public final class StatusFiles implements RunJournal.Follower, AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(500);
    private static final int HISTORY = 50;
    /** While runs only work, what they do to the file is worth half a percent of a processor. */
    private static final int REST = 200;

    private final RunJournal journal;
    private final Catalogs catalogs;
    private final Clock clock;
    private final Set<EnvironmentName> due = ConcurrentHashMap.newKeySet();
    private final Set<EnvironmentName> progressed = ConcurrentHashMap.newKeySet();
    private final Map<EnvironmentName, Long> resting = new HashMap<>();
    private final Map<EnvironmentName, String> written = new HashMap<>();
    private final BackgroundLoop loop;

    public StatusFiles(RunJournal journal, Catalogs catalogs, Clock clock) {
        this.journal = journal;
        this.catalogs = catalogs;
        this.clock = clock;
        this.loop = new BackgroundLoop("status-files", EVERY, clock, this::tick);
    }

    /** Brings every file up to date, then follows the journal. */
    public void start() {
        due.addAll(catalogs.current().environments().keySet());
        journal.follow(this);
        loop.start();
    }

    /** What works in the background. */
    public BackgroundLoop loop() {
        return loop;
    }

    @Override
    public void happened(JournalEntry entry) {
        if (entry.event() instanceof RunEvent.Started || entry.event() instanceof RunEvent.Finished) {
            due.add(entry.run().request().environment());
        }
    }

    /** On which host a run works changes without an event. */
    @Override
    public void progressed(Run run) {
        progressed.add(run.request().environment());
    }

    /** Writes the files that are out of date. */
    void tick() {
        var steps = new Steps();
        long now = System.nanoTime();
        progressed.stream()
                .filter(name -> now - resting.getOrDefault(name, now) >= 0)
                .forEach(due::add);
        Set.copyOf(due).forEach(name -> steps.then(() -> bringUpToDate(name)));
        steps.end();
    }

    /** One that cannot be written stays due. */
    private void bringUpToDate(EnvironmentName name) {
        due.remove(name);
        progressed.remove(name);
        boolean done = false;
        long begun = System.nanoTime();
        try {
            catalogs.current().environment(name).ifPresent(this::write);
            done = true;
            long end = System.nanoTime();
            resting.put(name, end + REST * (end - begun));
        } finally {
            if (!done) {
                due.add(name);
            }
        }
    }

    /** A run that only works on leaves the words as they are; then the file stays. */
    private void write(Environment environment) {
        var file = environment.folder().resolve("status.yml");
        var text = StatusYaml.of(
                environment,
                journal.read().statuses(environment.name()),
                journal.read()
                        .list(RunQuery.of(environment.name().value(), HISTORY))
                        .runs(),
                clock.instant());
        var known = text.replaceFirst("(?m)^last_updated: .*$", "");
        if (known.equals(written.get(environment.name())) && Files.exists(file)) {
            return;
        }
        try {
            Files.createDirectories(environment.folder());
            replace(file, text);
            written.put(environment.name(), known);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }

    private static void replace(Path file, String text) throws IOException {
        var draft = file.resolveSibling(".status.yml.new");
        Files.writeString(draft, text);
        OrdinaryModes.give(draft, file);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() {
        loop.close();
        try {
            var _ = loop.tick();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
