package dev.playcall.chat.discord.api;

import dev.playcall.chat.ChatAdapter.Sent;
import dev.playcall.chat.discord.api.DiscordApi.DiscordResponse;
import java.time.Duration;
import net.dv8tion.jda.api.exceptions.ParsingException;

/** What an answer of Discord means for a sending. Pure. */
public final class DiscordOutcomes {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration PROXY = Duration.ofSeconds(60);
    public static final String REVOKED =
            "Discord does not accept the bot's token any more: reset it in the Developer Portal"
                    + " (Bot, Reset Token), set DISCORD_TOKEN and restart";

    private DiscordOutcomes() {}

    /** Of something new. */
    public static Sent outcome(DiscordResponse discordResponse) {
        return switch (discordResponse) {
            case DiscordResponse.Ok ok -> id(ok);
            case DiscordResponse.Slow(var after, var _) -> new Sent.Later(after, discordResponse.why());
            case DiscordResponse.NotSent(var why) -> new Sent.Later(SOON, why);
            case DiscordResponse.Lost(var why) -> new Sent.Unknown(why);
            case DiscordResponse.No no -> refused(no);
        };
    }

    /** Of something that may be done twice without harm. */
    public static Sent changed(DiscordResponse discordResponse) {
        return switch (discordResponse) {
            case DiscordResponse.Slow(var _, var code)
            when code == DiscordErrorCodes.OLD_MESSAGE_EDITED_TOO_OFTEN ->
                new Sent.Gone("this message is too old to be edited again");
            case DiscordResponse.Lost(var why) -> new Sent.Later(SOON, why);
            case DiscordResponse.No(var _, var code, var message)
            when code == DiscordErrorCodes.UNKNOWN_CHANNEL -> new Sent.Gone(message);
            case DiscordResponse.Ok _, DiscordResponse.Slow _, DiscordResponse.NotSent _, DiscordResponse.No _ ->
                outcome(discordResponse);
        };
    }

    private static Sent id(DiscordResponse.Ok ok) {
        try {
            var id = ok.object().getString("id", "");
            return id.isEmpty() ? new Sent.Unknown("Discord's answer names no message") : new Sent.Done(id);
        } catch (ParsingException e) {
            return new Sent.Unknown("Discord's answer could not be read");
        }
    }

    private static Sent refused(DiscordResponse.No no) {
        if (no.status() == 401) {
            return new Sent.Stopped(REVOKED);
        }
        return switch (no.code()) {
            case DiscordErrorCodes.UNKNOWN_MESSAGE -> new Sent.Gone("the message was deleted");
            case DiscordErrorCodes.OLD_MESSAGE_EDITED_TOO_OFTEN ->
                new Sent.Gone("this message is too old to be edited again");
            case DiscordErrorCodes.CHANNEL_TOO_BUSY -> new Sent.Later(Duration.ofSeconds(10), no.why());
            case DiscordErrorCodes.OVERLOADED -> new Sent.Later(SOON, no.why());
            case DiscordErrorCodes.UNKNOWN_CHANNEL ->
                new Sent.Refused("there is no such channel, or the bot cannot see it");
            case DiscordErrorCodes.NO_ACCESS, DiscordErrorCodes.NO_PERMISSION ->
                new Sent.Refused("the bot may not write there; it needs View Channel, Send Messages, Send Messages in"
                        + " Threads, Create Public Threads, Embed Links, Attach Files and Read Message History");
            // Not Discord's own answer: something between us and it.
            case 0 -> no.status() == 404 ? new Sent.Refused(no.why()) : new Sent.Later(PROXY, no.why());
            default -> new Sent.Refused(no.why());
        };
    }
}
