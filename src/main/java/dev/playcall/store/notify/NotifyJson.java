package dev.playcall.store.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.notify.event.Notification;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.Severity;
import dev.playcall.store.sql.RunEventJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Notices and messages as they are kept, written out by hand. */
final class NotifyJson {
    private NotifyJson() {}

    static Notification.Item item(NotificationEvent n) {
        return new Notification.Item(
                n.status(), n.severity(), n.kind(), n.title(), n.text(), n.link(), n.at(), n.labels());
    }

    static String write(Notification.Item item) {
        return node(item).toString();
    }

    private static ObjectNode node(Notification.Item i) {
        var node = RunEventJson.JSON
                .createObjectNode()
                .put("status", i.status().name())
                .put("severity", i.severity().word())
                .put("kind", i.kind())
                .put("title", i.title())
                .put("text", i.text())
                .put("link", i.link())
                .put("at", i.at().toEpochMilli());
        node.set("labels", RunEventJson.JSON.valueToTree(i.labels()));
        i.standing().ifPresent(s -> node.set("alert", node(s)));
        return node;
    }

    static Notification.Item item(String json) {
        try {
            return item(tree(json));
        } catch (IllegalArgumentException e) {
            return unreadable(Optional.empty());
        }
    }

    static Notification.Item item(String json, Optional<Notification.Standing> standing) {
        try {
            return item(tree(json), standing);
        } catch (IllegalArgumentException e) {
            return unreadable(standing);
        }
    }

    /** One record that is damaged must not keep all others from being read. */
    private static Notification.Item unreadable(Optional<Notification.Standing> standing) {
        return new Notification.Item(
                NotificationEvent.Status.EVENT,
                Severity.ERROR,
                "playcall.event_left_out",
                "A notification cannot be read",
                "Its record in the database is damaged; what it said is unknown.",
                "",
                standing.map(Notification.Standing::since).orElse(Instant.EPOCH),
                new TreeMap<>(),
                standing);
    }

    private static Notification.Item item(JsonNode n) {
        return item(n, standing(n.path("alert")));
    }

    private static Notification.Item item(JsonNode n, Optional<Notification.Standing> standing) {
        return new Notification.Item(
                NotificationEvent.Status.valueOf(n.path("status").asText()),
                severity(n),
                n.path("kind").asText(),
                n.path("title").asText(),
                n.path("text").asText(),
                n.path("link").asText(),
                Instant.ofEpochMilli(n.path("at").asLong()),
                labels(n.path("labels")),
                standing);
    }

    private static Optional<Notification.Standing> standing(JsonNode n) {
        return n.isMissingNode()
                ? Optional.empty()
                : Optional.of(new Notification.Standing(
                        n.path("id").asLong(),
                        Instant.ofEpochMilli(n.path("since").asLong()),
                        n.path("times").asInt(),
                        Optional.of(n.path("by").asText()).filter(b -> !b.isEmpty()),
                        n.path("notes").valueStream().map(JsonNode::asText).toList(),
                        buttons(n.path("offers"))));
    }

    private static ObjectNode node(Notification.Standing s) {
        var node = RunEventJson.JSON
                .createObjectNode()
                .put("id", s.alert())
                .put("since", s.since().toEpochMilli())
                .put("times", s.times())
                .put("by", s.acknowledgedBy().orElse(""));
        node.set("notes", RunEventJson.JSON.valueToTree(s.notes()));
        node.set("offers", nodes(s.offers()));
        return node;
    }

    private static ArrayNode nodes(List<Notification.Button> buttons) {
        var all = RunEventJson.JSON.createArrayNode();
        buttons.forEach(b -> all.addObject().put("id", b.offer()).put("label", b.label()));
        return all;
    }

    static String buttons(List<Notification.Button> buttons) {
        return nodes(buttons).toString();
    }

    static List<Notification.Button> buttons(String json) {
        return buttons(treeOrNothing(json));
    }

    private static List<Notification.Button> buttons(JsonNode node) {
        return node.valueStream()
                .map(b -> new Notification.Button(
                        b.path("id").asLong(), b.path("label").asText()))
                .toList();
    }

    static String write(List<String> texts) {
        return RunEventJson.JSON.valueToTree(texts).toString();
    }

    static List<String> texts(String json) {
        return treeOrNothing(json).valueStream().map(JsonNode::asText).toList();
    }

    private static Severity severity(JsonNode n) {
        return Severity.of(n.path("severity").asText()).orElse(Severity.INFO);
    }

    static String write(Notification.Content c) {
        var node = RunEventJson.JSON
                .createObjectNode()
                .put("drill", c.test())
                .put("severity", c.severity().word())
                .put("open", c.open())
                .put("resolved", c.resolved())
                .put("events", c.events());
        if (!c.digest().isEmpty()) {
            node.put("digest", c.digest());
        }
        node.set("group", RunEventJson.JSON.valueToTree(c.group()));
        var items = node.putArray("items");
        c.items().forEach(i -> items.add(node(i)));
        return node.toString();
    }

    static Notification.Content content(String json) {
        try {
            return content(tree(json));
        } catch (IllegalArgumentException e) {
            return new Notification.Content(
                    false, Severity.ERROR, 0, 0, 1, new TreeMap<>(), List.of(unreadable(Optional.empty())));
        }
    }

    private static Notification.Content content(JsonNode n) {
        return new Notification.Content(
                n.path("drill").asBoolean(),
                severity(n),
                n.path("open").asInt(),
                n.path("resolved").asInt(),
                n.path("events").asInt(),
                labels(n.path("group")),
                n.path("items").valueStream().map(NotifyJson::item).toList(),
                n.path("digest").asText());
    }

    static String write(SortedMap<String, String> labels) {
        return RunEventJson.JSON.valueToTree(labels).toString();
    }

    static SortedMap<String, String> labels(String json) {
        return labels(treeOrNothing(json));
    }

    private static SortedMap<String, String> labels(JsonNode node) {
        var labels = new TreeMap<String, String>();
        node.properties().forEach(e -> labels.put(e.getKey(), e.getValue().asText()));
        return labels;
    }

    private static JsonNode tree(String json) {
        try {
            return RunEventJson.JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a notice: " + json, e);
        }
    }

    private static JsonNode treeOrNothing(String json) {
        try {
            return tree(json);
        } catch (IllegalArgumentException e) {
            return RunEventJson.JSON.missingNode();
        }
    }
}
