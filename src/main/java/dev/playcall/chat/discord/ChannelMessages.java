package dev.playcall.chat.discord;

import dev.playcall.chat.ChatAdapter.Post;
import dev.playcall.chat.ChatAdapter.Sent;
import dev.playcall.chat.ChatAdapter.Upload;
import dev.playcall.chat.discord.api.DiscordApi;
import dev.playcall.chat.discord.api.DiscordApi.DiscordResponse;
import dev.playcall.chat.discord.api.DiscordErrorCodes;
import dev.playcall.chat.discord.api.DiscordFiles;
import dev.playcall.chat.discord.api.DiscordFiles.DiscordAttachment;
import dev.playcall.chat.discord.api.DiscordOutcomes;
import dev.playcall.chat.discord.render.DiscordMarkdown;
import dev.playcall.chat.discord.render.DiscordMessage;
import dev.playcall.chat.discord.render.DiscordRenderer;
import dev.playcall.chat.message.Channel;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.UntrustedText;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import net.dv8tion.jda.api.utils.data.DataObject;

/** Says, changes and finds messages in channels and in the threads under them. */
final class ChannelMessages {
    private final DiscordApi api;
    private final DiscordThreads discordThreads;
    private final DiscordHistorySearch historySearch;

    ChannelMessages(DiscordApi api, Clock clock) {
        this.api = api;
        this.discordThreads = new DiscordThreads(api);
        this.historySearch = new DiscordHistorySearch(api, clock);
    }

    Sent post(Post post) {
        var body = body(post).put("nonce", post.key()).put("enforce_nonce", true);
        var sent = deliver(post.channel(), post.under(), post.broadcast(), post.key(), body, Optional.empty());
        if (sent instanceof Sent.Done(var ref)) {
            historySearch.posted(ref, post.key());
            if (post.under().isEmpty()) {
                discordThreads.named(ref, post.message().headline());
            }
        }
        return sent;
    }

    /** In a thread, where nobody is disturbed, everything stands in a box, by whose mark it can be found again. */
    private static DataObject body(Post post) {
        var discordMessage = DiscordRenderer.render(post.message());
        boolean silent = post.under().isPresent()
                && !post.broadcast()
                && post.message().mentions().isEmpty();
        return (silent ? discordMessage.boxed() : discordMessage).json(Optional.of(post.key()));
    }

    Sent upload(Upload upload) {
        DiscordAttachment file;
        try {
            file = DiscordFiles.attachment(upload.file(), upload.name());
        } catch (IOException e) {
            return new Sent.Refused("the file cannot be read");
        }
        var note = DiscordMarkdown.text(upload.note(), 500);
        var body = new DiscordMessage(note, 0, java.util.List.of(), java.util.List.of())
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
            Optional<DiscordAttachment> file) {
        var here = channel.thread().orElse(channel.place());
        if (under.isEmpty()) {
            return DiscordOutcomes.outcome(send(here, body, file));
        }
        if (broadcast || channel.thread().isPresent()) {
            return DiscordOutcomes.outcome(send(here, answering(body, under.get()), file));
        }
        if (!DiscordMessage.calls(body)) {
            body.put("flags", DiscordMessage.SILENT);
        }
        return under(here, under.get(), key, body, file);
    }

    /** In the thread under a message; as an answer to it where there can be no thread, or is none any more. */
    private Sent under(String channel, String message, String key, DataObject body, Optional<DiscordAttachment> file) {
        return switch (discordThreads.open(channel, message, key)) {
            case DiscordThreads.Open.There(var thread) ->
                inThread(thread, body, file).orElseGet(() -> answer(channel, message, body, file));
            case DiscordThreads.Open.Impossible _ -> answer(channel, message, body, file);
            case DiscordThreads.Open.Failed(var sent) -> sent;
        };
    }

    private Sent answer(String channel, String message, DataObject body, Optional<DiscordAttachment> file) {
        return DiscordOutcomes.outcome(send(channel, answering(body, message), file));
    }

    /** Empty when somebody deleted the thread. */
    private Optional<Sent> inThread(String thread, DataObject body, Optional<DiscordAttachment> file) {
        var discordResponse = send(thread, body, file);
        if (discordResponse.code() == DiscordErrorCodes.THREAD_IS_ARCHIVED && discordThreads.wake(thread)) {
            discordResponse = send(thread, body, file);
        }
        if (discordResponse.code() == DiscordErrorCodes.UNKNOWN_CHANNEL) {
            discordThreads.remove(thread);
            return Optional.empty();
        }
        return Optional.of(DiscordOutcomes.outcome(discordResponse));
    }

    private DiscordResponse send(String channel, DataObject body, Optional<DiscordAttachment> file) {
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
        var sent = DiscordOutcomes.changed(
                api.patch(path, DiscordRenderer.render(message).json()));
        if (sent instanceof Sent.Done) {
            discordThreads.named(ref, message.headline());
        }
        return sent;
    }

    Sent find(Post post) {
        var channel = post.channel().thread().orElse(post.channel().place());
        if (post.under().isEmpty()
                || post.broadcast()
                || post.channel().thread().isPresent()) {
            return historySearch.message(channel, post.key(), body(post));
        }
        var inThread = historySearch.message(post.under().get(), post.key(), body(post));
        // Where no thread could be made the message stands in the channel.
        return inThread instanceof Sent.Gone || inThread instanceof Sent.Refused
                ? historySearch.message(channel, post.key(), body(post))
                : inThread;
    }

    /** The channel in which a person can be told something alone. */
    Optional<Channel> direct(String user) {
        var discordResponse = api.post("users/@me/channels", DataObject.empty().put("recipient_id", user));
        return discordResponse instanceof DiscordResponse.Ok ok
                        && DiscordOutcomes.outcome(ok) instanceof Sent.Done(var id)
                ? Optional.of(new Channel(DiscordAdapter.PLATFORM, id))
                : Optional.empty();
    }

    /** An answer to what somebody wrote: in a thread under it, or as an answer where there can be none. */
    Sent answer(
            Channel channel,
            String message,
            boolean privately,
            String about,
            DiscordMessage discordMessage,
            Optional<DiscordAttachment> file) {
        var here = channel.thread().orElse(channel.place());
        var body = discordMessage.json().put("nonce", "a" + message).put("enforce_nonce", true);
        if (privately || channel.thread().isPresent()) {
            return answer(here, message, body, file);
        }
        discordThreads.named(message, UntrustedText.line(about, 80));
        return under(here, message, "", body, file);
    }
}
