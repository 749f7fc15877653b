package dev.playcall.runner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Copies the raw output of a run to its log, without secrets. Works in whole lines, so that no secret is cut in two, and
 * with one buffer, whatever the size of the output.
 */
final class LogCopy implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Path from;
    private final Path log;
    private final FileChannel to;
    private final Redaction redaction;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private long read;
    private long written;

    /** Goes on after these offsets: what an earlier gateway wrote beyond them is written again. */
    public LogCopy(Path from, Path to, long read, long written, Redaction redaction) {
        this.from = from;
        this.log = to;
        this.redaction = redaction;
        try {
            LogModes.makeFolder(to.toAbsolutePath().resolveSibling(""));
            this.to = LogModes.open(to);
            // A log that is shorter than we remember was cut by somebody; starting over is the only complete answer.
            boolean known = this.to.size() >= written;
            this.read = known ? read : 0;
            this.written = known ? written : 0;
            this.to.truncate(this.written);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the log " + to, e);
        }
    }

    public long read() {
        return read;
    }

    public long written() {
        return written;
    }

    /** Copies what is new; with {@code last} also a line without an end. Returns whether anything was. */
    public boolean copy(boolean last) {
        if (!Files.exists(from)) {
            return false;
        }
        try (var source = FileChannel.open(from, StandardOpenOption.READ)) {
            boolean moved = false;
            while (step(source, last)) {
                moved = true;
            }
            return moved;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the log " + log, e);
        }
    }

    private boolean step(FileChannel source, boolean last) throws IOException {
        buffer.clear();
        int got = source.read(buffer, read);
        if (got <= 0) {
            return false;
        }
        int end = lineEnd(got);
        if (end == 0) {
            if (got < BUFFER && !last) {
                return false;
            }
            // The end of the run, or a line longer than the buffer, which must not be cut within a secret.
            end = got < BUFFER ? got : redaction.settled(Arrays.copyOf(buffer.array(), got));
        }
        write(redaction.redact(Arrays.copyOf(buffer.array(), end)));
        read += end;
        return true;
    }

    private void write(byte[] clean) throws IOException {
        for (var left = ByteBuffer.wrap(clean); left.hasRemaining(); ) {
            written += to.write(left, written);
        }
    }

    private int lineEnd(int got) {
        for (int i = got; i > 0; i--) {
            if (buffer.get(i - 1) == '\n') {
                return i;
            }
        }
        return 0;
    }

    @Override
    public void close() {
        try {
            to.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
