package dev.playcall.chat.live;

import dev.playcall.chat.Channel;
import dev.playcall.chat.ChatAdapter;
import dev.playcall.chat.ChatAdapter.Sent;
import dev.playcall.chat.ChatStore;
import dev.playcall.chat.Feed;
import dev.playcall.chat.LogReader;
import dev.playcall.chat.RunCards;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunId;
import dev.playcall.domain.RunState;
import dev.playcall.journal.JournalEntry;
import dev.playcall.journal.RunJournal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what channels see of runs true: one message for each run and channel, said once, edited in place. Only the
 * newest state is ever sent; progress may be left out, the end never is. All of its state belongs to the thread that
 * calls {@link #tick}; what takes long is done by others, one thing at a time in each channel.
 */
public final class LiveMessages implements RunJournal.Follower, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LiveMessages.class);
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    /** A message that could not be looked for this often is said again: twice is better than never. */
    private static final int LOOKS = 6;

    private final ChatStore store;
    private final RunJournal journal;
    private final Clock clock;
    private final Executor executor;
    private final RandomGenerator random;
    private final Delivery delivery;
    private final Intake intake;
    private final Announcements announcements;
    private final Map<String, Platform> platforms;
    private final Map<Feed, FeedState> open = new TreeMap<>(
            Comparator.comparing(Feed::run).thenComparing(f -> f.channel().toString()));
    private final AtomicBoolean news = new AtomicBoolean(true);
    private final Map<RunId, Run> seen = new ConcurrentHashMap<>();
    private final Queue<Runnable> ended = new ConcurrentLinkedQueue<>();
    private boolean loaded;
    private RunJournal.@Nullable Subscription following;
    private @Nullable ScheduledExecutorService timer;

    /**
     * @param defaults channels that hear of runs nobody asked for in a chat
     * @param executor does what takes long
     */
    public LiveMessages(
            ChatStore store,
            RunJournal journal,
            RunCards cards,
            LogReader logs,
            List<ChatAdapter> adapters,
            List<Channel> defaults,
            Clock clock,
            Executor executor,
            RandomGenerator random) {
        this.store = store;
        this.journal = journal;
        this.clock = clock;
        this.executor = executor;
        this.random = random;
        this.delivery = new Delivery(store, cards, logs, clock);
        this.platforms = adapters.stream()
                .collect(Collectors.toMap(ChatAdapter::platform, Platform::new, (a, _) -> a, TreeMap::new));
        this.announcements = new Announcements(store, platforms, defaults, executor, ended);
        this.intake = new Intake(store, journal.read(), platforms.keySet(), defaults);
    }

    /** Follows the journal and goes on with what was not told to its end. */
    public void start() {
        following = journal.follow(this);
        timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("live-messages").daemon().factory());
        var _ = timer.scheduleWithFixedDelay(this::guarded, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A fault of one tick must not end the timer: then no channel would hear of anything again. */
    private void guarded() {
        try {
            tick();
        } catch (RuntimeException | Error e) {
            log.error("The chats could not be brought up to date; it is tried again", e);
            news.set(true);
        }
    }

    /** What is being sent may end; the rest is told by the next start. */
    @Override
    public void close() {
        if (following != null) {
            following.close();
        }
        if (timer != null) {
            timer.close();
        }
    }

    @Override
    public void happened(JournalEntry entry) {
        seen.put(entry.run().id(), entry.run());
        news.set(true);
    }

    @Override
    public void progressed(Run run) {
        seen.compute(run.id(), (_, known) -> known != null && known.state().isFinal() ? known : run);
    }

    /** One look at everything: takes in what is new and begins what is due. */
    public void tick() {
        for (var done = ended.poll(); done != null; done = ended.poll()) {
            done.run();
        }
        if (!loaded) {
            store.openFeeds().forEach(this::add);
            loaded = true;
        }
        if (news.getAndSet(false)) {
            intake.read().forEach(this::add);
            waiting().forEach(FeedState::touch);
            callers();
        }
        seen.keySet().forEach(id -> Optional.ofNullable(seen.remove(id)).ifPresent(this::see));
        begin(clock.instant());
        announcements.tick(clock.instant());
    }

    /** A place in the queue changes with what happens to others. */
    private List<FeedState> waiting() {
        return open.values().stream()
                .filter(s -> s.run().state() == RunState.QUEUED || s.feed.wholeBatch())
                .toList();
    }

    private void callers() {
        var shown = open.values().stream()
                .flatMap(s -> s.seen().stream())
                .map(Run::id)
                .collect(Collectors.toSet());
        var called = store.callers(shown);
        open.values().forEach(s -> s.called(called));
    }

    private void add(Feed feed) {
        if (open.containsKey(feed)) {
            return;
        }
        journal.read()
                .find(feed.run())
                .ifPresent(run -> open.put(
                        feed, new FeedState(feed, run, members(feed, run), store.slots(feed), store.told(feed))));
    }

    private List<Run> members(Feed feed, Run run) {
        return run.batch()
                .filter(_ -> feed.wholeBatch())
                .map(p -> journal.read().batches().runs(p.batch()))
                .orElse(List.of());
    }

    private void see(Run run) {
        open.values().stream().filter(s -> s.shows(run.id())).forEach(s -> s.see(run));
    }

    private record Due(FeedState state, Step step, Platform platform) {}

    private void begin(Instant now) {
        var first = open.values().stream()
                .flatMap(s -> due(s, now).stream())
                .collect(Collectors.groupingBy(
                        d -> d.state().feed.channel().platform()
                                + ":"
                                + d.state().feed.channel().place(),
                        TreeMap::new,
                        Collectors.minBy(Comparator.comparing(d -> d.step().urgency()))));
        first.values().stream().flatMap(Optional::stream).forEach(d -> begin(d, now));
    }

    private Optional<Due> due(FeedState state, Instant now) {
        var channel = state.feed.channel();
        return Optional.ofNullable(platforms.get(channel.platform()))
                .filter(p -> !p.isBusy(channel) && p.isUp())
                .flatMap(p -> state.next(p.adapter.traits(), now)
                        .filter(step -> allowed(step, p, channel, now))
                        .map(step -> new Due(state, step, p)));
    }

    private static boolean allowed(Step step, Platform platform, Channel channel, Instant now) {
        return switch (step) {
            case Step.Edit(var _, var urgency) -> platform.edits.allows(urgency, now);
            case Step.Say _, Step.Look _ -> platform.mayPost(channel, now);
            case Step.Close() -> true;
        };
    }

    private void begin(Due due, Instant now) {
        var state = due.state();
        var channel = state.feed.channel();
        if (due.step() instanceof Step.Edit) {
            if (!due.platform().edits.allows(due.step().urgency(), now)) {
                return;
            }
            due.platform().edits.spend(now);
        } else if (!(due.step() instanceof Step.Close)) {
            due.platform().posted(channel, now);
        }
        due.platform().begin(channel);
        var number = (int)
                (due.step() instanceof Step.Say(var part, var _) && part == Step.Part.NEWS
                        ? state.news() + 1
                        : state.cards() + 1);
        var job = new Delivery.Job(
                due.step(),
                state.feed,
                state.about(due.step()),
                state.seen(),
                state.word(),
                state.callers(state.about(due.step())),
                state.card(),
                number,
                java.util.Set.copyOf(state.told()),
                due.platform().adapter);
        executor.execute(() -> {
            var result = perform(job);
            ended.add(() -> end(due, job, result));
        });
    }

    /** Whatever goes wrong with one message, the channel must not stay busy for ever. */
    private Delivery.Result perform(Delivery.Job job) {
        try {
            return delivery.perform(job);
        } catch (RuntimeException | Error e) {
            log.error(
                    "A message about {} to {} failed; it is tried again",
                    job.feed().run(),
                    job.feed().channel(),
                    e);
            return new Delivery.Result(
                    new Sent.Unknown(String.valueOf(e.getMessage())), Optional.empty(), java.util.Set.of());
        }
    }

    private void end(Due due, Delivery.Job job, Delivery.Result result) {
        var state = due.state();
        var now = clock.instant();
        due.platform().end(state.feed.channel());
        switch (result.sent()) {
            case Sent.Done _ -> done(due, job, result, now);
            case Sent.Later(var after, var why) -> later(due, result, now.plus(after), why);
            case Sent.Unknown(var why) -> unknown(due, result, now, why);
            case Sent.Gone(var why) -> gone(due, result, now, why);
            case Sent.Refused(var why) -> refused(state, why);
            case Sent.Stopped(var why) -> {
                result.slot().filter(s -> s.ref().isEmpty()).ifPresent(s -> state.lost(s.name()));
                state.again(now.plus(LONGEST_WAIT));
                log.warn("{} takes no messages: {}", state.feed.channel().platform(), why);
            }
        }
    }

    private void done(Due due, Delivery.Job job, Delivery.Result result, Instant now) {
        var state = due.state();
        state.done();
        result.slot().ifPresent(state::has);
        state.told().addAll(result.facts());
        switch (due.step()) {
            case Step.Close() -> open.remove(state.feed);
            case Step.Edit _ -> edited(due, job, now);
            case Step.Say(var part, var _) -> {
                if (part == Step.Part.NEWS) {
                    state.said(now);
                } else if (part == Step.Part.CARD || part == Step.Part.CONTINUATION) {
                    edited(due, job, now);
                }
            }
            case Step.Look _ -> state.touch();
        }
    }

    private void edited(Due due, Delivery.Job job, Instant now) {
        var state = due.state();
        var age = Duration.between(state.card().map(c -> c.at()).orElse(now), now);
        state.edited(now.plus(due.platform().adapter.traits().pace().gap(age, live(due.platform()))));
        if (!state.seen().equals(job.seen())) {
            state.touch();
        }
    }

    private int live(Platform platform) {
        return (int) open.values().stream()
                .filter(s -> s.feed.channel().platform().equals(platform.adapter.platform()))
                .filter(s -> s.run().state() == RunState.RUNNING)
                .count();
    }

    private void later(Due due, Delivery.Result result, Instant at, String why) {
        var state = due.state();
        log.info("{} asks to wait until {}: {}", state.feed.channel(), at, why);
        if (due.step() instanceof Step.Edit) {
            due.platform().edits.close(at);
        } else {
            due.platform().hold(state.feed.channel(), at);
            if (due.step() instanceof Step.Say) {
                result.slot().ifPresent(s -> state.lost(s.name()));
            }
        }
    }

    private void unknown(Due due, Delivery.Result result, Instant now, String why) {
        var state = due.state();
        result.slot().ifPresentOrElse(state::has, () -> store.slots(state.feed).forEach(state::has));
        state.again(now.plus(backoff(state.failures())));
        if (due.step() instanceof Step.Say(var part, var _) && part == Step.Part.LOG && state.failures() >= LOOKS) {
            log.warn("The log of {} could not be sent to {}: {}", state.feed.run(), state.feed.channel(), why);
            state.has(delivery.withoutLog(state.feed));
        }
        if (due.step() instanceof Step.Look(var slot, var _) && state.failures() >= LOOKS) {
            log.warn(
                    "Whether {} heard of {} cannot be found out ({}); it is said again",
                    state.feed.channel(),
                    state.feed.run(),
                    why);
            store.forget(state.feed, slot.name());
            state.lost(slot.name());
        }
    }

    /** Full jitter between half a second and a minute. */
    private Duration backoff(int failures) {
        long most = Math.min(LONGEST_WAIT.toMillis(), 1000L << Math.min(failures, 10));
        return Duration.ofMillis(most / 2 + random.nextLong(most / 2));
    }

    private void gone(Due due, Delivery.Result result, Instant now, String why) {
        var state = due.state();
        if (due.step() instanceof Step.Look) {
            // The failures count on: what is never found is not said again and again without a pause.
            result.slot().ifPresent(s -> state.lost(s.name()));
            state.again(now.plus(backoff(state.failures())));
            if (state.failures() >= LOOKS) {
                log.warn(
                        "{} does not confirm what is said about {}: {}; it is said again after a pause",
                        state.feed.channel(),
                        state.feed.run(),
                        why);
            }
            return;
        }
        log.info("A message about {} in {} is gone: {}", state.feed.run(), state.feed.channel(), why);
        state.again(now.plus(backoff(state.failures())));
        if (due.step() instanceof Step.Edit(var slot, var _)) {
            state.lost(slot.name());
        } else {
            // What it should hang under is gone, so the card is said anew first.
            result.slot().ifPresent(s -> state.lost(s.name()));
            state.card().ifPresent(c -> {
                store.forget(state.feed, c.name());
                state.lost(c.name());
            });
        }
        if (state.failures() > LOOKS) {
            refused(state, why);
        }
    }

    /** The channel cannot be told. Who asked is told alone, where that is possible. */
    private void refused(FeedState state, String why) {
        var channel = state.feed.channel();
        var by = state.run().requestedBy();
        log.warn("{} cannot be told of {}: {}", channel, state.feed.run(), why);
        store.close(state.feed);
        open.remove(state.feed);
        Optional.ofNullable(platforms.get(channel.platform()))
                .filter(_ -> by.value().startsWith(channel.platform() + ":"))
                .flatMap(p -> p.adapter.direct(by))
                .filter(direct -> !direct.equals(channel))
                .ifPresent(direct -> {
                    var feed = new Feed(state.feed.run(), direct, state.feed.failuresOnly(), state.feed.wholeBatch());
                    store.open(List.of(feed), 0);
                    add(feed);
                });
    }

    /** Whether nothing waits to be said or shown and nothing is being sent. */
    boolean isQuiet() {
        return ended.isEmpty() && seen.isEmpty() && !news.get() && open.isEmpty();
    }

    /** How many runs are told of in how many channels, by platform. */
    public Map<String, Long> live() {
        return open.values().stream()
                .map(s -> s.feed.channel().platform())
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }
}
