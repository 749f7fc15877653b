package dev.playcall.chat.discord.api;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Files as Discord takes them: at most 10 MiB, of what is longer its beginning and its end. */
public final class DiscordFiles {
    private static final int MOST = 10 * 1024 * 1024 - 64 * 1024;
    private static final int HEAD = 256 * 1024;

    private DiscordFiles() {}

    public static DiscordAttachment attachment(Path file, String name) throws IOException {
        try (var in = new RandomAccessFile(file.toFile(), "r")) {
            long length = in.length();
            if (length <= MOST) {
                return DiscordAttachment.of(name, read(in, 0, (int) length));
            }
            var gap = ("\n\n[… " + (length - MOST) / 1024
                            + " KiB left out; the whole file is logs/… on the server]\n\n")
                    .getBytes(StandardCharsets.UTF_8);
            var bytes = new byte[MOST];
            System.arraycopy(read(in, 0, HEAD), 0, bytes, 0, HEAD);
            System.arraycopy(gap, 0, bytes, HEAD, gap.length);
            int tail = MOST - HEAD - gap.length;
            System.arraycopy(read(in, length - tail, tail), 0, bytes, HEAD + gap.length, tail);
            return DiscordAttachment.of(name, bytes);
        }
    }

    private static byte[] read(RandomAccessFile in, long from, int length) throws IOException {
        var bytes = new byte[length];
        in.seek(from);
        in.readFully(bytes);
        return bytes;
    }

    /** A file that goes with a message. */
    public record DiscordAttachment(String name, ByteBuffer content) {
        static DiscordAttachment of(String name, byte[] bytes) {
            return new DiscordAttachment(name, ByteBuffer.wrap(bytes).asReadOnlyBuffer());
        }

        byte[] bytes() {
            var bytes = new byte[content.remaining()];
            content.duplicate().get(bytes);
            return bytes;
        }
    }
}
