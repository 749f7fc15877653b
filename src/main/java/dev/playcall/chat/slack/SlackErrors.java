package dev.playcall.chat.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.chat.ChatAdapter.Sent;
import dev.playcall.chat.slack.api.SlackApi.SlackResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What an answer of Slack means for what was to be sent. */
final class SlackErrors {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Set<String> DEAD = Set.of(
            "invalid_auth",
            "not_authed",
            "token_revoked",
            "token_expired",
            "account_inactive",
            "not_allowed_token_type",
            "org_login_required",
            "team_access_not_granted");
    private static final Set<String> GONE = Set.of(
            "message_not_found",
            "cant_update_message",
            "edit_window_closed",
            "is_inactive",
            "thread_not_found",
            "cannot_reply_to_message",
            "streaming_state_conflict");
    private static final Set<String> MISMADE =
            Set.of("invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long");

    private SlackErrors() {}

    /** @param ref where in the answer the name of the message stands */
    public static Sent of(SlackResponse slackResponse, String ref) {
        return switch (slackResponse) {
            case SlackResponse.Yes(var body, var _) ->
                new Sent.Done(body.at(ref).asText());
            case SlackResponse.Busy(var after) -> new Sent.Later(after, "Slack rate limit reached");
            case SlackResponse.NotSent(var why) -> new Sent.Later(SOON, why);
            case SlackResponse.Lost(var why) -> new Sent.Unknown(why);
            case SlackResponse.No(var error, var body) -> refusal(error, body);
        };
    }

    private static Sent refusal(String error, JsonNode body) {
        if (GONE.contains(error)) {
            return new Sent.Gone(error);
        }
        return dead(error).<Sent>map(Sent.Stopped::new).orElseGet(() -> new Sent.Refused(remedy(error, body)));
    }

    /** What an operator has to do before Slack takes anything from us again; empty for an error that passes. */
    public static Optional<String> dead(String error) {
        return DEAD.contains(error)
                ? Optional.of("Slack refuses the token (" + error
                        + "): install the app again, put its tokens into chat.slack and restart Playcall")
                : Optional.empty();
    }

    /** Slack does not take the blocks, which is our mistake and can be mended by saying less. */
    public static boolean isMismade(SlackResponse slackResponse) {
        return slackResponse instanceof SlackResponse.No(var error, var _) && MISMADE.contains(error);
    }

    public static String remedy(String error, JsonNode body) {
        return switch (error) {
            case "not_in_channel", "not_in_group" -> "Playcall is not in this channel: type /invite @playcall there";
            case "channel_not_found" ->
                "Slack shows us no such channel: if it is private, type /invite @playcall there";
            case "is_archived" -> "the channel is archived";
            case "missing_scope" ->
                "the app lacks the scope " + body.path("needed").asText("?")
                        + ": add it, or paste the manifest anew, and install the app again";
            default -> {
                var details = body.at("/response_metadata/messages");
                yield "Slack answered " + error + (details.isArray() && !details.isEmpty() ? " " + details : "");
            }
        };
    }
}
