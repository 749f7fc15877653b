package dev.playcall.rehearsal.discord;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Something that goes wrong with one call, before or after the server did what it was asked for. */
public record Fault(int status, Map<String, String> headers, String body, Duration stall, boolean applied) {
    private static final int CUT = 0;
    private static final String JSON = "application/json";

    public Fault {
        headers = Map.copyOf(headers);
    }

    public static Fault status(int status) {
        return answer(status, Map.of("Content-Type", JSON), "{\"message\":\"" + status + ": Fault\",\"code\":0}");
    }

    public static Fault refused(int status, int code, String message) {
        var body = Json.object().put("message", message).put("code", code);
        return answer(status, Map.of("Content-Type", JSON), body.toString());
    }

    public static Fault html(int status) {
        var page = "<html><head><title>" + status + "</title></head><body>nginx</body></html>";
        return answer(status, Map.of("Content-Type", "text/html"), page);
    }

    public static Fault tooMany(Duration wait) {
        return tooMany(wait, true, false);
    }

    /** Only the body says how long to wait. */
    public static Fault tooManyWithoutHeader(Duration wait) {
        return tooMany(wait, false, false);
    }

    public static Fault tooManyGlobally(Duration wait) {
        return tooMany(wait, true, true);
    }

    /** The answer comes so late that the caller has gone. */
    public static Fault hang(Duration stall) {
        return new Fault(CUT, Map.of(), "", stall, false);
    }

    public static Fault cut() {
        return hang(Duration.ZERO);
    }

    /** The server does it, and only the answer is lost. */
    public Fault afterApplying() {
        return new Fault(status, headers, body, stall, true);
    }

    boolean cuts() {
        return status == CUT;
    }

    private static Fault answer(int status, Map<String, String> headers, String body) {
        return new Fault(status, headers, body, Duration.ZERO, false);
    }

    private static Fault tooMany(Duration wait, boolean header, boolean global) {
        Map<String, String> headers = new LinkedHashMap<>(Map.of("Content-Type", JSON, "Via", "1.1 google"));
        if (header) {
            headers.put("Retry-After", Long.toString((wait.toMillis() + 999) / 1000));
        }
        if (global) {
            headers.put("X-RateLimit-Global", "true");
        }
        headers.put("X-RateLimit-Scope", global ? "global" : "user");
        var body = Json.object()
                .put("message", "You are being rate limited.")
                .put("retry_after", wait.toMillis() / 1000.0)
                .put("global", global);
        return answer(429, headers, body.toString());
    }
}
