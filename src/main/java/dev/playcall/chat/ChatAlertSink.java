package dev.playcall.chat;

import dev.playcall.chat.ChatAdapter.Post;
import dev.playcall.chat.ChatAdapter.Sent;
import dev.playcall.chat.message.Channel;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.Message.Tone;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.notify.dispatch.Sink;
import dev.playcall.notify.event.Notification;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.routing.Mentions;
import dev.playcall.notify.template.NotificationTemplates;
import dev.playcall.notify.template.NotificationTemplates.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A channel as a receiver of notifications: one message for what goes on together, changed in place as it changes, with
 * a word in its thread for each change.
 */
public final class ChatAlertSink implements Sink {
    private static final Duration OPERATOR = Duration.ofMinutes(10);
    private static final int LONGEST = 600;
    private static final int SHOWN = 8;
    private static final int PLAINEST = 200;
    /** What a template may say; platforms cut lines at about a thousand. */
    private static final int OWN = 1_000;

    private final ChatAdapter adapter;
    private final Channel channel;
    private final NotificationTemplates notificationTemplates;
    private final Mentions mentions;

    public ChatAlertSink(
            ChatAdapter adapter, Channel channel, NotificationTemplates notificationTemplates, Mentions mentions) {
        this.adapter = adapter;
        this.channel = channel;
        this.notificationTemplates = notificationTemplates;
        this.mentions = mentions;
    }

    @Override
    public Result deliver(Notification notification) {
        var words = notificationTemplates.of(notification.content());
        var message = message(notification, words);
        return notification
                .earlier()
                .map(ref -> change(notification, ref, message))
                .orElseGet(() -> post(notification, Optional.empty(), message))
                .noting(words.note());
    }

    /** The first message shows how things stand; what changed is said under it, where people are told of it. */
    private Result change(Notification notification, String ref, Message message) {
        return switch (adapter.edit(channel, ref, message)) {
            case Sent.Done _, Sent.Unknown _ -> {
                var result = post(notification, Optional.of(ref), message);
                yield result instanceof Result.Delivered ? new Result.Delivered(ref) : result;
            }
            case Sent.Gone _ -> post(notification, Optional.empty(), message);
            case Sent other -> result(other);
        };
    }

    /** Looks first whether it is there when it was tried before: nobody is told twice. */
    private Result post(Notification notification, Optional<String> under, Message message) {
        var post = new Post(channel, under, false, message, "n" + notification.id());
        if (notification.repeated() && adapter.find(post) instanceof Sent.Done(var there)) {
            return new Result.Delivered(there);
        }
        var sent = adapter.post(post);
        if (sent instanceof Sent.Unknown(var why)) {
            return switch (adapter.find(post)) {
                case Sent.Done(var there) -> new Result.Delivered(there);
                case Sent _ -> new Result.Retry(why, Optional.empty());
            };
        }
        return sent instanceof Sent.Refused(var why) ? plainly(post, why) : result(sent);
    }

    /** The biggest incident makes the message that is most likely refused for its form: then one line says it. */
    private Result plainly(Post post, String why) {
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Title(Tone.BAD, UntrustedText.line(post.message().headline(), PLAINEST)));
        if (!post.message().mentions().isEmpty()) {
            blocks.add(new Block.Mentions(post.message().mentions()));
        }
        var line = new Post(channel, post.under(), false, new Message(blocks), post.key());
        return adapter.post(line) instanceof Sent.Done(var ref)
                ? new Result.Delivered(ref, "the full message was rejected; one line was accepted")
                : new Result.Rejected(why);
    }

    private static Result result(Sent sent) {
        return switch (sent) {
            case Sent.Done(var ref) -> new Result.Delivered(ref);
            case Sent.Later(var after, var why) -> new Result.Retry(why, Optional.of(after));
            case Sent.Unknown(var why) -> new Result.Retry(why, Optional.empty());
            case Sent.Gone(var why) -> new Result.Retry(why, Optional.empty());
            case Sent.Stopped(var why) -> new Result.Retry(why, Optional.of(OPERATOR));
            case Sent.Refused(var why) -> new Result.Rejected(why);
        };
    }

    private Message message(Notification notification, Words words) {
        var c = notification.content();
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Title(tone(c), UntrustedText.line(words.title(), LONGEST)));
        var who = mentions.of(c);
        if (!who.isEmpty()) {
            blocks.add(new Block.Mentions(who));
        }
        words.text()
                .ifPresentOrElse(
                        t -> blocks.add(new Block.Line(UntrustedText.cut(UntrustedText.clean(t), OWN))),
                        () -> blocks.addAll(usual(c)));
        if (!words.note().isEmpty()) {
            blocks.add(new Block.Line(words.note()));
        }
        blocks.addAll(AlertButtons.of(notification));
        return new Message(blocks);
    }

    private static List<Block> usual(Notification.Content c) {
        var blocks = new ArrayList<Block>();
        var items = c.items();
        boolean alone = c.total() == 1;
        c.digest().lines().skip(1).forEach(l -> blocks.add(new Block.Line(UntrustedText.line(l, LONGEST))));
        items.stream().limit(SHOWN).forEach(i -> blocks.addAll(blocks(i, alone)));
        int more = c.total() - Math.min(SHOWN, items.size());
        if (more > 0) {
            blocks.add(new Block.Line("and " + more + " more"));
        }
        return blocks;
    }

    private static List<Block> blocks(Notification.Item item, boolean alone) {
        var blocks = new ArrayList<Block>();
        if (!alone) {
            var sign = item.status() == NotificationEvent.Status.RESOLVED ? "Resolved: " : "";
            blocks.add(new Block.Line(sign + UntrustedText.line(item.title(), LONGEST)));
        }
        if (!item.text().isBlank() && item.status() != NotificationEvent.Status.RESOLVED) {
            blocks.add(new Block.Code(UntrustedText.cut(UntrustedText.clean(item.text()), LONGEST)));
        }
        item.standing().stream()
                .flatMap(s -> s.notes().stream())
                .forEach(n -> blocks.add(new Block.Line("· " + UntrustedText.line(n, LONGEST))));
        if (!item.link().isBlank()) {
            blocks.add(new Block.Line(UntrustedText.line(item.link(), LONGEST)));
        }
        return blocks;
    }

    private static Tone tone(Notification.Content c) {
        if (c.open() + c.events() == 0) {
            return Tone.GOOD;
        }
        return switch (c.severity()) {
            case INFO -> Tone.PLAIN;
            case WARNING -> Tone.WAITING;
            case ERROR, CRITICAL -> Tone.BAD;
        };
    }
}
