package dev.playcall.runner;

import dev.playcall.config.file.AtomicFile;
import dev.playcall.runner.OutputStore.Piece;
import dev.playcall.runner.directory.RunDirectory;
import dev.playcall.runner.retention.RunnerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Writes the logs and results of runs that other gateways execute where those of our own are, so that all is shown here as well. */
public final class OutputMirror {
    private static final int AT_ONCE = 64;
    /** A gateway that was away for longer misses logs. */
    private static final Duration KEPT = Duration.ofDays(3);

    private static final Duration CLEANING = Duration.ofMinutes(10);

    private final OutputStore store;
    private final RunnerSettings settings;
    private final Path cursor;
    private final InstantSource clock;
    private Instant cleaned = Instant.EPOCH;
    private long last = -1;

    /** @param cursor the file that keeps how far we are */
    public OutputMirror(OutputStore store, RunnerSettings settings, Path cursor, InstantSource clock) {
        this.store = store;
        this.settings = settings;
        this.cursor = cursor;
        this.clock = clock;
    }

    /** Writes all that has come. For one thread. */
    public void catchUp() {
        try {
            last = last < 0 ? read() : last;
            List<Piece> pieces;
            do {
                pieces = store.after(last, settings.node(), AT_ONCE);
                for (var piece : pieces) {
                    write(piece);
                    last = piece.id();
                }
                if (!pieces.isEmpty()) {
                    AtomicFile.write(cursor, last + "\n");
                }
            } while (pieces.size() == AT_ONCE);
        } catch (IOException e) {
            throw new UncheckedIOException("the output of other gateways cannot be written", e);
        }
        clean();
    }

    private void clean() {
        var now = clock.instant();
        if (Duration.between(cleaned, now).compareTo(CLEANING) > 0) {
            cleaned = now;
            store.forget(KEPT);
        }
    }

    private void write(Piece piece) throws IOException {
        if (piece.file().equals(OutputStore.LOG)) {
            var log = settings.logs().resolve(piece.log()).normalize();
            if (!piece.log().isEmpty() && log.startsWith(settings.logs())) {
                LogModes.makeFolder(log.toAbsolutePath().resolveSibling(""));
                write(log, piece);
            }
            return;
        }
        var folder = new RunDirectory(settings.runs(), piece.run());
        folder.keep();
        write(folder.path().resolve(piece.file()), piece);
    }

    private static void write(Path file, Piece piece) throws IOException {
        try (FileChannel channel = LogModes.open(file)) {
            if (channel.size() < piece.place()) {
                return; // the pieces before it are gone, or the log was removed here
            }
            channel.truncate(piece.place());
            var bytes = piece.bytes().duplicate();
            for (long place = piece.place(); bytes.hasRemaining(); ) {
                place += channel.write(bytes, place);
            }
        }
    }

    private long read() throws IOException {
        try {
            return Long.parseLong(Files.readString(cursor).strip());
        } catch (NoSuchFileException | NumberFormatException e) {
            return 0;
        }
    }
}
