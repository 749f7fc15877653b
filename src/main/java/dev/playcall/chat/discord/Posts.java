package dev.playcall.chat.discord;

import dev.playcall.chat.Channel;
import dev.playcall.chat.ChatAdapter.Post;
import dev.playcall.chat.ChatAdapter.Sent;
import dev.playcall.chat.ChatAdapter.Upload;
import dev.playcall.chat.ForeignText;
import dev.playcall.chat.Message;
import java.io.IOException;
import java.util.Optional;
import net.dv8tion.jda.api.exceptions.ParsingException;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;

/** Says, changes and finds messages in channels and in the threads under them. */
final class Posts {
    private final DiscordApi api;
    private final Threads threads;

    Posts(DiscordApi api) {
        this.api = api;
        this.threads = new Threads(api);
    }

    Sent post(Post post) {
        var body = Renderer.render(post.message())
                .json(Optional.of(post.key()))
                .put("nonce", post.key())
                .put("enforce_nonce", true);
        var sent = deliver(post.channel(), post.under(), post.broadcast(), post.key(), body, Optional.empty());
        if (sent instanceof Sent.Done(var ref) && post.under().isEmpty()) {
            threads.named(ref, post.message().headline());
        }
        return sent;
    }

    Sent upload(Upload upload) {
        Attachment file;
        try {
            file = Files.attachment(upload.file(), upload.name());
        } catch (IOException e) {
            return new Sent.Refused("the file cannot be read");
        }
        var note = Markdown.text(upload.note(), 500);
        var body = new Look(note, 0, java.util.List.of(), java.util.List.of())
                .json()
                .put("nonce", upload.key())
                .put("enforce_nonce", true);
        return deliver(upload.channel(), Optional.of(upload.under()), false, upload.key(), body, Optional.of(file));
    }

    private Sent deliver(
            Channel channel,
            Optional<String> under,
            boolean broadcast,
            String key,
            DataObject body,
            Optional<Attachment> file) {
        var here = channel.thread().orElse(channel.place());
        if (under.isEmpty()) {
            return Outcomes.said(send(here, body, file));
        }
        if (broadcast || channel.thread().isPresent()) {
            return Outcomes.said(send(here, answering(body, under.get()), file));
        }
        if (!Look.calls(body)) {
            body.put("flags", Look.SILENT);
        }
        return under(here, under.get(), key, body, file);
    }

    /** In the thread under a message; as an answer to it where there can be no thread, or is none any more. */
    private Sent under(String channel, String message, String key, DataObject body, Optional<Attachment> file) {
        return switch (threads.open(channel, message, key)) {
            case Threads.Open.There(var thread) ->
                inThread(thread, body, file).orElseGet(() -> answer(channel, message, body, file));
            case Threads.Open.Impossible _ -> answer(channel, message, body, file);
            case Threads.Open.Failed(var sent) -> sent;
        };
    }

    private Sent answer(String channel, String message, DataObject body, Optional<Attachment> file) {
        return Outcomes.said(send(channel, answering(body, message), file));
    }

    /** Empty when somebody deleted the thread. */
    private Optional<Sent> inThread(String thread, DataObject body, Optional<Attachment> file) {
        var reply = send(thread, body, file);
        if (reply.code() == Codes.THREAD_IS_ARCHIVED && threads.wake(thread)) {
            reply = send(thread, body, file);
        }
        if (reply.code() == Codes.UNKNOWN_CHANNEL) {
            threads.forget(thread);
            return Optional.empty();
        }
        return Optional.of(Outcomes.said(reply));
    }

    private Reply send(String channel, DataObject body, Optional<Attachment> file) {
        return api.send("POST", "channels/" + channel + "/messages", body, file);
    }

    /** A card that was deleted in between does not keep the answer back. */
    private static DataObject answering(DataObject body, String message) {
        return body.put(
                "message_reference",
                DataObject.empty().put("message_id", message).put("fail_if_not_exists", false));
    }

    Sent edit(Channel channel, String ref, Message message) {
        var path = "channels/" + channel.thread().orElse(channel.place()) + "/messages/" + ref;
        var sent = Outcomes.changed(api.patch(path, Renderer.render(message).json()));
        if (sent instanceof Sent.Done) {
            threads.named(ref, message.headline());
        }
        return sent;
    }

    Sent find(Post post) {
        var channel = post.channel().thread().orElse(post.channel().place());
        if (post.under().isEmpty()
                || post.broadcast()
                || post.channel().thread().isPresent()) {
            return find(channel, post.key());
        }
        var inThread = find(post.under().get(), post.key());
        // Where no thread could be made the message stands in the channel.
        return inThread instanceof Sent.Gone || inThread instanceof Sent.Refused ? find(channel, post.key()) : inThread;
    }

    private Sent find(String channel, String key) {
        var reply = api.get("channels/" + channel + "/messages?limit=100");
        if (reply instanceof Reply.Ok ok) {
            try {
                return ok.array().stream(DataArray::getObject)
                        .filter(m -> isMarked(m, key))
                        .findFirst()
                        .<Sent>map(m -> new Sent.Done(m.getString("id")))
                        .orElseGet(() -> new Sent.Gone("it is not among the last 100 messages"));
            } catch (ParsingException e) {
                return new Sent.Unknown("Discord's answer could not be read");
            }
        }
        return Outcomes.changed(reply);
    }

    /** Only a bot can write a box, so nobody else can pretend to be our message. */
    private static boolean isMarked(DataObject message, String key) {
        return message.optObject("author").map(a -> a.getBoolean("bot", false)).orElse(false)
                && message.optArray("embeds").stream()
                        .flatMap(a -> a.stream(DataArray::getObject))
                        .anyMatch(e -> (Look.MARK + key).equals(e.getString("url", "")));
    }

    /** The channel in which a person can be told something alone. */
    Optional<Channel> direct(String user) {
        var reply = api.post("users/@me/channels", DataObject.empty().put("recipient_id", user));
        return reply instanceof Reply.Ok ok && Outcomes.said(ok) instanceof Sent.Done(var id)
                ? Optional.of(new Channel(DiscordAdapter.PLATFORM, id))
                : Optional.empty();
    }

    /** An answer to what somebody wrote: in a thread under it, or as an answer where there can be none. */
    Sent answer(
            Channel channel, String message, boolean privately, String about, Look look, Optional<Attachment> file) {
        var here = channel.thread().orElse(channel.place());
        var body = look.json().put("nonce", "a" + message).put("enforce_nonce", true);
        if (privately || channel.thread().isPresent()) {
            return answer(here, message, body, file);
        }
        threads.named(message, ForeignText.line(about, 80));
        return under(here, message, "", body, file);
    }
}
