package dev.playcall.chat.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.chat.ChatAdapter.Sent;
import dev.playcall.chat.message.Action;
import dev.playcall.chat.slack.api.SlackApi;
import dev.playcall.chat.slack.api.SlackApi.SlackResponse;
import dev.playcall.chat.slack.api.SlackJson;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Looks whether a message was said, by the key it carries: in its metadata, and in the values of its buttons. */
final class SlackHistorySearch {
    static final String EVENT = "playcall";
    private static final int PAGE = 200;
    private static final int PAGES = 5;

    private final SlackApi api;

    SlackHistorySearch(SlackApi api) {
        this.api = api;
    }

    /** What a message carries: nothing but its key. Everybody in the workspace could read it. */
    static JsonNode metadata(String key) {
        var metadata = SlackJson.object().put("event_type", EVENT);
        metadata.putObject("event_payload").put("key", key);
        return metadata;
    }

    /** Other apps can write the same metadata, so it has to be a message of ours. */
    Sent message(String channel, Optional<String> thread, String key, SlackIdentity slackIdentity) {
        return find(
                channel,
                thread,
                m -> isOurs(m, slackIdentity) && (isMarked(m, key) || hasButtons(m, key)),
                m -> m.path("ts").asText());
    }

    private static boolean isMarked(JsonNode message, String key) {
        return message.at("/metadata/event_type").asText().equals(EVENT)
                && message.at("/metadata/event_payload/key").asText().equals(key);
    }

    /** Metadata is not shown to everybody; what is on show always is. */
    private static boolean hasButtons(JsonNode message, String key) {
        return message.path("blocks")
                .valueStream()
                .flatMap(b -> b.path("elements").valueStream())
                .flatMap(e -> Action.key(e.path("value").asText()).stream())
                .anyMatch(key::equals);
    }

    Sent file(String channel, String thread, String name, SlackIdentity slackIdentity) {
        Function<JsonNode, Optional<JsonNode>> named = m -> m.path("files")
                .valueStream()
                .filter(f -> f.path("name").asText().equals(name))
                .findFirst();
        return find(
                channel,
                Optional.of(thread),
                m -> isOurs(m, slackIdentity) && named.apply(m).isPresent(),
                m -> named.apply(m).orElse(m).path("id").asText());
    }

    private static boolean isOurs(JsonNode message, SlackIdentity slackIdentity) {
        return message.path("user").asText().equals(slackIdentity.userId())
                || SlackJson.text(message, "/bot_id")
                        .filter(slackIdentity.botId()::equals)
                        .isPresent();
    }

    private Sent find(
            String channel, Optional<String> thread, Predicate<JsonNode> wanted, Function<JsonNode, String> ref) {
        var cursor = Optional.<String>empty();
        for (int page = 0; page < PAGES; page++) {
            var slackResponse = page(channel, thread, cursor);
            if (!(slackResponse instanceof SlackResponse.Yes(var body, var _))) {
                return unclear(slackResponse);
            }
            var found = body.path("messages").valueStream().filter(wanted).findFirst();
            if (found.isPresent()) {
                return new Sent.Done(ref.apply(found.get()));
            }
            cursor = SlackJson.text(body, "/response_metadata/next_cursor");
            if (cursor.isEmpty()) {
                return new Sent.Gone("it is not there");
            }
        }
        return new Sent.Gone("it is not among the last " + PAGE * PAGES + " messages");
    }

    /** A missing scope means that we shall never know, which is not the same as that it is not there. */
    private static Sent unclear(SlackResponse slackResponse) {
        return slackResponse instanceof SlackResponse.No(var error, var body) && error.equals("missing_scope")
                ? new Sent.Unknown(SlackErrors.remedy(error, body))
                : SlackErrors.of(slackResponse, "");
    }

    private SlackResponse page(String channel, Optional<String> thread, Optional<String> cursor) {
        var parameters = new LinkedHashMap<String, Object>();
        parameters.put("channel", channel);
        parameters.put("limit", PAGE);
        parameters.put("include_all_metadata", true);
        thread.ifPresent(t -> parameters.put("ts", t));
        cursor.ifPresent(c -> parameters.put("cursor", c));
        return api.call(thread.isPresent() ? "conversations.replies" : "conversations.history", parameters);
    }
}
