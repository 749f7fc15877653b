package dev.playcall.notify.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.notify.event.Notification;
import dev.playcall.notify.template.DefaultTemplate;
import dev.playcall.notify.template.NotificationTemplates.Words;
import java.nio.charset.StandardCharsets;

/** A message as programs read it. */
final class NotificationJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private NotificationJson() {}

    /** @param whole with every notice; else with the counts and the summary alone */
    static byte[] bytes(Notification notification, Words words, boolean whole) {
        var json = of(notification, words);
        if (whole) {
            notices(json, notification.content());
        } else {
            json.put("cut", true);
        }
        return bytes(json);
    }

    static byte[] bytes(ObjectNode json) {
        try {
            return JSON.writeValueAsString(json).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    private static ObjectNode of(Notification notification, Words words) {
        var c = notification.content();
        var json = object().put("id", DefaultTemplate.key(notification))
                .put("receiver", notification.receiver())
                .put("status", c.open() > 0 ? "open" : c.events() > 0 ? "event" : "resolved")
                .put("severity", c.severity().word())
                .put("summary", words.title())
                .put("open", c.open())
                .put("resolved", c.resolved())
                .put("events", c.events());
        if (c.test()) {
            json.put("drill", true);
        }
        if (!c.digest().isEmpty()) {
            json.put("digest", c.digest());
        }
        var group = json.putObject("group");
        c.group().forEach(group::put);
        words.text().ifPresent(t -> json.put("text", t));
        return json;
    }

    private static void notices(ObjectNode json, Notification.Content c) {
        var all = json.putArray("notices");
        c.items().forEach(i -> {
            var item = all.addObject()
                    .put("status", i.status().name().toLowerCase(java.util.Locale.ROOT))
                    .put("severity", i.severity().word())
                    .put("event", i.kind())
                    .put("title", i.title())
                    .put("text", i.text())
                    .put("link", i.link())
                    .put("at", i.at().toString());
            i.standing().ifPresent(s -> {
                item.put("alert", s.alert()).put("since", s.since().toString()).put("times", s.times());
                s.acknowledgedBy().ifPresent(by -> item.put("acknowledged_by", by));
                var notes = item.putArray("notes");
                s.notes().forEach(notes::add);
            });
            var labels = item.putObject("labels");
            i.labels().forEach(labels::put);
        });
    }
}
