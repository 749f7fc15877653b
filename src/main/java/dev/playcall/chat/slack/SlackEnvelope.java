package dev.playcall.chat.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.chat.slack.api.SlackJson;
import dev.playcall.chat.slack.render.SlackViews;
import java.util.Optional;

/**
 * One delivery of Slack.
 *
 * @param key the same when Slack delivers it again
 */
record SlackEnvelope(String id, String key, SlackRequest request) {

    public static SlackEnvelope of(JsonNode frame) {
        var id = frame.path("envelope_id").asText();
        var payload = frame.path("payload");
        var request = request(frame.path("type").asText(), payload);
        return new SlackEnvelope(id, key(payload, id), isPlaced(request) ? request : new SlackRequest.Ignored());
    }

    /** Whether it comes from a place that Slack could have named. */
    private static boolean isPlaced(SlackRequest request) {
        return switch (request) {
            case SlackRequest.Command c -> isName(c.channel());
            case SlackRequest.Press p ->
                p.channel().filter(c -> !isName(c)).isEmpty()
                        && p.thread().filter(t -> !isTime(t)).isEmpty();
            case SlackRequest.Line l ->
                isName(l.channel()) && l.thread().filter(t -> !isTime(t)).isEmpty();
            case SlackRequest.Submission _, SlackRequest.Home _, SlackRequest.Ignored _ -> true;
        };
    }

    private static boolean isName(String text) {
        return text.matches("[A-Z0-9]{1,40}");
    }

    private static boolean isTime(String text) {
        return text.matches("[0-9]{1,20}(\\.[0-9]{1,20})?");
    }

    private static String key(JsonNode payload, String id) {
        var key = SlackJson.text(payload, "/event_id")
                .or(() -> SlackJson.text(payload, "/trigger_id")
                        .map(t -> payload.path("type").asText("command") + ":" + t))
                .orElse(id);
        return "slack:" + key;
    }

    private static SlackRequest request(String type, JsonNode payload) {
        return switch (type) {
            case "slash_commands" -> command(payload);
            case "interactive" -> interaction(payload);
            case "events_api" -> event(payload, payload.path("event"));
            default -> new SlackRequest.Ignored();
        };
    }

    private static SlackRequest command(JsonNode p) {
        return new SlackRequest.Command(
                p.path("user_id").asText(),
                p.path("channel_id").asText(),
                p.path("command").asText(),
                p.path("text").asText(),
                p.path("trigger_id").asText(),
                SlackJson.text(p, "/response_url"));
    }

    private static String user(JsonNode p) {
        return p.at("/user/id").asText();
    }

    private static SlackRequest interaction(JsonNode p) {
        return switch (p.path("type").asText()) {
            case "block_actions" -> press(p);
            case "view_submission" ->
                p.at("/view/callback_id").asText().equals(SlackViews.FORM)
                        ? new SlackRequest.Submission(user(p), window(p.path("view")), p.path("view"))
                        : new SlackRequest.Ignored();
            default -> new SlackRequest.Ignored();
        };
    }

    private static SlackRequest.Window window(JsonNode view) {
        return new SlackRequest.Window(
                view.path("id").asText(),
                view.path("type").asText().equals("modal"),
                view.path("private_metadata").asText(),
                view.at("/title/text").asText("Playcall"));
    }

    private static SlackRequest press(JsonNode p) {
        var action = p.at("/actions/0");
        if (!action.path("type").asText().equals("button")) {
            return new SlackRequest.Ignored();
        }
        return new SlackRequest.Press(
                user(p),
                SlackJson.text(p, "/channel/id").or(() -> SlackJson.text(p, "/container/channel_id")),
                thread(p),
                Optional.of(p.path("view")).filter(JsonNode::isObject).map(SlackEnvelope::window),
                p.at("/container/is_ephemeral").asBoolean(),
                action.path("value").asText(),
                p.path("trigger_id").asText(),
                SlackJson.text(p, "/response_url"));
    }

    /**
     * The thread that the message lives in, as a place of its own. An alert hangs in the thread of its card too, but
     * whatever is started by its buttons is for the whole channel; only cards and questions stay where they are.
     */
    private static Optional<String> thread(JsonNode p) {
        boolean stays = p.at("/container/is_ephemeral").asBoolean()
                || p.at("/message/metadata/event_payload/key").asText().contains(".card");
        var own = SlackJson.text(p, "/container/message_ts").or(() -> SlackJson.text(p, "/message/ts"));
        return SlackJson.text(p, "/container/thread_ts")
                .or(() -> SlackJson.text(p, "/message/thread_ts"))
                .filter(t -> stays && !t.equals(own.orElse("")));
    }

    private static SlackRequest event(JsonNode p, JsonNode e) {
        var user = e.path("user").asText();
        return switch (e.path("type").asText()) {
            case "app_mention" -> line(p, e, user, false);
            case "message" ->
                e.path("channel_type").asText().equals("im") ? line(p, e, user, true) : new SlackRequest.Ignored();
            case "app_home_opened" ->
                e.path("tab").asText("home").equals("home") ? new SlackRequest.Home(user) : new SlackRequest.Ignored();
            default -> new SlackRequest.Ignored();
        };
    }

    /** Nothing is an order that nobody typed just now: edits, joins, what we said. Of a bot that calls us we tell why not. */
    private static SlackRequest line(JsonNode p, JsonNode e, String user, boolean direct) {
        var subtype = e.path("subtype").asText();
        boolean typed = subtype.isEmpty() || subtype.equals("file_share") || subtype.equals("thread_broadcast");
        boolean bot = e.has("bot_id") || subtype.equals("bot_message");
        boolean meant = bot ? !direct : typed;
        if (!meant || e.has("edited") || user.isEmpty()) {
            return new SlackRequest.Ignored();
        }
        return new SlackRequest.Line(
                user,
                e.path("channel").asText(),
                SlackJson.text(e, "/thread_ts"),
                e.path("ts").asText(),
                e.path("text").asText(),
                direct,
                SlackJson.text(p, "/event_id").orElse(e.path("ts").asText()));
    }
}
