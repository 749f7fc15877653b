package dev.playcall.notify.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.Severity;
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
final class NotificationsReader {
    private static final int MOST = 1_000;
    private static final String HEADER = "ce-";

    private final String source;
    private final String key;
    private final String owner;
    private final Instant now;

    private final Map<String, String> attributes;

    /**
     * @param key of the whole request; its parts have numbers behind it
     * @param headers those of a CloudEvent in binary mode begin with {@code ce-}
     * @param owner whose keys they are; nobody else's are the same. What a notification is about belongs to nobody.
     */
    NotificationsReader(String source, String owner, String key, Map<String, String> headers, Instant now) {
        this.owner = owner;
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

    InboundResult read(JsonNode body) {
        var problems = new ArrayList<String>();
        var events = new ArrayList<NotificationEvent>();
        if (attributes.containsKey("specversion")) {
            var event = JsonNodeFactory.instance.objectNode();
            attributes.forEach(event::put);
            event.set("data", body);
            cloudEvent(event, "", "", problems).ifPresent(events::add);
        } else if (body.isArray()) {
            return batch(body);
        } else if (body.has("specversion")) {
            cloudEvent(body, "", "/data", problems).ifPresent(events::add);
        } else if (body.has("notifications")) {
            var many = body.path("notifications");
            if (!many.isArray() || many.size() > MOST) {
                return InboundResult.bad("/notifications: must be a list of at most " + MOST);
            }
            for (int i = 0; i < many.size(); i++) {
                one(many.get(i), "/notifications/" + i, key + "/" + i, problems).ifPresent(events::add);
            }
        } else {
            one(body, "", key, problems).ifPresent(events::add);
        }
        return new InboundResult(events, problems);
    }

    private InboundResult batch(JsonNode events) {
        if (events.isEmpty() || events.size() > MOST) {
            return InboundResult.bad("/: a batch has 1 to " + MOST + " CloudEvents");
        }
        var problems = new ArrayList<String>();
        var all = new ArrayList<NotificationEvent>();
        for (int i = 0; i < events.size(); i++) {
            var event = events.get(i);
            if (event.has("specversion")) {
                cloudEvent(event, "/" + i, "/" + i + "/data", problems).ifPresent(all::add);
            } else {
                problems.add("/" + i + ": must be a CloudEvent with specversion");
            }
        }
        return new InboundResult(all, problems);
    }

    private Optional<NotificationEvent> cloudEvent(
            JsonNode event, String pointer, String ofData, List<String> problems) {
        int before = problems.size();
        var head = new JsonFields(event, pointer, problems);
        var id = head.text("id", 200);
        var from = head.text("source", 200);
        if (id.isEmpty() || from.isEmpty()) {
            head.wrong(id.isEmpty() ? "id" : "source", "a CloudEvent needs one");
            return Optional.empty();
        }
        var data = event.path("data");
        var jsonFields = new JsonFields(data, ofData, problems);
        var type = head.text("type", 100).orElse("event");
        var title = jsonFields
                .line("title", JsonFields.TITLE)
                .or(() -> head.line("subject", JsonFields.TITLE))
                .or(() -> head.line("type", 100))
                .orElse("event");
        var built = build(jsonFields, from.get() + "#" + id.get(), type, title, head.time("time"), data, problems);
        return problems.size() == before ? built : Optional.empty();
    }

    private Optional<NotificationEvent> one(JsonNode node, String pointer, String otherwise, List<String> problems) {
        if (!node.isObject()) {
            problems.add(pointer + ": must be an object");
            return Optional.empty();
        }
        var jsonFields = new JsonFields(node, pointer, problems);
        var title = jsonFields.line("title", JsonFields.TITLE);
        if (title.isEmpty()) {
            jsonFields.wrong("title", "a notification needs one");
            return Optional.empty();
        }
        var named = jsonFields.text("key", 200).orElse(otherwise);
        var kind = jsonFields.text("event", 100).orElse("notice");
        return build(jsonFields, named, kind, title.get(), jsonFields.time("at"), node, problems);
    }

    private Optional<NotificationEvent> build(
            JsonFields jsonFields,
            String named,
            String kind,
            String title,
            Optional<Instant> at,
            JsonNode node,
            List<String> problems) {
        int before = problems.size();
        var status = status(jsonFields);
        var labels = new TreeMap<>(jsonFields.labels("labels"));
        var subject = jsonFields.text("subject", 200).orElse(named);
        var event = new NotificationEvent(
                source,
                owner + named,
                subject,
                at.orElse(now),
                kind,
                jsonFields.severity("severity").orElse(Severity.WARNING),
                status,
                labels,
                title,
                node.isObject() ? jsonFields.text("text", JsonFields.TEXT).orElse("") : "",
                jsonFields.link("link"),
                NotificationEvent.Order.once(status, at));
        return problems.size() == before ? Optional.of(event) : Optional.empty();
    }

    private static NotificationEvent.Status status(JsonFields jsonFields) {
        return jsonFields
                .text("status", 20)
                .map(t -> switch (t.toLowerCase(Locale.ROOT)) {
                    case "open", "firing" -> NotificationEvent.Status.OPEN;
                    case "resolved", "ok" -> NotificationEvent.Status.RESOLVED;
                    case "event" -> NotificationEvent.Status.EVENT;
                    default -> {
                        jsonFields.wrong("status", "\"" + t + "\" is not event, open or resolved");
                        yield NotificationEvent.Status.EVENT;
                    }
                })
                .orElse(NotificationEvent.Status.EVENT);
    }
}
