package dev.playcall.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.notify.Notice;
import dev.playcall.notify.Parcel;
import dev.playcall.notify.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Notices and messages as they are kept, written out by hand. */
final class NotifyJson {
    private NotifyJson() {}

    static Parcel.Item item(Notice n) {
        return new Parcel.Item(n.status(), n.severity(), n.kind(), n.title(), n.text(), n.link(), n.at(), n.labels());
    }

    static String write(Parcel.Item item) {
        return node(item).toString();
    }

    private static ObjectNode node(Parcel.Item i) {
        var node = EventJson.JSON
                .createObjectNode()
                .put("status", i.status().name())
                .put("severity", i.severity().word())
                .put("kind", i.kind())
                .put("title", i.title())
                .put("text", i.text())
                .put("link", i.link())
                .put("at", i.at().toEpochMilli());
        node.set("labels", EventJson.JSON.valueToTree(i.labels()));
        i.standing().ifPresent(s -> node.set("alert", node(s)));
        return node;
    }

    static Parcel.Item item(String json) {
        return item(tree(json));
    }

    static Parcel.Item item(String json, Optional<Parcel.Standing> standing) {
        return item(tree(json), standing);
    }

    private static Parcel.Item item(JsonNode n) {
        return item(n, standing(n.path("alert")));
    }

    private static Parcel.Item item(JsonNode n, Optional<Parcel.Standing> standing) {
        return new Parcel.Item(
                Notice.Status.valueOf(n.path("status").asText()),
                severity(n),
                n.path("kind").asText(),
                n.path("title").asText(),
                n.path("text").asText(),
                n.path("link").asText(),
                Instant.ofEpochMilli(n.path("at").asLong()),
                labels(n.path("labels")),
                standing);
    }

    private static Optional<Parcel.Standing> standing(JsonNode n) {
        return n.isMissingNode()
                ? Optional.empty()
                : Optional.of(new Parcel.Standing(
                        n.path("id").asLong(),
                        Instant.ofEpochMilli(n.path("since").asLong()),
                        n.path("times").asInt(),
                        Optional.of(n.path("by").asText()).filter(b -> !b.isEmpty()),
                        n.path("notes").valueStream().map(JsonNode::asText).toList(),
                        buttons(n.path("offers"))));
    }

    private static ObjectNode node(Parcel.Standing s) {
        var node = EventJson.JSON
                .createObjectNode()
                .put("id", s.alert())
                .put("since", s.since().toEpochMilli())
                .put("times", s.times())
                .put("by", s.acknowledgedBy().orElse(""));
        node.set("notes", EventJson.JSON.valueToTree(s.notes()));
        node.set("offers", nodes(s.offers()));
        return node;
    }

    private static ArrayNode nodes(List<Parcel.Button> buttons) {
        var all = EventJson.JSON.createArrayNode();
        buttons.forEach(b -> all.addObject().put("id", b.offer()).put("label", b.label()));
        return all;
    }

    static String buttons(List<Parcel.Button> buttons) {
        return nodes(buttons).toString();
    }

    static List<Parcel.Button> buttons(String json) {
        return buttons(tree(json));
    }

    private static List<Parcel.Button> buttons(JsonNode node) {
        return node.valueStream()
                .map(b ->
                        new Parcel.Button(b.path("id").asLong(), b.path("label").asText()))
                .toList();
    }

    static String write(List<String> texts) {
        return EventJson.JSON.valueToTree(texts).toString();
    }

    static List<String> texts(String json) {
        return tree(json).valueStream().map(JsonNode::asText).toList();
    }

    private static Severity severity(JsonNode n) {
        return Severity.of(n.path("severity").asText()).orElse(Severity.INFO);
    }

    static String write(Parcel.Content c) {
        var node = EventJson.JSON
                .createObjectNode()
                .put("drill", c.drill())
                .put("severity", c.severity().word())
                .put("open", c.open())
                .put("resolved", c.resolved())
                .put("events", c.events());
        if (!c.digest().isEmpty()) {
            node.put("digest", c.digest());
        }
        node.set("group", EventJson.JSON.valueToTree(c.group()));
        var items = node.putArray("items");
        c.items().forEach(i -> items.add(node(i)));
        return node.toString();
    }

    static Parcel.Content content(String json) {
        var n = tree(json);
        return new Parcel.Content(
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
        return EventJson.JSON.valueToTree(labels).toString();
    }

    static SortedMap<String, String> labels(String json) {
        return labels(tree(json));
    }

    private static SortedMap<String, String> labels(JsonNode node) {
        var labels = new TreeMap<String, String>();
        node.properties().forEach(e -> labels.put(e.getKey(), e.getValue().asText()));
        return labels;
    }

    private static JsonNode tree(String json) {
        try {
            return EventJson.JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not a notice: " + json, e);
        }
    }
}
