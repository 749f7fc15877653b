package dev.playcall.runner;

import dev.playcall.domain.Run;
import dev.playcall.journal.RunJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets what is too old or too much: runs by age and number, logs by age and size. Never what still works. */
public final class Retention implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Retention.class);

    private final Limits limits;
    private final RunnerSettings settings;
    private final RunJournal journal;
    private final Clock clock;
    private @Nullable ScheduledExecutorService timer;

    public Retention(Limits limits, RunnerSettings settings, RunJournal journal, Clock clock) {
        this.limits = limits;
        this.settings = settings;
        this.journal = journal;
        this.clock = clock;
    }

    /** Sizes in bytes, all logs together. */
    public record Limits(Duration runsMaxAge, int runsMaxCount, Duration logsMaxAge, long logsMaxSize) {}

    /** Looks once an hour. */
    public void start() {
        timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("retention").daemon().factory());
        var _ = timer.scheduleWithFixedDelay(this::tick, 1, 60, TimeUnit.MINUTES);
    }

    /** Forgets what has to go now. */
    void tick() {
        try {
            runs();
            logs();
        } catch (IOException | RuntimeException e) {
            log.warn("Old runs and logs could not be removed, trying again in an hour: {}", e.toString());
        }
    }

    private void runs() throws IOException {
        var before = clock.instant().minus(limits.runsMaxAge());
        var gone = journal.read().forget(before, limits.runsMaxCount());
        while (!gone.isEmpty()) {
            for (var run : gone) {
                Trees.delete(new RunDirectory(settings.runs(), run).path());
            }
            gone = journal.read().forget(before, limits.runsMaxCount());
        }
    }

    private record LogFile(Path path, Instant changed, long size) {}

    private void logs() throws IOException {
        if (!Files.isDirectory(settings.logs())) {
            return;
        }
        var working = journal.read().running().stream()
                .map(Run::log)
                .map(l -> settings.logs().resolve(l))
                .collect(Collectors.toSet());
        var oldest = clock.instant().minus(limits.logsMaxAge());
        long size = 0;
        for (var file : newestFirst()) {
            size += file.size();
            boolean tooMuch = file.changed().isBefore(oldest) || size > limits.logsMaxSize();
            if (tooMuch && !working.contains(file.path())) {
                Files.deleteIfExists(file.path());
            }
        }
    }

    private List<LogFile> newestFirst() throws IOException {
        var found = new java.util.ArrayList<LogFile>();
        try (Stream<Path> files = Files.walk(settings.logs(), 2)) {
            for (var path : files.filter(p -> p.toString().endsWith(".log")).toList()) {
                found.add(new LogFile(path, Files.getLastModifiedTime(path).toInstant(), Files.size(path)));
            }
        }
        found.sort(Comparator.comparing(LogFile::changed).reversed());
        return found;
    }

    @Override
    public void close() {
        if (timer != null) {
            timer.close();
        }
    }
}
