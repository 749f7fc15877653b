package dev.playcall.web.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where every thousandth line of a log begins. To be used by one thread at a time. */
final class LineIndex {
    private static final int STEP = 1000;

    private final Path file;
    private final List<Long> begins = new ArrayList<>(List.of(0L));
    private long scanned;
    private long total;

    LineIndex(Path file) {
        this.file = file;
    }

    /** Complete lines. */
    long total() {
        return total;
    }

    /** Bytes of the complete lines. */
    long scanned() {
        return scanned;
    }

    /** Counts what was written since; a file that shrank is another one. */
    void grow() {
        try (var channel = FileChannel.open(file)) {
            if (channel.size() < scanned) {
                begins.clear();
                begins.add(0L);
                scanned = 0;
                total = 0;
            }
            var bytes = new byte[1 << 18];
            long at = scanned;
            int read;
            while ((read = channel.read(ByteBuffer.wrap(bytes), at)) > 0) {
                // The JVM finds a character in a string many bytes at a time.
                var piece = new String(bytes, 0, read, StandardCharsets.ISO_8859_1);
                for (int i = piece.indexOf('\n'); i >= 0; i = piece.indexOf('\n', i + 1)) {
                    scanned = at + i + 1;
                    if (++total % STEP == 0) {
                        begins.add(scanned);
                    }
                }
                at += read;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where this line begins, or the log ends. */
    long offset(long line) {
        if (line > total) {
            return scanned;
        }
        long at = begins.get((int) ((line - 1) / STEP));
        long left = (line - 1) % STEP;
        try (var channel = FileChannel.open(file)) {
            var buffer = ByteBuffer.allocate(1 << 16);
            while (left > 0 && channel.read(buffer.clear(), at) > 0) {
                buffer.flip();
                int i = 0;
                while (i < buffer.limit() && left > 0) {
                    if (buffer.get(i++) == '\n') {
                        left--;
                    }
                }
                at += i;
            }
            return at;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What there is from this line on, in pieces of at most a thousand lines; none beyond the end. */
    List<LogSearch.Piece> pieces(long first) {
        var pieces = new ArrayList<LogSearch.Piece>();
        long line = first;
        long from = offset(first);
        while (line <= total) {
            int next = (int) ((line - 1) / STEP) + 1;
            long to = next < begins.size() ? begins.get(next) : scanned;
            pieces.add(new LogSearch.Piece(line, from, to));
            from = to;
            line = (long) next * STEP + 1;
        }
        return pieces;
    }

    byte[] bytes(long from, long to) {
        try (var channel = FileChannel.open(file)) {
            var buffer = ByteBuffer.allocate(Math.toIntExact(to - from));
            while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {
                // until it is full or the file ends
            }
            return buffer.array();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
