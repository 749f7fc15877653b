package dev.playcall.rehearsal.discord;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Writes one file for every distinct shape of what the app sends, so that others can check the shapes. */
final class Recorder {
    private static final Map<String, String> KINDS = Map.of(
            "POST /channels/{channel}/messages", "message-create",
            "PATCH /channels/{channel}/messages/{message}", "message-edit",
            "POST /channels/{channel}/messages/{message}/threads", "thread-create",
            "POST /interactions/{interaction}/{token}/callback", "callback",
            "POST /webhooks/{app}/{token}", "follow-up-create",
            "PATCH /webhooks/{app}/{token}/messages/{message}", "follow-up-edit",
            "PUT /applications/{app}/guilds/{guild}/commands", "commands-guild",
            "PUT /applications/{app}/commands", "commands-global");

    private @Nullable Path folder;

    synchronized void to(Path target) {
        folder = target;
    }

    synchronized void note(Request request) {
        var kind = KINDS.get(request.route());
        if (folder == null || kind == null || request.body().isMissingNode()) {
            return;
        }
        var name = kind.equals("callback")
                ? kind + "-" + request.body().path("type").asInt()
                : kind;
        var file = folder.resolve(
                name + "-" + Integer.toHexString(shape(request.body()).hashCode()) + ".json");
        try {
            Files.createDirectories(folder);
            if (!Files.exists(file)) {
                Files.writeString(file, Json.pretty(request.body()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names and types in a body without its values; a list is the set of what is in it. */
    static String shape(JsonNode node) {
        var parts = new TreeSet<String>();
        if (node.isObject()) {
            node.properties().forEach(p -> parts.add(p.getKey() + ":" + shape(p.getValue())));
            return parts + (node.path("type").isInt() ? "#" + node.path("type") : "");
        }
        if (node.isArray()) {
            node.forEach(n -> parts.add(shape(n)));
            return "list" + parts;
        }
        return node.getNodeType().name();
    }
}
