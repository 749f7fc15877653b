package dev.playcall.notify.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.domain.Truncate;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.Severity;
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

    InboundResult read(JsonNode body) {
        var alerts = body.path("alerts");
        if (!alerts.isArray()) {
            return InboundResult.bad("/alerts: must be a list, as in Alertmanager's webhook");
        }
        if (alerts.size() > MOST) {
            return InboundResult.bad("/alerts: has " + alerts.size() + " entries, at most " + MOST);
        }
        var problems = new ArrayList<String>();
        var events = new ArrayList<NotificationEvent>();
        for (int i = 0; i < alerts.size(); i++) {
            alert(alerts.get(i), "/alerts/" + i, problems).ifPresent(events::add);
        }
        cut(body, problems).ifPresent(events::add);
        return new InboundResult(events, problems);
    }

    /** What the sender left out of a message that was too long for it is at least counted. */
    private Optional<NotificationEvent> cut(JsonNode body, List<String> problems) {
        int left = body.path("truncatedAlerts").asInt(0);
        if (left <= 0) {
            return Optional.empty();
        }
        var jsonFields = new JsonFields(body, "", problems);
        var group = jsonFields.text("groupKey", 300).orElse("");
        return Optional.of(new NotificationEvent(
                source,
                "cut/" + left + "/" + group + "/" + now.getEpochSecond() / 3600,
                "cut/" + group,
                now,
                "alert",
                Severity.WARNING,
                NotificationEvent.Status.EVENT,
                new TreeMap<>(jsonFields.labels("commonLabels")),
                left + " more alerts of the same group were truncated by " + source,
                "",
                jsonFields.link("externalURL")));
    }

    private Optional<NotificationEvent> alert(JsonNode alert, String pointer, List<String> problems) {
        if (!alert.isObject()) {
            problems.add(pointer + ": must be an object");
            return Optional.empty();
        }
        int before = problems.size();
        var jsonFields = new JsonFields(alert, pointer, problems);
        var labels = new TreeMap<>(jsonFields.labels("labels"));
        var notes = new JsonFields(alert.path("annotations"), pointer + "/annotations", problems);
        boolean over = jsonFields.text("status", 20).orElse("firing").equals("resolved");
        var name = Optional.ofNullable(labels.get("alertname"))
                .filter(n -> !n.isBlank())
                .orElse("alert");
        var subject = jsonFields.text("fingerprint", 100).orElse(labels.toString());
        var starts = jsonFields.time("startsAt");
        var ends = over ? jsonFields.time("endsAt").filter(AlertmanagerReader::isSet) : Optional.<Instant>empty();
        var severity = severity(labels.get("severity"));
        var event = new NotificationEvent(
                source,
                subject + "/" + starts.orElse(now).toEpochMilli() + "/"
                        + (over ? "resolved" : "firing/" + severity.word()),
                subject,
                (over ? ends : starts).orElse(now),
                "alert",
                severity,
                over ? NotificationEvent.Status.RESOLVED : NotificationEvent.Status.OPEN,
                labels,
                title(notes, name, labels),
                text(notes, jsonFields, alert.path("values")),
                link(jsonFields),
                new NotificationEvent.Order(true, starts, ends));
        return problems.size() == before ? Optional.of(event) : Optional.empty();
    }

    /** What goes on has the year 1 as its end. */
    private static boolean isSet(Instant end) {
        return end.isAfter(Instant.EPOCH);
    }

    private static String title(JsonFields notes, String name, Map<String, String> labels) {
        var where = Optional.ofNullable(labels.get("instance"))
                .or(() -> Optional.ofNullable(labels.get("host")))
                .map(i -> " on " + i)
                .orElse("");
        return notes.line("summary", JsonFields.TITLE).orElse(Truncate.of(name + where, JsonFields.TITLE));
    }

    /** Grafana says what was measured beside what its people wrote. */
    private static String text(JsonFields notes, JsonFields jsonFields, JsonNode values) {
        var text = notes.text("description", JsonFields.TEXT)
                .or(() -> notes.text("message", JsonFields.TEXT))
                .orElse("");
        var measured = values.isObject()
                ? values.properties().stream()
                        .filter(v -> v.getValue().isValueNode())
                        .limit(20)
                        .map(v -> Truncate.of(v.getKey(), 60) + " = "
                                + Truncate.of(v.getValue().asText(), 60))
                        .collect(java.util.stream.Collectors.joining(", "))
                : jsonFields.text("valueString", 500).orElse("");
        return text.isEmpty() ? measured : measured.isEmpty() ? text : text + "\n" + measured;
    }

    /** Grafana names the page of what is measured, which says more than that of the rule. */
    private static String link(JsonFields jsonFields) {
        return java.util.stream.Stream.of("panelURL", "dashboardURL", "generatorURL")
                .map(jsonFields::link)
                .filter(l -> !l.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static Severity severity(@org.jspecify.annotations.Nullable String label) {
        return InboundText.severity(label == null ? "" : label).orElse(Severity.WARNING);
    }
}
