package dev.playcall.web.log;

import dev.playcall.domain.Run;
import dev.playcall.domain.format.HostLines;
import dev.playcall.journal.node.AbsentLog;
import dev.playcall.journal.node.NodeStore;
import dev.playcall.web.http.Params;
import dev.playcall.web.http.ProblemException;
import io.javalin.http.Context;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

/** Logs over HTTP, a piece at a time, however long they are. */
public final class LogFiles {
    private static final int PIECE = 1 << 20;
    private static final int MOST_LINES = 10_000;

    private final Path folder;
    private final NodeStore nodes;

    public LogFiles(Path folder, NodeStore nodes) {
        this.nodes = nodes;
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** Sends what follows {@code offset}, or the last lines; headers say where to go on and whether that was all. */
    public void send(Context ctx, Run run) {
        sayWhereItIs(ctx, run);
        if (Params.number(ctx, "download", 0, 0, 1) == 1) {
            sendWhole(ctx, run);
            return;
        }
        int most = (int) Params.number(ctx, "limit", PIECE, 1, PIECE);
        int tail = (int) Params.number(ctx, "tail", 0, 0, MOST_LINES);
        long offset = Params.number(ctx, "offset", 0, 0, Long.MAX_VALUE);
        if (tail > 0 && ctx.queryParam("offset") != null) {
            throw ProblemException.badRequest("tail", "either offset or tail, not both");
        }
        // Nothing follows the end of a run that is over, from wherever somebody asks.
        long from = run.state().isFinal() ? Math.min(offset, size(run)) : offset;
        long start = tail > 0 ? startOfTail(run, tail, most) : from;
        var piece = read(run, start, most);
        long next = start + piece.length;
        // The run was looked up before the log was read, so an ended one has nothing to come.
        boolean complete = run.state().isFinal() && next >= size(run);
        ctx.header("X-Offset", Long.toString(start));
        ctx.header("X-Next-Offset", Long.toString(next));
        ctx.header("X-Log-Complete", Boolean.toString(complete));
        ctx.result(piece).contentType("text/plain; charset=utf-8");
    }

    private void sayWhereItIs(Context ctx, Run run) {
        if (file(run).isEmpty()) {
            AbsentLog.node(run, nodes).ifPresent(node -> ctx.header("X-Log-Node", node));
        }
    }

    private void sendWhole(Context ctx, Run run) {
        ctx.contentType("text/plain; charset=utf-8")
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"run-" + run.id().value() + ".log\"");
        var file = file(run);
        if (file.isPresent()) {
            try {
                ctx.result(Files.newInputStream(file.get(), LinkOption.NOFOLLOW_LINKS));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Sends the lines of one host, with the headlines above them; never more than one line of it is in memory. */
    public void send(Context ctx, Run run, String host) throws IOException {
        ctx.contentType("text/plain; charset=utf-8")
                .header("X-Log-Complete", Boolean.toString(run.state().isFinal()));
        sayWhereItIs(ctx, run);
        var file = file(run);
        if (file.isEmpty()) {
            return;
        }
        var lines = new HostLines(host);
        try (var in = Files.newInputStream(file.get(), LinkOption.NOFOLLOW_LINKS);
                var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16);
                var out = new BufferedWriter(new OutputStreamWriter(ctx.outputStream(), StandardCharsets.UTF_8))) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                for (var kept : lines.take(line)) {
                    out.append(kept).append('\n');
                }
            }
        }
    }

    Optional<Path> file(Run run) {
        var file = folder.resolve(run.log()).normalize();
        return Optional.of(file)
                .filter(f -> !run.log().isEmpty() && f.startsWith(folder))
                .filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS));
    }

    long size(Run run) {
        try {
            var file = file(run);
            return file.isPresent() ? Files.size(file.get()) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** At most this many bytes from there, cut at the end of a line where there is one; nothing when there is no log. */
    public byte[] read(Run run, long offset, int most) {
        var file = file(run);
        if (file.isEmpty()) {
            return new byte[0];
        }
        try (var channel = FileChannel.open(file.get(), StandardOpenOption.READ)) {
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
        return wholeCharacters(buffer, end);
    }

    /** A line longer than a piece is cut between two characters of UTF-8. */
    private static int wholeCharacters(ByteBuffer buffer, int end) {
        for (int i = end - 1; i > Math.max(0, end - 4); i--) {
            int b = buffer.get(i) & 0xff;
            if (b < 0x80) {
                return end;
            }
            if (b >= 0xc0) {
                int length = b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : 2;
                return i + length <= end ? end : i;
            }
        }
        return end;
    }

    /** Where the last lines begin; what is further from the end than {@code most} bytes is left out. */
    private long startOfTail(Run run, int lines, int most) {
        long size = size(run);
        long from = Math.max(0, size - most);
        var end = read(run, from, (int) (size - from) + 1);
        int left = lines;
        for (int i = end.length - 1; i > 0; i--) {
            if (end[i - 1] == '\n' && --left == 0) {
                return from + i;
            }
        }
        if (from == 0) {
            return 0;
        }
        int cut = 0;
        while (cut < end.length && end[cut] != '\n') {
            cut++;
        }
        return from + (cut < end.length ? cut + 1 : 0);
    }
}
