package dev.playcall.web.log;

import dev.playcall.domain.Truncate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Lines of a log with a text in them, whatever its case. Only pieces in which it may be are made into lines: of a million lines
 * without it, that is none.
 */
final class LogSearch implements LogLines.LineVisitor {
    private final String wanted;
    private final int most;
    private final List<LogLines.Match> matches = new ArrayList<>();

    /** @param most how many are wanted; one more is found, which says that there are more */
    LogSearch(String text, int most) {
        this.wanted = text.toLowerCase(Locale.ROOT);
        this.most = most;
    }

    /** A piece of a log: its first line, and where it begins and ends. */
    record Piece(long line, long from, long to) {}

    List<LogLines.Match> matches() {
        return matches;
    }

    @Override
    public boolean take(long number, String line) {
        var plain = LogLines.plain(line);
        if (plain.toLowerCase(Locale.ROOT).contains(wanted)) {
            matches.add(new LogLines.Match(number, Truncate.of(plain, 300)));
        }
        return matches.size() <= most;
    }

    /** Whether {@link #pieces} can be used for it. */
    boolean byPiece() {
        return AsciiWord.fits(wanted);
    }

    void pieces(Path file, List<Piece> pieces) {
        var word = new AsciiWord(wanted);
        try (var channel = FileChannel.open(file)) {
            var bytes = new byte[0];
            for (var piece : pieces) {
                int length = Math.toIntExact(piece.to() - piece.from());
                bytes = bytes.length < length ? new byte[length] : bytes;
                var buffer = ByteBuffer.wrap(bytes, 0, length);
                while (buffer.hasRemaining() && channel.read(buffer, piece.from() + buffer.position()) > 0) {
                    // until it is full or the file ends
                }
                int read = buffer.position();
                if (word.maybeIn(bytes, read) && !lines(piece.line(), bytes, read)) {
                    return;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean lines(long first, byte[] bytes, int length) throws IOException {
        int lines = 0;
        for (int i = 0; i < length; i++) {
            lines += bytes[i] == '\n' ? 1 : 0;
        }
        try (var reader = new LineReader(
                new InputStreamReader(new ByteArrayInputStream(bytes, 0, length), StandardCharsets.UTF_8))) {
            for (int i = 0; i < lines; i++) {
                if (!take(first + i, reader.next())) {
                    return false;
                }
            }
        }
        return true;
    }
}
