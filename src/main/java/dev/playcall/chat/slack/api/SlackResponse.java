package dev.playcall.chat.slack.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Set;

/** What came back from one call of the Web API. */
public sealed interface SlackResponse {
    record Yes(JsonNode body, Set<String> scopes) implements SlackResponse {}

    /** Slack refused; nothing was done. */
    record No(String error, JsonNode body) implements SlackResponse {}

    /** Slack asks to wait; nothing was done. */
    record Busy(Duration after) implements SlackResponse {}

    /** It never left us. */
    record NotSent(String why) implements SlackResponse {}

    /** Nobody knows whether it was done. */
    record Lost(String why) implements SlackResponse {}
}
