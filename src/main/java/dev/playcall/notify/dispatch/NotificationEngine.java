package dev.playcall.notify.dispatch;

import dev.playcall.background.BackgroundLoop;
import dev.playcall.background.SkippedItems;
import dev.playcall.background.Steps;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.Person;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.JournalEntry;
import dev.playcall.notify.alert.AlertStore;
import dev.playcall.notify.event.Delivery;
import dev.playcall.notify.event.NotificationBuilder;
import dev.playcall.notify.event.NotifyStore;
import dev.playcall.notify.event.NotifyStore.PendingMessages;
import dev.playcall.notify.routing.NotificationRules;
import dev.playcall.notify.routing.Routing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The notification gateway: takes notices in, groups them, sends them, and can say what became of each. */
public final class NotificationEngine implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(NotificationEngine.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration SPACE = Duration.ofMillis(20);
    /** How long in a flood nobody looks for what comes from elsewhere. */
    private static final Duration LOOK = Duration.ofMillis(200);

    private static final Duration KEPT = Duration.ofDays(30);
    private static final Duration CLEANING = Duration.ofHours(1);
    private static final Duration TRIED_FOR = Duration.ofHours(24);

    private final NotifyStore store;
    private final Routing routing;
    private final Outbox outbox;
    private final RunEvents runs;
    private final ClockShiftDetector clockShiftDetector;
    private final EscalationTimer escalationTimer;
    private final Grouper grouper;
    private final Dispatcher dispatcher;
    private final Clock clock;
    private final BackgroundLoop loop;
    private boolean started;
    private final AtomicBoolean runEnded = new AtomicBoolean();
    private long looked = System.nanoTime() - LOOK.toNanos();
    private Instant cleaned = Instant.MIN;

    /**
     * What time it is, and how long something is put off.
     *
     * @param nanos time that goes on whatever is done to the clock
     * @param random spreads new attempts
     */
    public record Timing(Clock clock, LongSupplier nanos, RandomGenerator random) {}

    /**
     * How texts are made.
     *
     * @param redact takes secrets out of every text before it is kept
     * @param page address of the status page, empty when unknown
     * @param names how people are called
     */
    public record Texts(UnaryOperator<String> redact, String page, Function<Person, String> names) {
        /** Where nobody has given another name. */
        public Texts(UnaryOperator<String> redact, String page) {
            this(redact, page, Person::name);
        }
    }

    /**
     * @param rules as they are now
     * @param sinks as they are now, by the name of the receiver
     */
    public NotificationEngine(
            NotifyStore store,
            AlertStore alerts,
            EventStore journal,
            Supplier<NotificationRules> rules,
            Supplier<Map<String, Sink>> sinks,
            Texts texts,
            Timing timing) {
        this.store = store;
        this.clock = timing.clock();
        this.clockShiftDetector = new ClockShiftDetector(clock, timing.nanos());
        this.routing = new Routing(() -> rules.get().root());
        this.outbox = new Outbox(store, routing, () -> rules.get().actions(), texts.redact(), clock, this::wakeUp);
        var skipped = new SkippedItems(clock);
        this.runs = new RunEvents(journal, store, alerts, outbox, texts, skipped);
        this.escalationTimer = new EscalationTimer(alerts, rules, clock, skipped);
        this.grouper = new Grouper(store, escalationTimer, rules, clock, skipped, texts.names());
        this.dispatcher = new Dispatcher(
                store,
                sinks,
                new RetryPolicy(TRIED_FOR, timing.random()),
                () -> rules.get().failing().giveUpAfter(),
                new ReceiverAlerts(outbox, alerts, () -> rules.get().failing().fallback(), texts.page(), clock),
                clock,
                skipped);
        this.loop = new BackgroundLoop("notifications", INTERVAL, clock, skipped, this::runCycle);
        loop.onResume(this::takeOver);
    }

    /** Begins to send what is due. */
    public void start() {
        if (loop.mayWork()) {
            takeOver();
        }
        started = true;
        loop.start();
    }

    /** Whoever sent before us is gone, and with it what it was sending. */
    private void takeOver() {
        store.abandon(clock.instant());
        dispatcher.remember();
    }

    /** What works in the background. */
    public BackgroundLoop loop() {
        return loop;
    }

    /** After receivers were configured anew: what they were sent shortly before counts against their rate. */
    public void reconfigured() {
        dispatcher.remember();
        wakeUp();
    }

    public Outbox outbox() {
        return outbox;
    }

    public Routing routing() {
        return routing;
    }

    /** Has the next beat at once. */
    public void wakeUp() {
        loop.wakeUp();
    }

    /** What depends on the end of a run, such as an alert that it resolves, is not left to the next look at the journal. */
    public void happened(JournalEntry entry) {
        if (entry.run().state().isFinal()) {
            runEnded.set(true);
            wakeUp();
        }
    }

    private void runCycle() throws InterruptedException {
        long begun = System.nanoTime();
        if (runEnded.getAndSet(false) || begun - looked >= LOOK.toNanos()) {
            looked = begun;
            tick();
        } else {
            pass();
        }
        space(begun);
    }

    /** In a flood each beat takes what came meanwhile, or the beats would take the time of those who come. */
    private static void space(long begun) throws InterruptedException {
        long left = SPACE.toNanos() - (System.nanoTime() - begun);
        if (left > 0) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
    }

    /** Hands on what has come. */
    private void pass() {
        pass(new Steps()).end();
    }

    private Steps pass(Steps steps) {
        return steps.then(this::group).then(dispatcher::tick);
    }

    private void group() {
        if (grouper.tick()) {
            wakeUp();
        }
    }

    /** One beat: hear of runs, look at the clock, group, send. The fault of one keeps none of the others. */
    public void tick() {
        var steps = new Steps()
                .then(() -> clockShiftDetector.since().ifPresent(this::shift))
                .then(runs::tick)
                .then(escalationTimer::tick);
        pass(steps).then(this::clean).end();
    }

    private void clean() {
        var now = clock.instant();
        if (cleaned.isBefore(now.minus(CLEANING))) {
            cleaned = now;
            store.delete(now.minus(KEPT));
        }
    }

    private void shift(Duration by) {
        log.warn("The clock was changed by {} s; pending deliveries are shifted by the same time", by.toSeconds());
        store.shift(by);
        dispatcher.shift(by);
        cleaned = clock.instant();
    }

    /** Sends a marked message to a receiver, to see whether it arrives; its number. */
    public long sendTest(String receiver, String by) {
        var now = clock.instant();
        long id = store.enqueue(
                receiver, "drill/" + now.toEpochMilli(), NotificationBuilder.sendTest(receiver, by, now), now);
        wakeUp();
        return id;
    }

    /** See {@link NotifyStore#redeliver}. */
    public boolean redeliver(long id) {
        boolean again = store.redeliver(id, clock.instant());
        wakeUp();
        return again;
    }

    /** The ledger, newest first. */
    public List<Delivery> deliveries(
            Optional<Delivery.State> state, Optional<String> receiver, Optional<Long> before, int most) {
        return store.deliveries(state, receiver, before, most);
    }

    /** What was told, or is to be, of one run, the oldest first. */
    public List<Delivery> ofRun(long run, int most) {
        return ofRun(run, Optional.empty(), most);
    }

    /** The same, those before a delivery. */
    public List<Delivery> ofRun(long run, Optional<Long> before, int most) {
        return store.ofRun(run, before, most);
    }

    public Optional<Delivery> delivery(long id) {
        return store.delivery(id);
    }

    /** What is not told yet, and why. */
    public List<PendingMessages> held() {
        return store.held(clock.instant());
    }

    /** What is not sent yet and why, a line each, so that nobody looks for it in vain. */
    public List<String> waits() {
        var now = clock.instant();
        var held = held().stream().map(PendingMessages::words);
        var paced = paced().stream().map(r -> r + " is rate-limited; the rest follows gradually");
        var open = circuitOpen().entrySet().stream()
                .map(e -> e.getKey() + " is unreachable, next attempt " + TextFormat.until(e.getValue(), now));
        return Stream.of(held, paced, open).flatMap(s -> s).toList();
    }

    /** Receivers that get no more than their rate, while something waits for that. */
    public List<String> paced() {
        return dispatcher.paced();
    }

    /** How many deliveries are in each state. */
    public Map<Delivery.State, Long> counts() {
        return store.counts();
    }

    /** Receivers that do not answer and are only probed, with the time of the next probe. */
    public Map<String, Instant> circuitOpen() {
        return dispatcher.circuitOpen();
    }

    @Override
    public void close() {
        if (started) {
            loop.close();
        }
        dispatcher.close();
    }
}
