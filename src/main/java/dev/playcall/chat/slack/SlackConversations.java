package dev.playcall.chat.slack;

import dev.playcall.chat.message.Channel;
import dev.playcall.chat.slack.api.SlackApi;
import dev.playcall.chat.slack.api.SlackApi.SlackResponse;
import dev.playcall.chat.slack.api.SlackJson;
import dev.playcall.domain.name.Person;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Conversations with one person, and whether a channel can be written to. */
final class SlackConversations {
    private final SlackApi api;
    private final Map<String, String> conversations = new ConcurrentHashMap<>();

    SlackConversations(SlackApi api) {
        this.api = api;
    }

    Optional<Channel> direct(Person person) {
        return Optional.ofNullable(conversations.get(person.id()))
                .or(() -> conversation(person.id()))
                .map(c -> new Channel("slack", c));
    }

    /** Public channels may be written to by whoever is not in them. */
    Optional<String> refusal(Channel channel) {
        return switch (api.call("conversations.info", Map.of("channel", channel.place()))) {
            case SlackResponse.Yes(var body, var _)
            when body.at("/channel/is_archived").asBoolean() -> Optional.of(SlackErrors.remedy("is_archived", body));
            case SlackResponse.Yes(var body, var _)
            when body.at("/channel/is_private").asBoolean()
                    && !body.at("/channel/is_member").asBoolean(true) ->
                Optional.of(SlackErrors.remedy("not_in_channel", body));
            case SlackResponse.No(var error, var body)
            when error.equals("channel_not_found") ->
                Optional.of(SlackErrors.remedy(error, body) + "; a channel is written by its id, slack:C0123");
            case SlackResponse.Yes _,
                    SlackResponse.No _,
                    SlackResponse.Busy _,
                    SlackResponse.NotSent _,
                    SlackResponse.Lost _ -> Optional.empty();
        };
    }

    private Optional<String> conversation(String user) {
        if (!(api.call("conversations.open", Map.of("users", user)) instanceof SlackResponse.Yes(var body, var _))) {
            return Optional.empty();
        }
        var found = SlackJson.text(body, "/channel/id");
        found.ifPresent(c -> conversations.put(user, c));
        return found;
    }
}
