package dev.playcall.chat.discord.api;

import java.time.Duration;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;

/** What came back for one request. */
public sealed interface DiscordResponse {
    /** Done; the body is empty for an answer without one. */
    record Ok(String body) implements DiscordResponse {
        public DataObject object() {
            return body.isBlank() ? DataObject.empty() : DataObject.fromJson(body);
        }

        public DataArray array() {
            return body.isBlank() ? DataArray.empty() : DataArray.fromJson(body);
        }
    }

    /** Discord said no; {@code code} is its own number for the reason, 0 when it gave none. */
    record No(int status, int code, String message) implements DiscordResponse {}

    /** Too much in too short a time; nothing was done. */
    record Slow(Duration after, int code) implements DiscordResponse {}

    /** Discord was not reached; nothing was done. */
    record NotSent(String why) implements DiscordResponse {}

    /** Nobody knows whether it was done: the answer was lost, unreadable, or an error of the server. */
    record Lost(String why) implements DiscordResponse {}

    default int code() {
        return switch (this) {
            case No(var _, var code, var _) -> code;
            case Slow(var _, var code) -> code;
            case Ok _, NotSent _, Lost _ -> 0;
        };
    }

    /** For people and logs. */
    default String why() {
        return switch (this) {
            case Ok _ -> "done";
            case No(var status, var code, var message) ->
                "Discord answered " + status + ": " + message + " (" + code + ")";
            case Slow(var after, var _) -> "Discord rate limit: wait " + after.toMillis() + " ms";
            case NotSent(var why) -> why;
            case Lost(var why) -> why;
        };
    }
}
