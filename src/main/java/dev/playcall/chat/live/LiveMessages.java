package dev.playcall.chat.live;

import dev.playcall.background.BackgroundLoop;
import dev.playcall.background.SkippedItems;
import dev.playcall.background.Steps;
import dev.playcall.chat.ChatAdapter;
import dev.playcall.chat.ChatAdapter.Sent;
import dev.playcall.chat.card.RunCards;
import dev.playcall.chat.message.Channel;
import dev.playcall.chat.message.ChatStore;
import dev.playcall.chat.message.ChatStore.RunSubscription;
import dev.playcall.chat.message.LogReader;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.JournalEntry;
import dev.playcall.journal.RunJournal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
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

    private final ChatStore store;
    private final RunJournal journal;
    private final Clock clock;
    private final Executor executor;
    private final StepDelivery stepDelivery;
    private final StepResults results;
    private final FeedReader feedReader;
    private final Announcements announcements;
    private final Map<String, PlatformBudget> platforms;
    private final Map<RunSubscription, FeedState> open = new TreeMap<>(Comparator.comparing(RunSubscription::run)
            .thenComparing(f -> f.channel().toString()));
    private final AtomicBoolean news = new AtomicBoolean(true);
    private final Map<RunId, Run> seen = new ConcurrentHashMap<>();
    private final Queue<Runnable> ended = new ConcurrentLinkedQueue<>();
    /** Feeds that are to be shown and were not read yet. */
    private final Set<RunSubscription> opening = new LinkedHashSet<>();

    private boolean loaded;
    private RunJournal.@Nullable Subscription following;
    private final SkippedItems skipped;
    private final BackgroundLoop loop;

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
            Executor executor,
            RandomGenerator random) {
        this.store = store;
        this.journal = journal;
        this.clock = cards.clock();
        this.executor = executor;
        this.skipped = new SkippedItems(clock);
        this.stepDelivery = new StepDelivery(store, cards, logs, clock, skipped);
        this.platforms = adapters.stream()
                .collect(Collectors.toMap(ChatAdapter::platform, PlatformBudget::new, (a, _) -> a, TreeMap::new));
        this.results = new StepResults(store, stepDelivery, platforms, open, random, this::add, executor, ended);
        this.announcements = new Announcements(store, platforms, defaults, executor, ended, skipped);
        this.feedReader = new FeedReader(store, journal.read(), platforms.keySet(), defaults, opening::add, skipped);
        this.loop = new BackgroundLoop("chat-messages", TICK, clock, skipped, this::guarded);
        loop.onResume(this::forget);
    }

    /** Follows the journal and goes on with what was not told to its end. */
    public void start() {
        following = journal.follow(this);
        loop.start();
    }

    /** What works in the background. */
    public BackgroundLoop loop() {
        return loop;
    }

    /** Another gateway has sent messages meanwhile: what is known of them is read anew. */
    private void forget() {
        seen.clear();
        open.clear();
        opening.clear();
        loaded = false;
        news.set(true);
    }

    /** What a fault kept from being read is read by the next tick. */
    private void guarded() {
        boolean done = false;
        try {
            tick();
            done = true;
        } finally {
            if (!done) {
                news.set(true);
            }
        }
    }

    /** What is being sent may end; the rest is told by the next start. */
    @Override
    public void close() {
        if (following != null) {
            following.close();
        }
        loop.close();
    }

    @Override
    public void happened(JournalEntry entry) {
        if (loop.mayWork()) {
            seen.put(entry.run().id(), entry.run());
            news.set(true);
            if (entry.run().state().isFinal()) {
                loop.wakeUp();
            }
        }
    }

    @Override
    public void progressed(Run run) {
        if (loop.mayWork()) {
            seen.compute(run.id(), (_, known) -> known != null && known.state().isFinal() ? known : run);
        }
    }

    /** One look at everything: takes in what is new and begins what is due. The fault of one keeps none of the others. */
    public void tick() {
        var steps = new Steps();
        for (var done = ended.poll(); done != null; done = ended.poll()) {
            steps.then(done);
        }
        steps.then(this::load);
        if (news.getAndSet(false)) {
            steps.then(feedReader::read)
                    .then(() -> open(steps))
                    .then(() -> waiting().forEach(FeedState::touch))
                    .then(this::callers);
        }
        steps.then(() -> open(steps));
        seen.keySet().forEach(id -> Optional.ofNullable(seen.remove(id)).ifPresent(run -> see(run, steps)));
        begin(clock.instant(), steps);
        steps.then(() -> announcements.tick(clock.instant())).end();
    }

    private void load() {
        if (!loaded) {
            opening.addAll(store.openFeeds());
            loaded = true;
        }
    }

    private void open(Steps steps) {
        List.copyOf(opening)
                .forEach(feed -> steps.then(() -> skipped.run(name(feed), () -> {
                    add(feed);
                    opening.remove(feed);
                })));
    }

    private static String name(RunSubscription feed) {
        return "messages about " + feed.run() + " to " + feed.channel();
    }

    /** A place in the queue changes with what happens to others. */
    private List<FeedState> waiting() {
        return open.values().stream()
                .filter(s -> s.run().state() == RunState.QUEUED || s.runSubscription.wholeBatch())
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

    private void add(RunSubscription runSubscription) {
        if (open.containsKey(runSubscription)) {
            return;
        }
        journal.read()
                .find(runSubscription.run())
                .ifPresent(run -> open.put(
                        runSubscription,
                        new FeedState(
                                runSubscription,
                                run,
                                members(runSubscription, run),
                                store.slots(runSubscription),
                                store.postedFacts(runSubscription))));
    }

    private List<Run> members(RunSubscription runSubscription, Run run) {
        return run.batch()
                .filter(_ -> runSubscription.wholeBatch())
                .map(p -> journal.read().batches().runs(p.batch()))
                .orElse(List.of());
    }

    private void see(Run run, Steps steps) {
        open.values().stream().filter(s -> s.shows(run.id())).forEach(s -> steps.then(() -> s.see(run)));
    }

    private void begin(Instant now, Steps steps) {
        var due = new ArrayList<Due>();
        open.values()
                .forEach(s -> steps.then(() ->
                        skipped.run(name(s.runSubscription), () -> due(s, now).ifPresent(due::add))));
        var first = due.stream()
                .collect(Collectors.groupingBy(
                        d -> d.state().runSubscription.channel().platform()
                                + ":"
                                + d.state().runSubscription.channel().place(),
                        TreeMap::new,
                        Collectors.minBy(Comparator.comparing(d -> d.step().urgency()))));
        first.values().stream()
                .flatMap(Optional::stream)
                .forEach(d -> steps.then(
                        () -> skipped.run("the next of the " + name(d.state().runSubscription), () -> begin(d, now))));
    }

    private Optional<Due> due(FeedState state, Instant now) {
        var channel = state.runSubscription.channel();
        return Optional.ofNullable(platforms.get(channel.platform()))
                .filter(p -> !p.isBusy(channel) && p.isUp())
                .flatMap(p -> state.next(p.adapter.traits(), now)
                        .filter(feedStep -> allowed(feedStep, p, channel, now))
                        .map(feedStep -> new Due(state, feedStep, p)));
    }

    private static boolean allowed(FeedStep feedStep, PlatformBudget platformBudget, Channel channel, Instant now) {
        return switch (feedStep) {
            case FeedStep.Edit(var _, var urgency) -> platformBudget.edits.allows(urgency, now);
            case FeedStep.Post _, FeedStep.Verify _ -> platformBudget.mayPost(channel, now);
            case FeedStep.Close() -> true;
        };
    }

    private void begin(Due due, Instant now) {
        var state = due.state();
        var channel = state.runSubscription.channel();
        if (due.step() instanceof FeedStep.Edit) {
            if (!due.platform().edits.allows(due.step().urgency(), now)) {
                return;
            }
            due.platform().edits.spend(now);
        } else if (!(due.step() instanceof FeedStep.Close)) {
            due.platform().posted(channel, now);
        }
        var number = (int)
                (due.step() instanceof FeedStep.Post(var part, var _) && part == FeedStep.Part.NEWS
                        ? state.news() + 1
                        : state.cards() + 1);
        var job = new StepDelivery.Job(
                due.step(),
                state.runSubscription,
                state.about(due.step()),
                state.seen(),
                state.word(),
                state.callers(state.about(due.step())),
                state.card(),
                number,
                java.util.Set.copyOf(state.announced()),
                due.platform().adapter);
        due.platform().begin(channel);
        executor.execute(() -> {
            var result = perform(job);
            ended.add(() -> end(due, job, result));
            loop.wakeUp(); // what comes next of this run, most of all its end, is not to wait
        });
    }

    /** Whatever goes wrong with one message, the channel must not stay busy for ever. */
    private StepDelivery.Result perform(StepDelivery.Job job) {
        try {
            return stepDelivery.perform(job);
        } catch (RuntimeException | Error e) {
            log.error(
                    "A message about {} to {} failed; it will be retried",
                    job.feed().run(),
                    job.feed().channel(),
                    e);
            return new StepDelivery.Result(
                    new Sent.Unknown(String.valueOf(e.getMessage())), Optional.empty(), java.util.Set.of());
        }
    }

    private void end(Due due, StepDelivery.Job job, StepDelivery.Result result) {
        due.platform().end(due.state().runSubscription.channel());
        results.take(due, job, result, clock.instant());
    }

    /** How many runs are told of in how many channels, by platform. */
    public Map<String, Long> live() {
        return open.values().stream()
                .map(s -> s.runSubscription.channel().platform())
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }
}
