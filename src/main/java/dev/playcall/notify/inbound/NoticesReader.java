package dev.playcall.notify.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.playcall.notify.Notice;
import dev.playcall.notify.Severity;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Our own form: one notice, or {@code {"notifications": [...]}} with many. A CloudEvent 1.0 carries one notice in its
 * {@code data}, in structured, binary or batch mode; its source and id are the key.
 */
final class NoticesReader {
    private static final int MOST = 1_000;
    private static final String HEADER = "ce-";

    private final String source;
    private final String key;
    private final Instant now;

    private final Map<String, String> attributes;

    /**
     * @param key of the whole request; its parts have numbers behind it
     * @param headers those of a CloudEvent in binary mode begin with {@code ce-}
     */
    NoticesReader(String source, String key, Map<String, String> headers, Instant now) {
        this.source = source;
        this.key = key;
        this.now = now;
        this.attributes = attributes(headers);
    }

    private static Map<String, String> attributes(Map<String, String> headers) {
        var found = new TreeMap<String, String>();
        headers.forEach((name, value) -> {
            var low = name.toLowerCase(Locale.ROOT);
            if (low.startsWith(HEADER)) {
                found.put(low.substring(HEADER.length()), decoded(value));
            }
        });
        return found;
    }

    /** Headers carry only ASCII; the rest is written with percent signs. A plus stands for itself. */
    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value;
        }
    }

    Read read(JsonNode body) {
        var problems = new ArrayList<String>();
        var notices = new ArrayList<Notice>();
        if (attributes.containsKey("specversion")) {
            var event = JsonNodeFactory.instance.objectNode();
            attributes.forEach(event::put);
            event.set("data", body);
            cloudEvent(event, "", "", problems).ifPresent(notices::add);
        } else if (body.isArray()) {
            return batch(body);
        } else if (body.has("specversion")) {
            cloudEvent(body, "", "/data", problems).ifPresent(notices::add);
        } else if (body.has("notifications")) {
            var many = body.path("notifications");
            if (!many.isArray() || many.size() > MOST) {
                return Read.bad("/notifications: has to be a list of at most " + MOST);
            }
            for (int i = 0; i < many.size(); i++) {
                one(many.get(i), "/notifications/" + i, key + "/" + i, problems).ifPresent(notices::add);
            }
        } else {
            one(body, "", key, problems).ifPresent(notices::add);
        }
        return new Read(notices, problems);
    }

    private Read batch(JsonNode events) {
        if (events.isEmpty() || events.size() > MOST) {
            return Read.bad("/: a batch has 1 to " + MOST + " CloudEvents");
        }
        var problems = new ArrayList<String>();
        var notices = new ArrayList<Notice>();
        for (int i = 0; i < events.size(); i++) {
            var event = events.get(i);
            if (event.has("specversion")) {
                cloudEvent(event, "/" + i, "/" + i + "/data", problems).ifPresent(notices::add);
            } else {
                problems.add("/" + i + ": has to be a CloudEvent, with specversion");
            }
        }
        return new Read(notices, problems);
    }

    private Optional<Notice> cloudEvent(JsonNode event, String pointer, String ofData, List<String> problems) {
        int before = problems.size();
        var head = new Fields(event, pointer, problems);
        var id = head.text("id", 200);
        var from = head.text("source", 200);
        if (id.isEmpty() || from.isEmpty()) {
            head.wrong(id.isEmpty() ? "id" : "source", "a CloudEvent needs one");
            return Optional.empty();
        }
        var data = event.path("data");
        var fields = new Fields(data, ofData, problems);
        var type = head.text("type", 100).orElse("event");
        var title = fields.line("title", Fields.TITLE)
                .or(() -> head.line("subject", Fields.TITLE))
                .or(() -> head.line("type", 100))
                .orElse("event");
        var built = build(fields, from.get() + "#" + id.get(), type, title, head.time("time"), data, problems);
        return problems.size() == before ? built : Optional.empty();
    }

    private Optional<Notice> one(JsonNode node, String pointer, String otherwise, List<String> problems) {
        if (!node.isObject()) {
            problems.add(pointer + ": has to be an object");
            return Optional.empty();
        }
        var fields = new Fields(node, pointer, problems);
        var title = fields.line("title", Fields.TITLE);
        if (title.isEmpty()) {
            fields.wrong("title", "a notification needs one");
            return Optional.empty();
        }
        var named = fields.text("key", 200).orElse(otherwise);
        var kind = fields.text("event", 100).orElse("notice");
        return build(fields, named, kind, title.get(), fields.time("at"), node, problems);
    }

    private Optional<Notice> build(
            Fields fields,
            String named,
            String kind,
            String title,
            Optional<Instant> at,
            JsonNode node,
            List<String> problems) {
        int before = problems.size();
        var status = status(fields);
        var labels = new TreeMap<>(fields.labels("labels"));
        var subject = fields.text("subject", 200).orElse(named);
        var notice = new Notice(
                source,
                named,
                subject,
                at.orElse(now),
                kind,
                fields.severity("severity").orElse(Severity.WARNING),
                status,
                labels,
                title,
                node.isObject() ? fields.text("text", Fields.TEXT).orElse("") : "",
                fields.link("link"),
                Notice.Order.once(status, at));
        return problems.size() == before ? Optional.of(notice) : Optional.empty();
    }

    private static Notice.Status status(Fields fields) {
        return fields.text("status", 20)
                .map(t -> switch (t.toLowerCase(Locale.ROOT)) {
                    case "open", "firing" -> Notice.Status.OPEN;
                    case "resolved", "ok" -> Notice.Status.RESOLVED;
                    case "event" -> Notice.Status.EVENT;
                    default -> {
                        fields.wrong("status", "\"" + t + "\" is none of event, open, resolved");
                        yield Notice.Status.EVENT;
                    }
                })
                .orElse(Notice.Status.EVENT);
    }
}
