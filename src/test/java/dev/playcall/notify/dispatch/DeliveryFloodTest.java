package dev.playcall.notify.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.playcall.background.SkippedItems;
import dev.playcall.notify.NotificationSamples;
import dev.playcall.notify.dispatch.Sink.ReceiverRate;
import dev.playcall.notify.event.Delivery;
import dev.playcall.notify.event.Notification;
import dev.playcall.notify.event.NotifyStore;
import dev.playcall.notify.sink.Sinks;
import dev.playcall.store.Database;
import dev.playcall.testing.ManualClock;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Thousands of messages to one receiver: few commits, never more on their way than it may get, and each thread in order. */
class DeliveryFloodTest {
    private static final int AT_ONCE = 16;

    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final List<Integer> settled = new CopyOnWriteArrayList<>();
    private final AtomicInteger flying = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final List<Notification> got = new CopyOnWriteArrayList<>();
    private volatile Consumer<List<Delivery.Outcome>> meanwhile = _ -> {};
    private volatile Consumer<Notification> far = _ -> {};
    private Database database;
    private Dispatcher dispatcher;

    @TempDir
    private Path folder;

    @BeforeEach
    void open() {
        database = Database.open("jdbc:sqlite:" + folder.resolve("n.db"), clock);
        Sink sink = notification -> {
            most.accumulateAndGet(flying.incrementAndGet(), Math::max);
            far.accept(notification);
            got.add(notification);
            flying.decrementAndGet();
            return new Sink.Result.Delivered("");
        };
        var bounded = Sinks.bounded(sink, AT_ONCE);
        var retryPolicy = new RetryPolicy(Duration.ofDays(1), new Random(1));
        dispatcher = new Dispatcher(
                watched(database.notices()),
                () -> Map.of("ops", bounded),
                retryPolicy,
                () -> Duration.ofMinutes(5),
                ReceiverHealth.UNWATCHED,
                clock,
                new SkippedItems(clock));
    }

    @AfterEach
    void close() {
        dispatcher.close();
        database.close();
    }

    /** The real store; the test sees what is written down and can hold it up or let it fail. */
    private NotifyStore watched(NotifyStore store) {
        return (NotifyStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {NotifyStore.class}, (_, method, values) -> {
                    if (method.getName().equals("exchange")) {
                        @SuppressWarnings("unchecked")
                        var outcomes = (List<Delivery.Outcome>) values[0];
                        settled.add(outcomes.size());
                        meanwhile.accept(outcomes);
                    }
                    try {
                        return method.invoke(store, values);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void enqueue(int messages, int threads) {
        var content = NotificationSamples.open("down", "").content();
        IntStream.range(0, messages)
                .forEach(i -> database.notices().enqueue("ops", "t" + i % threads, content, clock.instant()));
    }

    private long count(Delivery.State state) {
        return database.notices().counts().getOrDefault(state, 0L);
    }

    @Test
    void aFloodIsToldWithoutAnotherBeatInOrderAndNeverMoreAtATimeThanItMayGet() {
        enqueue(600, 40);
        dispatcher.tick();
        await().until(() -> count(Delivery.State.DONE) == 600);
        assertThat(most.get()).isLessThanOrEqualTo(AT_ONCE);
        assertThat(got).hasSize(600);
        got.stream()
                .collect(java.util.stream.Collectors.groupingBy(Notification::thread))
                .forEach((thread, notifications) -> assertThat(notifications)
                        .as(thread)
                        .extracting(Notification::id)
                        .isSorted());
        assertThat(settled).as("commits").hasSizeLessThan(600);
    }

    @Test
    void whatCameBackDuringACommitIsWrittenDownTogetherInTheNext() {
        var receiverQueue = new ReceiverQueue("ops", new RetryPolicy(Duration.ofDays(1), new Random(1)));
        assertThat(receiverQueue.ask()).isTrue();
        int seen = receiverQueue.asked();
        receiverQueue.taken(3, receiverQueue.turn(clock.instant(), AT_ONCE, ReceiverRate.ANY));
        for (long id = 1; id <= 3; id++) {
            var attempt = new Delivery.Attempt(1, clock.instant(), 1, true, "delivered");
            var outcome = new Delivery.Outcome(id, attempt, Delivery.State.DONE, Optional.empty(), "", "");
            receiverQueue.add(outcome);
            assertThat(receiverQueue.ask()).as("somebody is at work").isFalse();
        }
        assertThat(receiverQueue.isOver(seen)).isFalse();
        var turn = receiverQueue.turn(clock.instant(), AT_ONCE, ReceiverRate.ANY);
        assertThat(turn.outcomes()).hasSize(3);
        assertThat(turn.capacity()).isEqualTo(ConcurrencyLimit.USUAL);
        assertThat(receiverQueue.isOver(3)).isTrue();
        assertThat(receiverQueue.ask()).isTrue();
    }

    @Test
    void aFewAtATimeAreTriedFirstAndMoreOnlyWhileItTakesThem() {
        var door = new Semaphore(0);
        far = _ -> door.acquireUninterruptibly();
        enqueue(300, 300);
        dispatcher.tick();
        await().until(() -> flying.get() == ConcurrencyLimit.USUAL);
        assertThat(most.get()).isEqualTo(ConcurrencyLimit.USUAL);
        door.release(100);
        await().until(() -> got.size() == 100 && flying.get() == AT_ONCE);
        assertThat(most.get()).isEqualTo(AT_ONCE);
        assertThat(count(Delivery.State.SENDING)).isEqualTo(AT_ONCE);
        door.release(200);
        await().until(() -> count(Delivery.State.DONE) == 300);
    }

    @Test
    void theFirstProbeAndAllThatWaitsGoOutWithoutAnotherBeat() {
        var calls = new AtomicInteger();
        Sink sink = _ -> calls.incrementAndGet() <= 8
                ? new Sink.Result.Retry("it answered 500", Optional.empty())
                : new Sink.Result.Delivered("");
        var real = Clock.systemUTC();
        try (var onRealTime = new Dispatcher(
                database.notices(),
                () -> Map.of("ops", sink),
                new RetryPolicy(Duration.ofDays(1), new Random(1)),
                () -> Duration.ofMinutes(5),
                ReceiverHealth.UNWATCHED,
                real,
                new SkippedItems(real))) {
            clock.go(Duration.between(clock.instant(), real.instant()));
            enqueue(40, 40);
            onRealTime.tick();
            await().until(() -> count(Delivery.State.DONE) == 40);
            assertThat(calls).hasValue(48);
        }
    }

    @Test
    void oneThatCannotBeWrittenDownTakesNobodyAlong() {
        enqueue(40, 40);
        meanwhile = outcomes -> {
            if (outcomes.stream().anyMatch(o -> o.id() == 7)) {
                throw new IllegalStateException("a fault of the test");
            }
        };
        dispatcher.tick();
        await().until(() -> {
            dispatcher.tick();
            return count(Delivery.State.DONE) == 39;
        });
        assertThat(count(Delivery.State.SENDING)).isEqualTo(1);
        meanwhile = _ -> {};
        clock.go(Duration.ofMinutes(3));
        dispatcher.tick();
        await().until(() -> count(Delivery.State.DONE) == 40);
        assertThat(got).as("whose end nobody knows is told again").hasSize(41);
    }

    @Test
    void whatIsOnItsWayWhenItClosesIsWrittenDown() throws InterruptedException {
        var door = new Semaphore(0);
        far = _ -> door.acquireUninterruptibly();
        enqueue(10, 10);
        dispatcher.tick();
        await().until(() -> flying.get() == ConcurrencyLimit.USUAL);
        var closing = Thread.ofVirtual().start(dispatcher::close);
        await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        door.release(10);
        assertThat(closing.join(Duration.ofSeconds(10))).isTrue();
        assertThat(count(Delivery.State.DONE)).isEqualTo(ConcurrencyLimit.USUAL);
        assertThat(count(Delivery.State.SENDING)).isZero();
    }
}
