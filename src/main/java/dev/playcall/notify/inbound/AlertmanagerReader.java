package dev.playcall.notify.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.notify.Excerpt;
import dev.playcall.notify.Notice;
import dev.playcall.notify.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Version 4 of Alertmanager's webhook, which Grafana writes too. What is said again is judged by how the alert stands. */
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
        cut(body, problems).ifPresent(notices::add);
        return new Read(notices, problems);
    }

    /** What the sender left out of a message that was too long for it is at least counted. */
    private Optional<Notice> cut(JsonNode body, List<String> problems) {
        int left = body.path("truncatedAlerts").asInt(0);
        if (left <= 0) {
            return Optional.empty();
        }
        var fields = new Fields(body, "", problems);
        var group = fields.text("groupKey", 300).orElse("");
        return Optional.of(new Notice(
                source,
                "cut/" + left + "/" + group + "/" + now.getEpochSecond() / 3600,
                "cut/" + group,
                now,
                "alert",
                Severity.WARNING,
                Notice.Status.EVENT,
                new TreeMap<>(fields.labels("commonLabels")),
                left + " more alerts of the same group were left out by " + source,
                "",
                fields.link("externalURL")));
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
        var name = Optional.ofNullable(labels.get("alertname"))
                .filter(n -> !n.isBlank())
                .orElse("alert");
        var subject = fields.text("fingerprint", 100).orElse(labels.toString());
        var starts = fields.time("startsAt");
        var ends = over ? fields.time("endsAt").filter(AlertmanagerReader::isSaid) : Optional.<Instant>empty();
        var severity = severity(labels.get("severity"));
        var notice = new Notice(
                source,
                subject + "/" + starts.orElse(now).toEpochMilli() + "/"
                        + (over ? "resolved" : "firing/" + severity.word()),
                subject,
                (over ? ends : starts).orElse(now),
                "alert",
                severity,
                over ? Notice.Status.RESOLVED : Notice.Status.OPEN,
                labels,
                title(notes, name, labels),
                text(notes, fields, alert.path("values")),
                link(fields),
                new Notice.Order(true, starts, ends));
        return problems.size() == before ? Optional.of(notice) : Optional.empty();
    }

    /** What goes on has the year 1 as its end. */
    private static boolean isSaid(Instant end) {
        return end.isAfter(Instant.EPOCH);
    }

    private static String title(Fields notes, String name, Map<String, String> labels) {
        var where = Optional.ofNullable(labels.get("instance"))
                .or(() -> Optional.ofNullable(labels.get("host")))
                .map(i -> " on " + i)
                .orElse("");
        return notes.line("summary", Fields.TITLE).orElse(Excerpt.of(name + where, Fields.TITLE));
    }

    /** Grafana says what was measured beside what its people wrote. */
    private static String text(Fields notes, Fields fields, JsonNode values) {
        var said = notes.text("description", Fields.TEXT)
                .or(() -> notes.text("message", Fields.TEXT))
                .orElse("");
        var measured = values.isObject()
                ? values.properties().stream()
                        .filter(v -> v.getValue().isValueNode())
                        .limit(20)
                        .map(v -> Excerpt.of(v.getKey(), 60) + " = "
                                + Excerpt.of(v.getValue().asText(), 60))
                        .collect(java.util.stream.Collectors.joining(", "))
                : fields.text("valueString", 500).orElse("");
        return said.isEmpty() ? measured : measured.isEmpty() ? said : said + "\n" + measured;
    }

    /** Grafana names the page of what is measured, which says more than that of the rule. */
    private static String link(Fields fields) {
        return java.util.stream.Stream.of("panelURL", "dashboardURL", "generatorURL")
                .map(fields::link)
                .filter(l -> !l.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static Severity severity(@org.jspecify.annotations.Nullable String label) {
        return Words.severity(label == null ? "" : label).orElse(Severity.WARNING);
    }
}
