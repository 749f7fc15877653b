package dev.playcall.notify.sink;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.config.ReceiverConfig.Connection;
import dev.playcall.domain.Truncate;
import dev.playcall.notify.dispatch.Sink;
import dev.playcall.notify.event.Notification;
import dev.playcall.notify.template.NotificationTemplates;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A topic of an ntfy server. */
final class NtfySink implements Sink {
    /** What is longer becomes a file, or is refused. */
    private static final int BYTES = 4_000;

    private static final int SHORT = 500;

    private final URI server;
    private final String topic;
    private final Optional<String> token;
    private final NotificationTemplates notificationTemplates;
    private final SinkHttp sinkHttp;

    /** @param topic the address of the topic: server and name */
    NtfySink(URI topic, Optional<String> token, Connection connection, NotificationTemplates notificationTemplates) {
        var path = topic.getPath().replaceFirst("/+$", "");
        this.topic = path.substring(path.lastIndexOf('/') + 1);
        this.server = topic.resolve(path.substring(0, path.lastIndexOf('/') + 1));
        this.token = token;
        this.notificationTemplates = notificationTemplates;
        this.sinkHttp = new SinkHttp(connection);
    }

    @Override
    public Result deliver(Notification notification) {
        var c = notification.content();
        var words = notificationTemplates.of(c);
        var full = message(c, Truncate.of(words.title(), 250), fitting(words.body(c, BYTES)));
        c.items().stream()
                .map(Notification.Item::link)
                .filter(l -> !l.isBlank())
                .findFirst()
                .ifPresent(l -> full.put("click", l));
        var plain = message(c, Truncate.of(words.title(), 100), Truncate.of(words.title(), SHORT));
        var headers = new TreeMap<>(Map.of("Content-Type", "application/json"));
        token.ifPresent(t -> headers.put("Authorization", "Bearer " + t));
        return sinkHttp.post(server, NotificationJson.bytes(full), NotificationJson.bytes(plain), headers)
                .noting(words.note());
    }

    private ObjectNode message(Notification.Content c, String title, String text) {
        return NotificationJson.object()
                .put("topic", topic)
                .put("title", title)
                .put("message", text)
                .put("priority", priority(c));
    }

    /** Counted in bytes: a text of other letters than ours is longer than it looks. */
    private static String fitting(String text) {
        var shown = text;
        while (shown.getBytes(StandardCharsets.UTF_8).length > BYTES) {
            shown = Truncate.of(shown, shown.length() * 3 / 4);
        }
        return shown;
    }

    private static int priority(Notification.Content c) {
        if (c.open() + c.events() == 0) {
            return 2;
        }
        return switch (c.severity()) {
            case INFO -> 2;
            case WARNING -> 3;
            case ERROR -> 4;
            case CRITICAL -> 5;
        };
    }
}
