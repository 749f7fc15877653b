package dev.playcall.chat;

import dev.playcall.chat.ChatAdapter.Post;
import dev.playcall.chat.ChatAdapter.Sent;
import dev.playcall.chat.Message.Block;
import dev.playcall.chat.Message.Tone;
import dev.playcall.notify.Notice;
import dev.playcall.notify.Parcel;
import dev.playcall.notify.Pings;
import dev.playcall.notify.Sink;
import dev.playcall.notify.sink.Noted;
import dev.playcall.notify.wording.Wording;
import dev.playcall.notify.wording.Wording.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A channel as a receiver of notifications: one message for what goes on together, changed in place as it changes, with
 * a word in its thread for each change.
 */
public final class AlertSink implements Sink {
    private static final Duration OPERATOR = Duration.ofMinutes(10);
    private static final int LONGEST = 600;
    private static final int SHOWN = 8;
    private static final int PLAINEST = 200;
    /** What a template may say; platforms cut lines at about a thousand. */
    private static final int OWN = 1_000;

    private final ChatAdapter adapter;
    private final Channel channel;
    private final Wording wording;
    private final Pings pings;

    public AlertSink(ChatAdapter adapter, Channel channel, Wording wording, Pings pings) {
        this.adapter = adapter;
        this.channel = channel;
        this.wording = wording;
        this.pings = pings;
    }

    @Override
    public Result deliver(Parcel parcel) {
        var words = wording.of(parcel.content());
        var message = message(parcel, words);
        return Noted.of(
                parcel.earlier()
                        .map(ref -> change(parcel, ref, message))
                        .orElseGet(() -> say(parcel, Optional.empty(), message)),
                words);
    }

    /** The first message shows how things stand; what changed is said under it, where people are told of it. */
    private Result change(Parcel parcel, String ref, Message message) {
        return switch (adapter.edit(channel, ref, message)) {
            case Sent.Done _, Sent.Unknown _ -> {
                var said = say(parcel, Optional.of(ref), message);
                yield said instanceof Result.Delivered ? new Result.Delivered(ref) : said;
            }
            case Sent.Gone _ -> say(parcel, Optional.empty(), message);
            case Sent other -> result(other);
        };
    }

    /** Looks first whether it is there when it was tried before: nobody is told twice. */
    private Result say(Parcel parcel, Optional<String> under, Message message) {
        var post = new Post(channel, under, false, message, "n" + parcel.id());
        if (parcel.repeated() && adapter.find(post) instanceof Sent.Done(var there)) {
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
        blocks.add(new Block.Title(Tone.BAD, ForeignText.line(post.message().headline(), PLAINEST)));
        if (!post.message().mentions().isEmpty()) {
            blocks.add(new Block.Mentions(post.message().mentions()));
        }
        var line = new Post(channel, post.under(), false, new Message(blocks), post.key());
        return adapter.post(line) instanceof Sent.Done(var ref)
                ? new Result.Delivered(ref, "the full message was refused, one line was taken")
                : new Result.Refused(why);
    }

    private static Result result(Sent sent) {
        return switch (sent) {
            case Sent.Done(var ref) -> new Result.Delivered(ref);
            case Sent.Later(var after, var why) -> new Result.Retry(why, Optional.of(after));
            case Sent.Unknown(var why) -> new Result.Retry(why, Optional.empty());
            case Sent.Gone(var why) -> new Result.Retry(why, Optional.empty());
            case Sent.Stopped(var why) -> new Result.Retry(why, Optional.of(OPERATOR));
            case Sent.Refused(var why) -> new Result.Refused(why);
        };
    }

    private Message message(Parcel parcel, Words words) {
        var c = parcel.content();
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Title(tone(c), ForeignText.line(words.title(), LONGEST)));
        var who = pings.of(c);
        if (!who.isEmpty()) {
            blocks.add(new Block.Mentions(who));
        }
        words.text()
                .ifPresentOrElse(
                        t -> blocks.add(new Block.Line(ForeignText.cut(ForeignText.clean(t), OWN))),
                        () -> blocks.addAll(usual(c)));
        if (!words.note().isEmpty()) {
            blocks.add(new Block.Line(words.note()));
        }
        blocks.addAll(AlertButtons.of(parcel));
        return new Message(blocks);
    }

    private static List<Block> usual(Parcel.Content c) {
        var blocks = new ArrayList<Block>();
        var items = c.items();
        boolean alone = c.total() == 1;
        c.digest().lines().skip(1).forEach(l -> blocks.add(new Block.Line(ForeignText.line(l, LONGEST))));
        items.stream().limit(SHOWN).forEach(i -> blocks.addAll(blocks(i, alone)));
        int more = c.total() - Math.min(SHOWN, items.size());
        if (more > 0) {
            blocks.add(new Block.Line("and " + more + " more"));
        }
        return blocks;
    }

    private static List<Block> blocks(Parcel.Item item, boolean alone) {
        var blocks = new ArrayList<Block>();
        if (!alone) {
            var sign = item.status() == Notice.Status.RESOLVED ? "Resolved: " : "";
            blocks.add(new Block.Line(sign + ForeignText.line(item.title(), LONGEST)));
        }
        if (!item.text().isBlank() && item.status() != Notice.Status.RESOLVED) {
            blocks.add(new Block.Code(ForeignText.cut(ForeignText.clean(item.text()), LONGEST)));
        }
        item.standing().stream()
                .flatMap(s -> s.notes().stream())
                .forEach(n -> blocks.add(new Block.Line("· " + ForeignText.line(n, LONGEST))));
        if (!item.link().isBlank()) {
            blocks.add(new Block.Line(ForeignText.line(item.link(), LONGEST)));
        }
        return blocks;
    }

    private static Tone tone(Parcel.Content c) {
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
