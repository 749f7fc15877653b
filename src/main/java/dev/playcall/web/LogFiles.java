package dev.playcall.web;

import dev.playcall.domain.Run;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** Logs over HTTP, a piece at a time, however long they are. */
final class LogFiles {
    private static final int PIECE = 1 << 20;

    private final Path folder;

    LogFiles(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** Sends what follows {@code offset}; headers say where to go on and whether that was all. */
    void send(Context ctx, Run run) {
        long offset = Params.number(ctx, "offset", 0, 0, Long.MAX_VALUE);
        var piece = read(run, offset, PIECE);
        boolean complete = run.state().isFinal() && piece.length < PIECE;
        ctx.header("X-Next-Offset", Long.toString(offset + piece.length));
        ctx.header("X-Log-Complete", Boolean.toString(complete));
        ctx.result(piece).contentType("text/plain; charset=utf-8");
    }

    /** At most this many bytes from there, cut at the end of a line where there is one; nothing when there is no log. */
    byte[] read(Run run, long offset, int most) {
        var file = folder.resolve(run.log()).normalize();
        if (run.log().isEmpty() || !file.startsWith(folder) || !Files.isRegularFile(file)) {
            return new byte[0];
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var buffer = ByteBuffer.allocate(Math.clamp(channel.size() - offset, 0, most));
            while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) >= 0) {
                // goes on until the piece is full or the file ends
            }
            return Arrays.copyOf(buffer.array(), wholeLines(buffer, most));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int wholeLines(ByteBuffer buffer, int most) {
        int end = buffer.position();
        if (end < most) {
            return end;
        }
        for (int i = end; i > end / 2; i--) {
            if (buffer.get(i - 1) == '\n') {
                return i;
            }
        }
        return end;
    }
}
