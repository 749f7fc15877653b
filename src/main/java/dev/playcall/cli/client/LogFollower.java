package dev.playcall.cli.client;

import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Prints the log of a run while it is written, until nothing can follow. */
public final class LogFollower {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);

    private final HttpGateway gateway;
    private final PrintWriter out;

    public LogFollower(HttpGateway gateway, PrintWriter out) {
        this.gateway = gateway;
        this.out = out;
    }

    /**
     * Returns the status the run ended with.
     *
     * @param host only its lines; empty for the whole log
     */
    public String follow(long run, Optional<String> host) {
        var path = "/api/v1/runs/" + run;
        boolean ended = false;
        long offset = 0;
        while (true) {
            var piece = host.isPresent()
                    ? ofHost(path, host.get(), (int) offset)
                    : gateway.log(path + "/log?offset=" + offset);
            out.print(piece.text());
            out.flush();
            if (piece.complete() && piece.text().isEmpty() && ended) {
                return gateway.run(run).path("status").asText();
            }
            // Asked once more after the end: what was written meanwhile follows.
            ended = piece.complete();
            offset = piece.next();
            if (piece.text().isEmpty() && !ended) {
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
        }
    }

    /** The lines of one host have no places; what was printed already is left out. */
    private HttpGateway.LogPiece ofHost(String path, String host, int printed) {
        var all = gateway.log(path + "/hosts/" + URLEncoder.encode(host, StandardCharsets.UTF_8) + "/log");
        var text = all.text().substring(Math.min(printed, all.text().length()));
        return new HttpGateway.LogPiece(text, printed + text.length(), all.complete());
    }
}
