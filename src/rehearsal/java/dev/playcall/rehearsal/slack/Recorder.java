package dev.playcall.rehearsal.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Keeps one example of every shape of payload the application sends. */
final class Recorder {
    private static final Set<String> FLAGS =
            Set.of("reply_broadcast", "link_names", "mrkdwn", "unfurl_links", "unfurl_media", "as_user");
    private static final Set<String> KEPT = Set.of(
            "chat.postMessage",
            "chat.update",
            "chat.postEphemeral",
            "chat.unfurl",
            "views.open",
            "views.push",
            "views.update",
            "views.publish");

    private Optional<Path> folder = Optional.empty();

    synchronized void to(Path path) {
        folder = Optional.of(path);
    }

    void call(Params params) {
        if (KEPT.contains(params.method())) {
            record(params.method(), typed(params));
        }
    }

    /** A form knows only text; Slack's own types know objects and flags. */
    private static ObjectNode typed(Params params) {
        var node = Json.object();
        new TreeMap<>(params.values()).forEach((name, value) -> {
            if (FLAGS.contains(name)) {
                node.put(name, params.flag(name));
            } else if (!name.equals("token")) {
                var json = Set.of("blocks", "view", "metadata", "unfurls").contains(name)
                        ? Json.read(value)
                        : Optional.empty();
                json.ifPresentOrElse(j -> node.set(name, (JsonNode) j), () -> node.put(name, value));
            }
        });
        return node;
    }

    synchronized void record(String kind, JsonNode payload) {
        folder.ifPresent(f -> {
            var name = kind + "-" + Integer.toHexString(shape(payload).hashCode()) + ".json";
            try {
                java.nio.file.Files.createDirectories(f);
                java.nio.file.Files.writeString(f.resolve(name), Json.pretty(payload));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Names and kinds without the values; only `type` and `style` tell shapes apart by value. */
    private static String shape(JsonNode node) {
        if (node.isObject()) {
            var fields = new TreeMap<String, String>();
            node.properties()
                    .forEach(e -> fields.put(
                            e.getKey(),
                            Set.of("type", "style").contains(e.getKey())
                                    ? e.getValue().toString()
                                    : shape(e.getValue())));
            return fields.toString();
        }
        if (node.isArray()) {
            var items = new TreeSet<String>();
            node.forEach(n -> items.add(shape(n)));
            return items.toString();
        }
        return node.getNodeType().name();
    }
}
