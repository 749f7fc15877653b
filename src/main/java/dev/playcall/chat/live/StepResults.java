package dev.playcall.chat.live;

import dev.playcall.chat.ChatAdapter.Sent;
import dev.playcall.chat.message.Channel;
import dev.playcall.chat.message.ChatStore;
import dev.playcall.chat.message.ChatStore.RunSubscription;
import dev.playcall.domain.RunState;
import dev.playcall.domain.name.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what follows from the result of a step: go on, wait, look for the message, say it anew or give up. */
final class StepResults {
    private static final Logger log = LoggerFactory.getLogger(LiveMessages.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    /** A message that could not be looked for this often is said again: twice is better than never. */
    private static final int LOOKS = 6;

    private final ChatStore store;
    private final StepDelivery stepDelivery;
    private final Map<String, PlatformBudget> platforms;
    private final Map<RunSubscription, FeedState> open;
    private final RandomGenerator random;
    private final Consumer<RunSubscription> opened;
    private final Executor executor;
    private final Queue<Runnable> ended;

    /**
     * @param open what is still shown; a feed that has ended is taken out
     * @param opened takes a feed that was opened in place of one whose channel cannot be posted to
     * @param executor asks a platform what it may be slow to say
     * @param ended what the ticking thread does then
     */
    StepResults(
            ChatStore store,
            StepDelivery stepDelivery,
            Map<String, PlatformBudget> platforms,
            Map<RunSubscription, FeedState> open,
            RandomGenerator random,
            Consumer<RunSubscription> opened,
            Executor executor,
            Queue<Runnable> ended) {
        this.store = store;
        this.stepDelivery = stepDelivery;
        this.platforms = platforms;
        this.open = open;
        this.random = random;
        this.opened = opened;
        this.executor = executor;
        this.ended = ended;
    }

    void take(Due due, StepDelivery.Job job, StepDelivery.Result result, Instant now) {
        var state = due.state();
        switch (result.sent()) {
            case Sent.Done _ -> done(due, job, result, now);
            case Sent.Later(var after, var why) -> later(due, result, now.plus(after), why);
            case Sent.Unknown(var why) -> unknown(due, result, now, why);
            case Sent.Gone(var why) -> gone(due, result, now, why);
            case Sent.Refused(var why) -> refused(state, why);
            case Sent.Stopped(var why) -> {
                result.slot().filter(s -> s.ref().isEmpty()).ifPresent(s -> state.lost(s.name()));
                state.again(now.plus(LONGEST_WAIT));
                log.warn(
                        "{} is unreachable: {}", state.runSubscription.channel().platform(), why);
            }
        }
    }

    private void done(Due due, StepDelivery.Job job, StepDelivery.Result result, Instant now) {
        var state = due.state();
        state.done();
        result.slot().ifPresent(state::has);
        state.announced().addAll(result.facts());
        switch (due.step()) {
            case FeedStep.Close() -> open.remove(state.runSubscription);
            case FeedStep.Edit _ -> edited(due, job, now);
            case FeedStep.Post(var part, var _) -> {
                if (part == FeedStep.Part.NEWS) {
                    state.announced(now);
                } else if (part == FeedStep.Part.CARD || part == FeedStep.Part.CONTINUATION) {
                    edited(due, job, now);
                }
            }
            case FeedStep.Verify _ -> state.touch();
        }
    }

    private void edited(Due due, StepDelivery.Job job, Instant now) {
        var state = due.state();
        var age = Duration.between(state.card().map(c -> c.at()).orElse(now), now);
        state.edited(now.plus(due.platform().adapter.traits().pace().gap(age, live(due.platform()))));
        if (!state.seen().equals(job.seen())) {
            state.touch();
        }
    }

    private int live(PlatformBudget platformBudget) {
        return (int) open.values().stream()
                .filter(s -> s.runSubscription.channel().platform().equals(platformBudget.adapter.platform()))
                .filter(s -> s.run().state() == RunState.RUNNING)
                .count();
    }

    private void later(Due due, StepDelivery.Result result, Instant at, String why) {
        var state = due.state();
        log.info("{} is rate-limited until {}: {}", state.runSubscription.channel(), at, why);
        if (due.step() instanceof FeedStep.Edit) {
            due.platform().edits.close(at);
        } else {
            due.platform().hold(state.runSubscription.channel(), at);
            if (due.step() instanceof FeedStep.Post) {
                result.slot().ifPresent(s -> state.lost(s.name()));
            }
        }
    }

    private void unknown(Due due, StepDelivery.Result result, Instant now, String why) {
        var state = due.state();
        result.slot()
                .ifPresentOrElse(
                        state::has, () -> store.slots(state.runSubscription).forEach(state::has));
        state.again(now.plus(backoff(state.failures())));
        if (due.step() instanceof FeedStep.Post(var part, var _)
                && part == FeedStep.Part.LOG
                && state.failures() >= LOOKS) {
            log.warn(
                    "The log of {} could not be sent to {}: {}",
                    state.runSubscription.run(),
                    state.runSubscription.channel(),
                    why);
            state.has(stepDelivery.withoutLog(state.runSubscription));
        }
        if (due.step() instanceof FeedStep.Verify(var messageRef, var _) && state.failures() >= LOOKS) {
            log.warn(
                    "Whether {} received the message about {} is unknown ({}); it is sent again",
                    state.runSubscription.channel(),
                    state.runSubscription.run(),
                    why);
            store.delete(state.runSubscription, messageRef.name());
            state.lost(messageRef.name());
        }
    }

    /** Full jitter between half a second and a minute. */
    private Duration backoff(int failures) {
        long most = Math.min(LONGEST_WAIT.toMillis(), 1000L << Math.min(failures, 10));
        return Duration.ofMillis(most / 2 + random.nextLong(most / 2));
    }

    private void gone(Due due, StepDelivery.Result result, Instant now, String why) {
        var state = due.state();
        if (due.step() instanceof FeedStep.Verify) {
            // The failures count on: what is never found is not said again and again without a pause.
            result.slot().ifPresent(s -> state.lost(s.name()));
            state.again(now.plus(backoff(state.failures())));
            if (state.failures() >= LOOKS) {
                log.warn(
                        "{} does not confirm messages about {}: {}; they are sent again after a pause",
                        state.runSubscription.channel(),
                        state.runSubscription.run(),
                        why);
            }
            return;
        }
        log.info(
                "A message about {} in {} was deleted: {}",
                state.runSubscription.run(),
                state.runSubscription.channel(),
                why);
        state.again(now.plus(backoff(state.failures())));
        if (due.step() instanceof FeedStep.Edit(var messageRef, var _)) {
            state.lost(messageRef.name());
        } else {
            // What it should hang under is gone, so the card is said anew first.
            result.slot().ifPresent(s -> state.lost(s.name()));
            state.card().ifPresent(c -> {
                store.delete(state.runSubscription, c.name());
                state.lost(c.name());
            });
        }
        if (state.failures() > LOOKS) {
            refused(state, why);
        }
    }

    /** The channel cannot be posted to. The requester gets a direct message, where that is possible. */
    private void refused(FeedState state, String why) {
        var channel = state.runSubscription.channel();
        var by = state.run().requestedBy();
        log.warn("{} cannot receive messages about {}: {}", channel, state.runSubscription.run(), why);
        store.close(state.runSubscription);
        open.remove(state.runSubscription);
        Optional.ofNullable(platforms.get(channel.platform()))
                .filter(_ -> by.value().startsWith(channel.platform() + ":"))
                .ifPresent(p -> executor.execute(() -> direct(p, by, state.runSubscription)));
    }

    private void direct(PlatformBudget platformBudget, Person by, RunSubscription refused) {
        try {
            platformBudget
                    .adapter
                    .direct(by)
                    .filter(direct -> !direct.equals(refused.channel()))
                    .ifPresent(direct -> ended.add(() -> openInstead(refused, direct)));
        } catch (RuntimeException | Error e) {
            log.error("{} could not get a direct message about {}", by, refused.run(), e);
        }
    }

    private void openInstead(RunSubscription refused, Channel direct) {
        var runSubscription = new RunSubscription(refused.run(), direct, refused.failuresOnly(), refused.wholeBatch());
        store.open(List.of(runSubscription), 0);
        opened.accept(runSubscription);
    }
}
