package dev.playcall.notify.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.domain.Truncate;
import dev.playcall.notify.event.Severity;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The fields of one object, read one by one; what is wrong is collected with its pointer. */
final class JsonFields {
    static final int TITLE = 300;
    static final int TEXT = 10_000;
    private static final Pattern SECONDS = Pattern.compile("[0-9]{9,11}(\\.[0-9]{1,9})?");
    private static final Pattern MILLIS = Pattern.compile("[0-9]{12,14}");
    private static final int LABELS = 64;
    private static final int LABEL = 1_000;

    private final JsonNode node;
    private final String pointer;
    private final List<String> problems;

    JsonFields(JsonNode node, String pointer, List<String> problems) {
        this.node = node;
        this.pointer = pointer;
        this.problems = problems;
    }

    void wrong(String field, String why) {
        problems.add(pointer + "/" + field + ": " + why);
    }

    /** Longer is cut, not refused: what somebody says of an incident is not thrown away for its length. */
    Optional<String> text(String field, int longest) {
        var value = node.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isValueNode()) {
            wrong(field, "must be a string");
            return Optional.empty();
        }
        var text = value.asText();
        return text.isBlank() ? Optional.empty() : Optional.of(Truncate.of(text, longest));
    }

    /** The same on one line. */
    Optional<String> line(String field, int longest) {
        return text(field, TEXT).map(Truncate::line).filter(t -> !t.isEmpty()).map(t -> Truncate.of(t, longest));
    }

    Optional<Instant> time(String field) {
        return text(field, 100).flatMap(t -> {
            var time = instant(t);
            if (time.isEmpty()) {
                wrong(field, "\"" + Truncate.of(t, 40) + "\" is not a time (try 2026-01-31T09:30:00Z)");
            }
            return time;
        });
    }

    /** With its offset, or in seconds or milliseconds since 1970. */
    static Optional<Instant> instant(String text) {
        if (SECONDS.matcher(text).matches()) {
            return Optional.of(Instant.ofEpochMilli((long) (Double.parseDouble(text) * 1000)));
        }
        if (MILLIS.matcher(text).matches()) {
            return Optional.of(Instant.ofEpochMilli(Long.parseLong(text)));
        }
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    Optional<Severity> severity(String field) {
        return text(field, 40).flatMap(t -> {
            var severity = Severity.of(t);
            if (severity.isEmpty()) {
                wrong(field, "\"" + t + "\" is not info, warning, error or critical");
            }
            return severity;
        });
    }

    /** An address that a person may click on; anything else is left out. */
    String link(String field) {
        return text(field, 2_000).filter(JsonFields::isWeb).orElse("");
    }

    static boolean isWeb(String text) {
        try {
            var uri = URI.create(text);
            return uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    SortedMap<String, String> labels(String field) {
        var labels = new TreeMap<String, String>();
        var value = node.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return labels;
        }
        if (!value.isObject()) {
            wrong(field, "must be an object of strings");
            return labels;
        }
        value.properties().stream().limit(LABELS).forEach(e -> {
            if (e.getValue().isValueNode()) {
                labels.put(
                        Truncate.of(e.getKey(), 100), Truncate.of(e.getValue().asText(), LABEL));
            } else {
                wrong(field + "/" + escaped(e.getKey()), "must be a string");
            }
        });
        return labels;
    }

    /** As a part of a pointer. */
    private static String escaped(String name) {
        return Truncate.of(name, 100).replace("~", "~0").replace("/", "~1");
    }
}
