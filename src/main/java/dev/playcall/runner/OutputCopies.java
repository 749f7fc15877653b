package dev.playcall.runner;

import dev.playcall.domain.name.RunId;
import dev.playcall.runner.directory.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Copies what one run writes for other gateways: its log while it grows, the rest at its end. For one thread. */
final class OutputCopies {
    private static final Duration EVERY = Duration.ofMillis(500);
    private static final int PIECE = 1 << 18;
    private static final List<String> AT_THE_END = List.of("events", "playbook.yml", "ansible.settings");

    private final Optional<OutputStore> store;
    private final RunId run;
    private final Path log;
    private final Clock clock;
    private Instant looked = Instant.EPOCH;
    private long copied = -1;

    /** @param store empty where there are no others */
    OutputCopies(Optional<OutputStore> store, RunId run, Path log, Clock clock) {
        this.store = store;
        this.run = run;
        this.log = log;
        this.clock = clock;
    }

    Path log() {
        return log;
    }

    /** @param written how much of the log is written for good */
    void grown(long written) {
        var now = clock.instant();
        if (store.isPresent() && Duration.between(looked, now).compareTo(EVERY) >= 0) {
            looked = now;
            log(store.get(), written);
        }
    }

    /** To be said before the run has ended for others. */
    void ended(RunDirectory directory, long written) {
        store.ifPresent(to -> {
            log(to, written);
            for (var name : AT_THE_END) {
                var file = directory.path().resolve(name);
                if (Files.isRegularFile(file)) {
                    copy(to, file, name, 0, size(file));
                }
            }
        });
    }

    private void log(OutputStore to, long written) {
        if (copied < 0) {
            copied = Math.min(written, to.end(run, OutputStore.LOG));
        }
        copy(to, log, OutputStore.LOG, copied, written);
        copied = written;
    }

    private void copy(OutputStore to, Path file, String name, long from, long end) {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (long place = from; place < end; ) {
                var part = ByteBuffer.allocate((int) Math.min(PIECE, end - place));
                int got = channel.read(part, place);
                if (got <= 0) {
                    return;
                }
                to.add(run, name, place, java.util.Arrays.copyOf(part.array(), got));
                place += got;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
