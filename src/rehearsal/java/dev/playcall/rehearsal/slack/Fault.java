package dev.playcall.rehearsal.slack;

import java.time.Duration;
import java.util.Optional;

/**
 * Something that goes wrong with one call.
 *
 * @param applied whether the server does what it was asked before the answer is lost
 */
public record Fault(Kind kind, int status, String body, Optional<Integer> retryAfter, Duration hang, boolean applied) {
    enum Kind {
        ANSWER,
        HANG,
        CUT
    }

    /** A status with a page of HTML, as the proxies before Slack send it. */
    public static Fault status(int status) {
        return answer(status, "<html><body>" + status + "</body></html>", Optional.empty());
    }

    public static Fault rateLimited(Optional<Integer> retryAfter) {
        return answer(429, "{\"ok\":false,\"error\":\"ratelimited\"}", retryAfter);
    }

    /** {@code ok: false} with this error. */
    public static Fault error(String error) {
        return answer(200, Json.object().put("ok", false).put("error", error).toString(), Optional.empty());
    }

    public static Fault html() {
        return answer(200, "<!doctype html><html><body>Slack is having a moment</body></html>", Optional.empty());
    }

    public static Fault empty() {
        return answer(200, "", Optional.empty());
    }

    /** The connection ends without an answer. */
    public static Fault cut() {
        return new Fault(Kind.CUT, 0, "", Optional.empty(), Duration.ZERO, false);
    }

    /** Nothing for so long, then the connection ends. */
    public static Fault hang(Duration time) {
        return new Fault(Kind.HANG, 0, "", Optional.empty(), time, false);
    }

    private static Fault answer(int status, String body, Optional<Integer> retryAfter) {
        return new Fault(Kind.ANSWER, status, body, retryAfter, Duration.ZERO, false);
    }

    /** The same, but the server did what it was asked. */
    public Fault after() {
        return new Fault(kind, status, body, retryAfter, hang, true);
    }
}
