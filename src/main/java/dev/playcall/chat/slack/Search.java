package dev.playcall.chat.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.chat.ChatAdapter.Sent;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Looks whether a message was said, by the key it carries. */
final class Search {
    static final String EVENT = "playcall";
    private static final int PAGE = 200;
    private static final int PAGES = 5;

    private final SlackApi api;

    Search(SlackApi api) {
        this.api = api;
    }

    /** What a message carries: nothing but its key. Everybody in the workspace could read it. */
    static JsonNode metadata(String key) {
        var metadata = Json.object().put("event_type", EVENT);
        metadata.putObject("event_payload").put("key", key);
        return metadata;
    }

    /** Other apps can write the same metadata, so it has to be a message of ours. */
    Sent message(String channel, Optional<String> thread, String key, Self self) {
        return find(
                channel,
                thread,
                m -> m.at("/metadata/event_type").asText().equals(EVENT)
                        && m.at("/metadata/event_payload/key").asText().equals(key)
                        && isOurs(m, self),
                m -> m.path("ts").asText());
    }

    Sent file(String channel, String thread, String name, Self self) {
        Function<JsonNode, Optional<JsonNode>> named = m -> m.path("files")
                .valueStream()
                .filter(f -> f.path("name").asText().equals(name))
                .findFirst();
        return find(
                channel,
                Optional.of(thread),
                m -> isOurs(m, self) && named.apply(m).isPresent(),
                m -> named.apply(m).orElse(m).path("id").asText());
    }

    private static boolean isOurs(JsonNode message, Self self) {
        return message.path("user").asText().equals(self.userId())
                || Json.text(message, "/bot_id").filter(self.botId()::equals).isPresent();
    }

    private Sent find(
            String channel, Optional<String> thread, Predicate<JsonNode> wanted, Function<JsonNode, String> ref) {
        var cursor = Optional.<String>empty();
        for (int page = 0; page < PAGES; page++) {
            var heard = page(channel, thread, cursor);
            if (!(heard instanceof Heard.Yes(var body, var _))) {
                return unclear(heard);
            }
            var found = body.path("messages").valueStream().filter(wanted).findFirst();
            if (found.isPresent()) {
                return new Sent.Done(ref.apply(found.get()));
            }
            cursor = Json.text(body, "/response_metadata/next_cursor");
            if (cursor.isEmpty()) {
                return new Sent.Gone("it is not there");
            }
        }
        return new Sent.Gone("it is not among the last " + PAGE * PAGES + " messages");
    }

    /** A missing scope means that we shall never know, which is not the same as that it is not there. */
    private static Sent unclear(Heard heard) {
        return heard instanceof Heard.No(var error, var body) && error.equals("missing_scope")
                ? new Sent.Unknown(Verdicts.remedy(error, body))
                : Verdicts.of(heard, "");
    }

    private Heard page(String channel, Optional<String> thread, Optional<String> cursor) {
        var parameters = new LinkedHashMap<String, Object>();
        parameters.put("channel", channel);
        parameters.put("limit", PAGE);
        parameters.put("include_all_metadata", true);
        thread.ifPresent(t -> parameters.put("ts", t));
        cursor.ifPresent(c -> parameters.put("cursor", c));
        return api.call(thread.isPresent() ? "conversations.replies" : "conversations.history", parameters);
    }
}
