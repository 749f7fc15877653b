package dev.playcall.runner;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The end of a file that may be large. */
final class LogTail {
    private LogTail() {}

    /** At most this many bytes from the end as text; empty when there is no such file. */
    public static String last(Path file, int bytes) {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var buffer = ByteBuffer.allocate(bytes);
            channel.read(buffer, Math.max(0, channel.size() - bytes));
            return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
