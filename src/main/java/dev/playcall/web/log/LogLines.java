package dev.playcall.web.log;

import dev.playcall.domain.Run;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Logs by the line. Where every thousandth line begins is kept, so that any place of a long log is found at once. */
final class LogLines {
    private static final int KEPT = 32;
    private static final int LARGEST = 4 << 20;
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;?]*[A-Za-z]");

    private final LogFiles files;
    private final Map<Path, LineIndex> indexes = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, LineIndex> eldest) {
            return size() > KEPT;
        }
    };

    LogLines(LogFiles files) {
        this.files = files;
    }

    /**
     * Some lines.
     *
     * @param first number of the first one, from 1
     * @param lines how many there are
     * @param total complete lines in the log as it is now
     * @param from offset of the first byte, {@code to} after the last
     */
    record Window(long first, int lines, long total, long from, long to, String text) {
        static final Window EMPTY = new Window(1, 0, 0, 0, 0, "");
    }

    /** A line in which a text was found. */
    record Match(long line, String text) {}

    /**
     * What was found.
     *
     * @param cut whether there may be more after the last one
     */
    record Found(List<Match> matches, long total, boolean cut) {}

    /** Lines from a number on, or the last ones when it is 0. */
    Window window(Run run, long first, int most) {
        var file = files.file(run);
        if (file.isEmpty()) {
            return Window.EMPTY;
        }
        var index = index(file.get());
        synchronized (index) {
            index.grow();
            long begin = first == 0 ? Math.max(1, index.total() - most + 1) : first;
            if (begin > index.total()) {
                return new Window(begin, 0, index.total(), index.scanned(), index.scanned(), "");
            }
            int count = (int) Math.min(most, index.total() - begin + 1);
            long from = index.offset(begin);
            long to = index.offset(begin + count);
            return to - from <= LARGEST
                    ? new Window(begin, count, index.total(), from, to, text(index.bytes(from, to)))
                    : fewer(index, begin, from);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Very long lines are asked for again by the next request; one that is longer still is cut. */
    private static Window fewer(LineIndex index, long begin, long from) {
        var bytes = index.bytes(from, from + LARGEST);
        int count = 0;
        int end = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                count++;
                end = i + 1;
            }
        }
        return count > 0
                ? new Window(begin, count, index.total(), from, from + end, text(Arrays.copyOf(bytes, end)))
                : new Window(begin, 1, index.total(), from, index.offset(begin + 1), text(bytes));
    }

    /** Lines with this text in them, whatever its case, from a line on. */
    Found search(Run run, String text, long first, int most) {
        var search = new LogSearch(text, most);
        var file = files.file(run).filter(_ -> search.byPiece());
        if (file.isEmpty()) {
            long total = each(run, first, search);
            return found(search.matches(), total, most);
        }
        var index = index(file.get());
        List<LogSearch.Piece> pieces;
        long total;
        synchronized (index) {
            index.grow();
            total = index.total();
            pieces = index.pieces(first);
        }
        if (pieces.stream().allMatch(p -> p.to() - p.from() <= LARGEST)) {
            search.pieces(file.get(), pieces);
        } else {
            each(run, first, search);
        }
        return found(search.matches(), total, most);
    }

    /** One more than was asked for says that there is more. */
    static Found found(List<Match> matches, long total, int most) {
        return new Found(matches.subList(0, Math.min(most, matches.size())), total, matches.size() > most);
    }

    /** Hands every complete line from one on to somebody until they have enough; how many lines there are. */
    long each(Run run, long first, LineVisitor visitor) {
        var file = files.file(run);
        if (file.isEmpty()) {
            return 0;
        }
        var index = index(file.get());
        long begin;
        long total;
        synchronized (index) {
            index.grow();
            total = index.total();
            begin = first > total ? -1 : index.offset(first);
        }
        if (begin >= 0) {
            each(file.get(), first, begin, total, visitor);
        }
        return total;
    }

    private static void each(Path file, long first, long offset, long total, LineVisitor visitor) {
        try (var channel = FileChannel.open(file);
                var lines = new LineReader(new InputStreamReader(
                        Channels.newInputStream(channel.position(offset)), StandardCharsets.UTF_8))) {
            for (long line = first; line <= total; line++) {
                if (!visitor.take(line, lines.next())) {
                    return;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Is handed one line after another. */
    interface LineVisitor {
        /** Whether more lines are wanted. */
        boolean take(long number, String line);
    }

    /** Without colours. */
    static String plain(String line) {
        return line.indexOf('\u001b') < 0 ? line : COLOUR.matcher(line).replaceAll("");
    }

    private LineIndex index(Path file) {
        synchronized (indexes) {
            return indexes.computeIfAbsent(file, LineIndex::new);
        }
    }
}
