package dev.playcall.notify.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.notify.Excerpt;
import dev.playcall.notify.Notice;
import dev.playcall.notify.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Version 4 of Alertmanager's webhook, which Grafana writes too. Repetitions of an alert that still fires are one. */
final class AlertmanagerReader {
    private static final int MOST = 10_000;

    private final String source;
    private final Instant now;

    AlertmanagerReader(String source, Instant now) {
        this.source = source;
        this.now = now;
    }

    Read read(JsonNode body) {
        var alerts = body.path("alerts");
        if (!alerts.isArray()) {
            return Read.bad("/alerts: has to be a list, as Alertmanager's webhook writes it");
        }
        if (alerts.size() > MOST) {
            return Read.bad("/alerts: has " + alerts.size() + " entries, it may have " + MOST);
        }
        var problems = new ArrayList<String>();
        var notices = new ArrayList<Notice>();
        for (int i = 0; i < alerts.size(); i++) {
            alert(alerts.get(i), "/alerts/" + i, problems).ifPresent(notices::add);
        }
        return new Read(notices, problems);
    }

    private Optional<Notice> alert(JsonNode alert, String pointer, List<String> problems) {
        if (!alert.isObject()) {
            problems.add(pointer + ": has to be an object");
            return Optional.empty();
        }
        int before = problems.size();
        var fields = new Fields(alert, pointer, problems);
        var labels = new TreeMap<>(fields.labels("labels"));
        var notes = new Fields(alert.path("annotations"), pointer + "/annotations", problems);
        boolean over = fields.text("status", 20).orElse("firing").equals("resolved");
        var name = Optional.ofNullable(labels.get("alertname")).orElse("alert");
        var subject = fields.text("fingerprint", 100).orElse(labels.toString());
        var began = fields.time("startsAt").orElse(now);
        var severity = severity(labels.get("severity"));
        var notice = new Notice(
                source,
                subject + "/" + began.toEpochMilli() + "/" + (over ? "resolved" : "firing/" + severity.word()),
                subject,
                over ? fields.time("endsAt").orElse(now) : began,
                "alert",
                severity,
                over ? Notice.Status.RESOLVED : Notice.Status.OPEN,
                labels,
                title(notes, name, labels),
                notes.text("description", Fields.TEXT)
                        .or(() -> notes.text("message", Fields.TEXT))
                        .orElse(""),
                fields.link("generatorURL"));
        return problems.size() == before ? Optional.of(notice) : Optional.empty();
    }

    private static String title(Fields notes, String name, Map<String, String> labels) {
        var where = Optional.ofNullable(labels.get("instance"))
                .or(() -> Optional.ofNullable(labels.get("host")))
                .map(i -> " on " + i)
                .orElse("");
        return notes.text("summary", Fields.TITLE).orElse(Excerpt.of(name + where, Fields.TITLE));
    }

    private static Severity severity(@org.jspecify.annotations.Nullable String label) {
        var word = label == null ? "" : label.toLowerCase(Locale.ROOT);
        return switch (word) {
            case "critical", "page", "emergency", "disaster", "fatal" -> Severity.CRITICAL;
            case "error", "high", "major" -> Severity.ERROR;
            case "info", "none", "notice", "debug" -> Severity.INFO;
            default -> Severity.WARNING;
        };
    }
}
