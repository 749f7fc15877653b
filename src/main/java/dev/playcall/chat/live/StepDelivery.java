package dev.playcall.chat.live;

import dev.playcall.background.SkippedItems;
import dev.playcall.chat.ChatAdapter;
import dev.playcall.chat.ChatAdapter.Post;
import dev.playcall.chat.ChatAdapter.Sent;
import dev.playcall.chat.ChatAdapter.Upload;
import dev.playcall.chat.card.RunCards;
import dev.playcall.chat.message.ChatStore;
import dev.playcall.chat.message.ChatStore.MessageRef;
import dev.playcall.chat.message.ChatStore.RunSubscription;
import dev.playcall.chat.message.ChatStore.StartReminder;
import dev.playcall.chat.message.LogReader;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Block;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.Run;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Does one step: keeps that it is about to be done, has it done, keeps what came of it. A crash at any point leaves a
 * message without a ref, which is looked for before it is said again.
 */
final class StepDelivery {
    private static final String NONE = "none";
    private static final String LAST_NEWS =
            "More failures may follow. They are not posted one by one: the card counts them,"
                    + " and the summary comes at the end of the run.";

    private final ChatStore store;
    private final RunCards cards;
    private final LogReader logs;
    private final Clock clock;
    private final SkippedItems skipped;

    /** @param skipped cards that cannot be drawn, which are one line then */
    StepDelivery(ChatStore store, RunCards cards, LogReader logs, Clock clock, SkippedItems skipped) {
        this.store = store;
        this.cards = cards;
        this.logs = logs;
        this.clock = clock;
        this.skipped = skipped;
    }

    /** What a step needs to know; a copy, since it is done on another thread. */
    record Job(
            FeedStep step,
            RunSubscription feed,
            Run run,
            List<Run> seen,
            String word,
            List<StartReminder> callers,
            Optional<MessageRef> card,
            int number,
            Set<String> postedFacts,
            ChatAdapter adapter) {}

    /** What came of it; {@code messageRef} is the message as it stands, {@code facts} what the thread has heard now. */
    record Result(Sent sent, Optional<MessageRef> slot, Set<String> facts) {
        static Result of(Sent sent, MessageRef messageRef) {
            return new Result(sent, Optional.of(messageRef), Set.of());
        }
    }

    Result perform(Job job) {
        return switch (job.step()) {
            case FeedStep.Post(var part, var _) -> post(job, part);
            case FeedStep.Verify(var messageRef, var _) -> verify(job, messageRef);
            case FeedStep.Edit(var messageRef, var _) -> edit(job, messageRef);
            case FeedStep.Close() -> {
                store.close(job.feed());
                yield new Result(new Sent.Done(""), Optional.empty(), Set.of());
            }
        };
    }

    private Result post(Job job, FeedStep.Part part) {
        return switch (part) {
            case CARD -> post(job, "card", card(job), Optional.empty(), false, Set.of());
            case CONTINUATION -> continuation(job);
            case NEWS -> news(job);
            case ALERT -> post(job, alert(job), drawn(job, () -> cards.alert(job.run())), under(job), true, Set.of());
            case TURN -> call(job, "turn");
            case OVER -> call(job, "over");
            case DECISION -> decision(job);
            case ACCOUNT ->
                post(job, "account", drawn(job, () -> cards.account(job.run())), under(job), false, Set.of());
            case LOG -> log(job);
        };
    }

    /** Below the card, so that nobody else is disturbed. */
    private Result call(Job job, String name) {
        var people = job.callers().stream().map(StartReminder::person).toList();
        var message = drawn(job, () -> cards.call(job.run(), people));
        return post(job, name + job.run().id().value(), message, under(job), false, Set.of());
    }

    private Result decision(Job job) {
        var message = drawn(job, () -> cards.decision(job.run()));
        return post(job, "dec" + job.run().id().value(), message, under(job), false, Set.of());
    }

    private Message card(Job job) {
        return drawn(job, () -> job.feed().wholeBatch() ? cards.batch(job.run()) : cards.of(job.run(), threads(job)));
    }

    /** A card that cannot be drawn is tried some times, then it is one line, so that the channel hears of the end. */
    private Message drawn(Job job, Supplier<Message> drawing) {
        var drawn = new AtomicReference<@Nullable Message>();
        skipped.run("the card of " + job.run().id() + " for " + job.feed().channel(), () -> drawn.set(drawing.get()));
        return Optional.ofNullable(drawn.get()).orElseGet(() -> RunCards.plain(job.run()));
    }

    private static String what(Job job) {
        return job.run()
                .batch()
                .filter(_ -> job.feed().wholeBatch())
                .map(p -> "batch " + p.batch())
                .orElseGet(() -> job.run().id().toString());
    }

    private static String alert(Job job) {
        return job.feed().wholeBatch() ? "alert" + job.run().id().value() : "alert";
    }

    private static boolean threads(Job job) {
        return job.adapter().traits().threads();
    }

    /** The thread hangs under the first card, whichever is edited now. */
    private Optional<String> under(Job job) {
        return threads(job)
                ? store.slots(job.feed()).stream()
                        .filter(s -> s.name().equals("card"))
                        .findFirst()
                        .flatMap(MessageRef::ref)
                : Optional.empty();
    }

    private Result continuation(Job job) {
        var next = post(job, "card" + job.number(), card(job), Optional.empty(), false, Set.of());
        if (next.sent() instanceof Sent.Done) {
            // The old card is left with a word about where to look. It is a courtesy: whether it arrives changes
            // nothing.
            job.card()
                    .flatMap(MessageRef::ref)
                    .ifPresent(ref -> job.adapter()
                            .edit(
                                    job.feed().channel(),
                                    ref,
                                    Message.line(Message.Tone.PLAIN, what(job) + " continues in a newer card below")));
        }
        return next;
    }

    private Result news(Job job) {
        var blocks = new ArrayList<Block>();
        var facts = new java.util.HashSet<String>();
        var play = job.run().progress().play();
        if (FeedState.isNewPlay(play, job.postedFacts())) {
            facts.add("play:" + play);
            blocks.add(new Block.Title(Message.Tone.PLAIN, "Play: " + play));
        }
        var failed = cards.hosts(job.run()).stream()
                .filter(h -> h.outcome().isBad() && !job.postedFacts().contains("host:" + h.host()))
                .toList();
        facts.addAll(failed.stream().map(HostResult::host).map(h -> "host:" + h).collect(Collectors.toSet()));
        blocks.addAll(cards.failures(failed));
        if (blocks.isEmpty()) {
            return new Result(new Sent.Done(""), Optional.empty(), Set.of());
        }
        if (job.number() >= FeedState.MOST_NEWS) {
            blocks.add(new Block.Line(LAST_NEWS));
        }
        return post(job, "say" + job.number(), new Message(blocks), under(job), false, facts);
    }

    private Result post(
            Job job, String name, Message message, Optional<String> under, boolean broadcast, Set<String> facts) {
        var messageRef = new MessageRef(name, Optional.empty(), digest(job, message), clock.instant());
        store.savePosted(job.feed(), messageRef, facts);
        var sent = job.adapter().post(new Post(job.feed().channel(), under, broadcast, message, key(job, name)));
        return keep(job, messageRef, sent, facts);
    }

    private Result keep(Job job, MessageRef messageRef, Sent sent, Set<String> facts) {
        return switch (sent) {
            case Sent.Done(var ref) -> {
                var posted = new MessageRef(messageRef.name(), Optional.of(ref), messageRef.shown(), messageRef.at());
                store.save(job.feed(), posted);
                yield new Result(sent, Optional.of(posted), facts);
            }
            case Sent.Unknown _ -> new Result(sent, Optional.of(messageRef), facts);
            case Sent.Later _, Sent.Gone _, Sent.Refused _, Sent.Stopped _ -> {
                store.delete(job.feed(), messageRef.name());
                yield new Result(sent, Optional.of(messageRef), Set.of());
            }
        };
    }

    /** A log that is gone, or that nobody can take, is no reason to keep a channel waiting: its end can be asked for. */
    private Result log(Job job) {
        var file = logs.file(job.run());
        var card = under(job);
        if (file.isEmpty() || card.isEmpty()) {
            return Result.of(new Sent.Done(NONE), withoutLog(job.feed()));
        }
        var name = "run-" + job.run().id().value() + ".log";
        var sent = job.adapter()
                .upload(new Upload(job.feed().channel(), card.get(), name, file.get(), "", key(job, "log")));
        return switch (sent) {
            case Sent.Done(var ref) -> Result.of(sent, keepLog(job.feed(), ref));
            case Sent.Gone _, Sent.Refused _ -> Result.of(new Sent.Done(NONE), withoutLog(job.feed()));
            case Sent.Later _, Sent.Unknown _, Sent.Stopped _ -> new Result(sent, Optional.empty(), Set.of());
        };
    }

    /** Keeps that this channel goes without the log. */
    MessageRef withoutLog(RunSubscription runSubscription) {
        return keepLog(runSubscription, NONE);
    }

    private MessageRef keepLog(RunSubscription runSubscription, String ref) {
        var messageRef = new MessageRef("log", Optional.of(ref), "log", clock.instant());
        store.save(runSubscription, messageRef);
        return messageRef;
    }

    private Result verify(Job job, MessageRef messageRef) {
        var message = posted(job, messageRef.name());
        boolean card = messageRef.name().startsWith("card");
        var under = card ? Optional.<String>empty() : under(job);
        var found = job.adapter()
                .find(new Post(
                        job.feed().channel(),
                        under,
                        messageRef.name().startsWith("alert"),
                        message,
                        key(job, messageRef.name())));
        return switch (found) {
            case Sent.Done _ -> keep(job, messageRef, found, Set.of());
            case Sent.Gone _, Sent.Refused _ -> {
                store.delete(job.feed(), messageRef.name());
                yield Result.of(new Sent.Gone("it was not sent"), messageRef);
            }
            case Sent.Later _, Sent.Unknown _, Sent.Stopped _ -> Result.of(found, messageRef);
        };
    }

    /** What was said under this name, as far as it can be put together again. */
    private Message posted(Job job, String name) {
        if (name.startsWith("alert")) {
            var run = job.seen().stream()
                    .filter(r -> name.equals("alert" + r.id().value()))
                    .findFirst();
            return drawn(job, () -> cards.alert(run.orElse(job.run())));
        }
        return name.equals("account") ? drawn(job, () -> cards.account(job.run())) : card(job);
    }

    private Result edit(Job job, MessageRef messageRef) {
        var message = card(job);
        var digest = digest(job, message);
        if (digest.equals(messageRef.shown())) {
            return Result.of(new Sent.Done(messageRef.ref().orElse("")), messageRef);
        }
        var sent = job.adapter().edit(job.feed().channel(), messageRef.ref().orElse(""), message);
        var shown = new MessageRef(messageRef.name(), messageRef.ref(), digest, messageRef.at());
        if (sent instanceof Sent.Done) {
            store.save(job.feed(), shown);
            return Result.of(sent, shown);
        }
        if (sent instanceof Sent.Gone) {
            store.delete(job.feed(), messageRef.name());
        }
        return Result.of(sent, messageRef);
    }

    /** Begins with the state, so that it can be seen without rendering whether the end is shown. */
    private static String digest(Job job, Message message) {
        return job.word() + ":" + Integer.toHexString(message.toString().hashCode());
    }

    /** The same for the same message of the same channel, at most 25 characters. */
    private static String key(Job job, String name) {
        var channel = Integer.toHexString(job.feed().channel().toString().hashCode() & 0xffff);
        return "r" + job.feed().run().value() + "." + name + "." + channel;
    }
}
