package dev.playcall.web.server;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;

/**
 * What a request that is refused for its size still sends. A connection that is closed while bytes come in is reset, and the
 * sender gets "Broken pipe" instead of the answer that says what the limit is.
 */
final class UnreadBody {
    /** Bytes; whoever sends more has to do without the answer. */
    private static final long MOST = 1 << 20;

    private UnreadBody() {}

    /** Reads up to 1 MB of it and forgets it; nothing where the sender waits to be asked for the body. */
    static void discard(Context ctx) {
        if (ctx.header("Expect") != null) {
            return;
        }
        try {
            discard(ctx.req().getInputStream());
        } catch (IOException | IllegalStateException e) {
            // The sender is gone, or the body was read to its end as a form: there is nothing left to discard.
        }
    }

    private static void discard(InputStream body) throws IOException {
        var buffer = new byte[8 << 10];
        long left = MOST;
        int read = body.read(buffer);
        while (read > 0 && left > 0) {
            left -= read;
            read = body.read(buffer);
        }
    }
}
