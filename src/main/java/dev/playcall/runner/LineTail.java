package dev.playcall.runner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.Consumer;

/** Reads the complete lines that were added to a growing file since it last looked. */
final class LineTail {
    private static final int BUFFER = 1 << 16;
    /** A line beyond this is no event of ours. */
    private static final int LONGEST = 1 << 20;

    private final Path file;
    private byte[] rest = new byte[0];
    private long read;

    public LineTail(Path file) {
        this.file = file;
    }

    /** Offset up to which complete lines were read. */
    public long offset() {
        return read - rest.length;
    }

    public boolean read(Consumer<byte[]> line) {
        if (!Files.exists(file)) {
            return false;
        }
        boolean any = false;
        try (var source = FileChannel.open(file, StandardOpenOption.READ)) {
            var buffer = ByteBuffer.allocate(BUFFER);
            int got;
            while ((got = source.read(buffer.clear(), read)) > 0) {
                read += got;
                any |= split(buffer.array(), got, line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return any;
    }

    private boolean split(byte[] bytes, int length, Consumer<byte[]> line) {
        int start = 0;
        boolean any = false;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                line.accept(join(bytes, start, i));
                rest = new byte[0];
                start = i + 1;
                any = true;
            }
        }
        rest = rest.length > LONGEST ? new byte[0] : join(bytes, start, length);
        return any;
    }

    private byte[] join(byte[] bytes, int start, int end) {
        var joined = Arrays.copyOf(rest, rest.length + end - start);
        System.arraycopy(bytes, start, joined, rest.length, end - start);
        return joined;
    }
}
