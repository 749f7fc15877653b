package dev.playcall.status;

import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.file.OrdinaryModes;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.journal.JournalEntry;
import dev.playcall.journal.RunJournal;
import dev.playcall.journal.RunQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps {@code inventory/<env>/status.yml} true. The file is made anew from the database each time and moved into place,
 * so a hand edit or a broken file is simply replaced, and a folder that cannot be written costs a warning and nothing else.
 */
public final class StatusFiles implements RunJournal.Follower, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StatusFiles.class);
    private static final int HISTORY = 50;

    private final RunJournal journal;
    private final Catalogs catalogs;
    private final Clock clock;
    private final Set<EnvironmentName> due = ConcurrentHashMap.newKeySet();
    private @Nullable ScheduledExecutorService timer;

    public StatusFiles(RunJournal journal, Catalogs catalogs, Clock clock) {
        this.journal = journal;
        this.catalogs = catalogs;
        this.clock = clock;
    }

    /** Brings every file up to date, then follows the journal. */
    public void start() {
        due.addAll(catalogs.current().environments().keySet());
        journal.follow(this);
        timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("status-files").daemon().factory());
        var _ = timer.scheduleWithFixedDelay(this::tick, 0, 500, TimeUnit.MILLISECONDS);
    }

    @Override
    public void happened(JournalEntry entry) {
        if (entry.event() instanceof RunEvent.Started || entry.event() instanceof RunEvent.Finished) {
            due.add(entry.run().request().environment());
        }
    }

    /** Writes the files that are out of date. */
    void tick() {
        for (var name : Set.copyOf(due)) {
            due.remove(name);
            try {
                catalogs.current().environment(name).ifPresent(this::write);
            } catch (RuntimeException e) {
                log.warn("The status of {} could not be written: {}", name, e.getMessage());
            }
        }
    }

    private void write(Environment environment) {
        var file = environment.folder().resolve("status.yml");
        var text = StatusYaml.of(
                environment,
                journal.read().statuses(environment.name()),
                journal.read()
                        .list(RunQuery.of(environment.name().value(), HISTORY))
                        .runs(),
                clock.instant());
        try {
            replace(file, text);
        } catch (IOException e) {
            log.warn("{} could not be written: {}", file, e.getMessage());
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
        if (timer != null) {
            timer.close();
        }
        tick();
    }
}
