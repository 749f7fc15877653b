package dev.playcall.chat.discord;

import dev.playcall.chat.ChatAdapter.Sent;
import java.time.Duration;
import net.dv8tion.jda.api.exceptions.ParsingException;

/** What an answer of Discord means for a sending. Pure. */
final class Outcomes {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration PROXY = Duration.ofSeconds(60);
    static final String REVOKED = "Discord does not accept the bot's token any more: reset it in the Developer Portal"
            + " (Bot, Reset Token), set DISCORD_TOKEN and restart";

    private Outcomes() {}

    /** Of something new. */
    static Sent said(Reply reply) {
        return switch (reply) {
            case Reply.Ok ok -> id(ok);
            case Reply.Slow(var after, var _) -> new Sent.Later(after, reply.why());
            case Reply.NotSent(var why) -> new Sent.Later(SOON, why);
            case Reply.Lost(var why) -> new Sent.Unknown(why);
            case Reply.No no -> refused(no);
        };
    }

    /** Of something that may be done twice without harm. */
    static Sent changed(Reply reply) {
        return switch (reply) {
            case Reply.Slow(var _, var code)
            when code == Codes.OLD_MESSAGE_EDITED_TOO_OFTEN ->
                new Sent.Gone("this message is too old to be edited again");
            case Reply.Lost(var why) -> new Sent.Later(SOON, why);
            case Reply.No(var _, var code, var message) when code == Codes.UNKNOWN_CHANNEL -> new Sent.Gone(message);
            case Reply.Ok _, Reply.Slow _, Reply.NotSent _, Reply.No _ -> said(reply);
        };
    }

    private static Sent id(Reply.Ok ok) {
        try {
            var id = ok.object().getString("id", "");
            return id.isEmpty() ? new Sent.Unknown("Discord's answer names no message") : new Sent.Done(id);
        } catch (ParsingException e) {
            return new Sent.Unknown("Discord's answer could not be read");
        }
    }

    private static Sent refused(Reply.No no) {
        if (no.status() == 401) {
            return new Sent.Stopped(REVOKED);
        }
        return switch (no.code()) {
            case Codes.UNKNOWN_MESSAGE -> new Sent.Gone("the message was deleted");
            case Codes.OLD_MESSAGE_EDITED_TOO_OFTEN -> new Sent.Gone("this message is too old to be edited again");
            case Codes.CHANNEL_TOO_BUSY -> new Sent.Later(Duration.ofSeconds(10), no.why());
            case Codes.OVERLOADED -> new Sent.Later(SOON, no.why());
            case Codes.UNKNOWN_CHANNEL -> new Sent.Refused("there is no such channel, or the bot cannot see it");
            case Codes.NO_ACCESS, Codes.NO_PERMISSION ->
                new Sent.Refused("the bot may not write there; it needs View Channel, Send Messages, Send Messages in"
                        + " Threads, Create Public Threads, Embed Links, Attach Files and Read Message History");
            // Not Discord's own answer: something between us and it.
            case 0 -> no.status() == 404 ? new Sent.Refused(no.why()) : new Sent.Later(PROXY, no.why());
            default -> new Sent.Refused(no.why());
        };
    }
}
