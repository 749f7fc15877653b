package dev.playcall.web.alerts;

import dev.playcall.notify.alert.Alert;
import dev.playcall.notify.event.Severity;
import dev.playcall.web.http.Params;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.security.RunButtons;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which alerts are listed: {@code ?state=resolved&severity=error&environment=production&acknowledged=no&q=disk}.
 *
 * @param severity at least, empty for all; {@code environment}, {@code acknowledged} (yes or no) and {@code text} are empty for all
 * @param text part of the title, of the text or of a label, whatever its case
 */
record AlertFilter(boolean open, String severity, String environment, String acknowledged, String text) {

    static final List<String> SEVERITIES = List.of("critical", "error", "warning", "info");

    static AlertFilter of(Context ctx) {
        var severity = Params.text(ctx, "severity").orElse("");
        if (!severity.isEmpty() && Severity.of(severity).isEmpty()) {
            throw ProblemException.badRequest(
                    "severity",
                    "\"" + severity + "\" is not a severity; severities are " + String.join(", ", SEVERITIES));
        }
        return new AlertFilter(
                !Params.text(ctx, "state").orElse("open").equals("resolved"),
                severity,
                Params.text(ctx, "environment").orElse(""),
                Params.text(ctx, "acknowledged").orElse(""),
                Params.text(ctx, "q").orElse("").strip());
    }

    boolean matches(Alert alert) {
        var item = alert.item();
        boolean acked = alert.standing().acknowledgedBy().isPresent();
        return Severity.of(severity)
                        .filter(s -> item.severity().compareTo(s) < 0)
                        .isEmpty()
                && (environment.isEmpty() || environment.equals(alert.environment()))
                && (acknowledged.isEmpty() || acknowledged.equals("yes") == acked)
                && (text.isEmpty() || has(item.title() + "\n" + item.text() + "\n" + item.labels()));
    }

    private boolean has(String all) {
        return all.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
    }

    /** The address of the list with this filter; {@code before} is the last alert of the page before. */
    String address(boolean isOpen, Optional<Long> before) {
        var parts = new ArrayList<String>();
        add(parts, "state", isOpen ? "" : "resolved");
        add(parts, "severity", severity);
        add(parts, "environment", environment);
        add(parts, "acknowledged", acknowledged);
        add(parts, "q", text);
        add(parts, "cursor", before.map(Object::toString).orElse(""));
        return parts.isEmpty() ? "/alerts" : "/alerts?" + String.join("&", parts);
    }

    private static void add(List<String> parts, String name, String value) {
        if (!value.isEmpty()) {
            parts.add(name + "=" + RunButtons.encoded(value));
        }
    }

    /** Whether anything but the state is chosen. */
    public boolean isNarrow() {
        return !(severity + environment + acknowledged + text).isEmpty();
    }
}
