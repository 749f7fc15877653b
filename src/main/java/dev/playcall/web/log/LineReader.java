package dev.playcall.web.log;

import java.io.IOException;
import java.io.Reader;

/** Only a newline ends a line here: what else Java takes for an end would make its numbers others. */
final class LineReader implements AutoCloseable {
    private final Reader in;
    private final char[] piece = new char[1 << 16];
    private int at;
    private int end;

    LineReader(Reader in) {
        this.in = in;
    }

    /** Whole pieces are looked through for a newline; one letter at a time takes ten times as long. */
    String next() throws IOException {
        StringBuilder before = null;
        while (true) {
            int from = at;
            while (at < end && piece[at] != '\n') {
                at++;
            }
            if (at < end) {
                var text = new String(piece, from, at++ - from);
                return before == null ? text : before.append(text).toString();
            }
            before = (before == null ? new StringBuilder() : before).append(piece, from, at - from);
            at = 0;
            end = Math.max(0, in.read(piece));
            if (end == 0) {
                return before.toString();
            }
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
