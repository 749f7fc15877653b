package dev.playcall.chat.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * One delivery of Slack.
 *
 * @param key the same when Slack delivers it again
 */
record Envelope(String id, String key, Wish wish) {

    static Envelope of(JsonNode frame) {
        var id = frame.path("envelope_id").asText();
        var payload = frame.path("payload");
        var wish = wish(frame.path("type").asText(), payload);
        return new Envelope(id, key(payload, id), isPlaced(wish) ? wish : new Wish.Nothing());
    }

    /** Whether it comes from a place that Slack could have named. */
    private static boolean isPlaced(Wish wish) {
        return switch (wish) {
            case Wish.Command c -> isName(c.channel());
            case Wish.Press p ->
                p.channel().filter(c -> !isName(c)).isEmpty()
                        && p.thread().filter(t -> !isTime(t)).isEmpty();
            case Wish.Line l ->
                isName(l.channel()) && l.thread().filter(t -> !isTime(t)).isEmpty();
            case Wish.Submission _, Wish.Home _, Wish.Nothing _ -> true;
        };
    }

    private static boolean isName(String text) {
        return text.matches("[A-Z0-9]{1,40}");
    }

    private static boolean isTime(String text) {
        return text.matches("[0-9]{1,20}(\\.[0-9]{1,20})?");
    }

    private static String key(JsonNode payload, String id) {
        var key = Json.text(payload, "/event_id")
                .or(() -> Json.text(payload, "/trigger_id")
                        .map(t -> payload.path("type").asText("command") + ":" + t))
                .orElse(id);
        return "slack:" + key;
    }

    private static Wish wish(String type, JsonNode payload) {
        return switch (type) {
            case "slash_commands" -> command(payload);
            case "interactive" -> interaction(payload);
            case "events_api" -> event(payload, payload.path("event"));
            default -> new Wish.Nothing();
        };
    }

    private static Wish command(JsonNode p) {
        return new Wish.Command(
                p.path("user_id").asText(),
                p.path("channel_id").asText(),
                p.path("command").asText(),
                p.path("text").asText(),
                p.path("trigger_id").asText(),
                Json.text(p, "/response_url"));
    }

    private static String user(JsonNode p) {
        return p.at("/user/id").asText();
    }

    private static Wish interaction(JsonNode p) {
        return switch (p.path("type").asText()) {
            case "block_actions" -> press(p);
            case "view_submission" ->
                p.at("/view/callback_id").asText().equals(Views.FORM)
                        ? new Wish.Submission(user(p), window(p.path("view")), p.path("view"))
                        : new Wish.Nothing();
            default -> new Wish.Nothing();
        };
    }

    private static Wish.Window window(JsonNode view) {
        return new Wish.Window(
                view.path("id").asText(),
                view.path("type").asText().equals("modal"),
                view.path("private_metadata").asText(),
                view.at("/title/text").asText("Playcall"));
    }

    private static Wish press(JsonNode p) {
        var action = p.at("/actions/0");
        if (!action.path("type").asText().equals("button")) {
            return new Wish.Nothing();
        }
        return new Wish.Press(
                user(p),
                Json.text(p, "/channel/id").or(() -> Json.text(p, "/container/channel_id")),
                thread(p),
                Optional.of(p.path("view")).filter(JsonNode::isObject).map(Envelope::window),
                p.at("/container/is_ephemeral").asBoolean(),
                action.path("value").asText(),
                p.path("trigger_id").asText(),
                Json.text(p, "/response_url"));
    }

    /**
     * The thread that the message lives in, as a place of its own. An alert hangs in the thread of its card too, but
     * whatever is started by its buttons is for the whole channel; only cards and questions stay where they are.
     */
    private static Optional<String> thread(JsonNode p) {
        boolean stays = p.at("/container/is_ephemeral").asBoolean()
                || p.at("/message/metadata/event_payload/key").asText().contains(".card");
        var own = Json.text(p, "/container/message_ts").or(() -> Json.text(p, "/message/ts"));
        return Json.text(p, "/container/thread_ts")
                .or(() -> Json.text(p, "/message/thread_ts"))
                .filter(t -> stays && !t.equals(own.orElse("")));
    }

    private static Wish event(JsonNode p, JsonNode e) {
        var user = e.path("user").asText();
        return switch (e.path("type").asText()) {
            case "app_mention" -> line(p, e, user, false);
            case "message" ->
                e.path("channel_type").asText().equals("im") ? line(p, e, user, true) : new Wish.Nothing();
            case "app_home_opened" ->
                e.path("tab").asText("home").equals("home") ? new Wish.Home(user) : new Wish.Nothing();
            default -> new Wish.Nothing();
        };
    }

    /** Nothing is an order that nobody typed just now: edits, joins, what we said. Of a bot that calls us we tell why not. */
    private static Wish line(JsonNode p, JsonNode e, String user, boolean direct) {
        var subtype = e.path("subtype").asText();
        boolean typed = subtype.isEmpty() || subtype.equals("file_share") || subtype.equals("thread_broadcast");
        boolean bot = e.has("bot_id") || subtype.equals("bot_message");
        boolean meant = bot ? !direct : typed;
        if (!meant || e.has("edited") || user.isEmpty()) {
            return new Wish.Nothing();
        }
        return new Wish.Line(
                user,
                e.path("channel").asText(),
                Json.text(e, "/thread_ts"),
                e.path("ts").asText(),
                e.path("text").asText(),
                direct,
                Json.text(p, "/event_id").orElse(e.path("ts").asText()));
    }
}
