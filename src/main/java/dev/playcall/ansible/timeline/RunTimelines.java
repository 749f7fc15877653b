package dev.playcall.ansible.timeline;

import dev.playcall.domain.Timeline;
import dev.playcall.domain.name.RunId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Reads what runs did from their event files; what was read once is not read again while somebody looks. */
public final class RunTimelines {
    private static final int KEPT = 16;
    private static final int PIECE = 1 << 20;

    private final Path runs;
    private final UnaryOperator<String> redact;
    private final Map<RunId, Reading> readings = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RunId, Reading> eldest) {
            return size() > KEPT;
        }
    };

    /**
     * @param runs where each run has its folder
     * @param redact takes secrets out of a text
     */
    public RunTimelines(Path runs, UnaryOperator<String> redact) {
        this.runs = runs;
        this.redact = redact;
    }

    /** As far as it is written; empty when the run has no events (any more). */
    public Timeline of(RunId run) {
        Reading reading;
        synchronized (readings) {
            reading = readings.computeIfAbsent(
                    run, r -> new Reading(runs.resolve(Long.toString(r.value())).resolve("events")));
        }
        return reading.timeline();
    }

    private final class Reading {
        private final Path file;
        private final TimelineFold fold = new TimelineFold(redact);
        private long offset;

        Reading(Path file) {
            this.file = file;
        }

        synchronized Timeline timeline() {
            if (Files.isRegularFile(file)) {
                read();
            }
            return fold.timeline();
        }

        private void read() {
            try (var in = new RandomAccessFile(file.toFile(), "r")) {
                var piece = new byte[PIECE];
                in.seek(offset);
                for (int n = in.read(piece); n > 0; n = in.read(piece)) {
                    int used = lines(piece, n);
                    if (used == 0 && n == PIECE) {
                        used = n; // a line that long is none of ours
                    } else if (used == 0) {
                        return; // its end is not written yet
                    }
                    offset += used;
                    in.seek(offset);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private int lines(byte[] piece, int length) {
            int from = 0;
            for (int i = 0; i < length; i++) {
                if (piece[i] == '\n') {
                    fold.line(new String(piece, from, i - from, StandardCharsets.UTF_8));
                    from = i + 1;
                }
            }
            return from;
        }
    }
}
