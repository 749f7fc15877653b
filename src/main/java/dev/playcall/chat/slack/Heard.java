package dev.playcall.chat.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Set;

/** What came back from one call of the Web API. */
sealed interface Heard {
    record Yes(JsonNode body, Set<String> scopes) implements Heard {}

    /** Slack refused; nothing was done. */
    record No(String error, JsonNode body) implements Heard {}

    /** Slack asks to wait; nothing was done. */
    record Busy(Duration after) implements Heard {}

    /** It never left us. */
    record NotSent(String why) implements Heard {}

    /** Nobody knows whether it was done. */
    record Lost(String why) implements Heard {}
}
