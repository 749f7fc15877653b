package dev.playcall.notify.dispatch;

import dev.playcall.background.Faults;
import dev.playcall.background.SkippedItems;
import dev.playcall.background.Steps;
import dev.playcall.notify.dispatch.Sink.ReceiverRate;
import dev.playcall.notify.event.Delivery;
import dev.playcall.notify.event.Notification;
import dev.playcall.notify.event.NotifyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what is due out of the outbox and hands it to the receivers' sinks. One receiver's trouble is not another's. */
final class Dispatcher implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Duration DRAIN = Duration.ofSeconds(10);

    private final NotifyStore store;
    private final Supplier<Map<String, Sink>> sinks;
    private final RetryPolicy retryPolicy;
    private final FailingReceivers failingReceivers;
    private final FailedMessages failedMessages;
    private final Clock clock;
    private final SkippedItems skipped;
    private final Map<String, ReceiverQueue> lines = new ConcurrentHashMap<>();
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * @param giveUpAfter how long a receiver that rejects everything is tried
     * @param health is told of receivers that take nothing
     * @param skipped receivers whose deliveries cannot be handled
     */
    public Dispatcher(
            NotifyStore store,
            Supplier<Map<String, Sink>> sinks,
            RetryPolicy retryPolicy,
            Supplier<Duration> giveUpAfter,
            ReceiverHealth health,
            Clock clock,
            SkippedItems skipped) {
        this.store = store;
        this.sinks = sinks;
        this.retryPolicy = retryPolicy;
        this.failingReceivers = new FailingReceivers(store, health, giveUpAfter, retryPolicy.total());
        this.failedMessages = new FailedMessages(health);
        this.clock = clock;
        this.skipped = skipped;
    }

    /** What a receiver was sent shortly before a restart counts against its rate. */
    public void remember() {
        sinks.get()
                .forEach((receiver, sink) -> sink.pace()
                        .window()
                        .ifPresent(w -> sink.pace()
                                .recordSent(store.attemptsSince(
                                        receiver, clock.instant().minus(w)))));
    }

    /** Starts sending what is due and returns at once; how many were started. */
    public int tick() {
        var started = new AtomicInteger();
        var steps = new Steps();
        for (var receiver : store.busyReceivers(clock.instant())) {
            var receiverQueue = lines.computeIfAbsent(receiver, r -> new ReceiverQueue(r, retryPolicy));
            steps.then(() -> skipped.run("deliveries to " + receiver, () -> started.addAndGet(serve(receiverQueue))));
        }
        steps.then(() -> failedMessages.report(clock.instant())).end();
        return started.get();
    }

    private int serve(ReceiverQueue receiverQueue) {
        if (!receiverQueue.ask()) {
            return 0;
        }
        int seen = receiverQueue.asked();
        try {
            return exchange(receiverQueue);
        } finally {
            if (!receiverQueue.isOver(seen)) {
                workers.execute(() -> drain(receiverQueue));
            }
        }
    }

    /** What waits behind a message that was sent does not wait for the next beat. */
    private void drain(ReceiverQueue receiverQueue) {
        int seen;
        do {
            seen = receiverQueue.asked();
            try {
                exchange(receiverQueue);
            } catch (RuntimeException | Error e) {
                // Whoever leaves without this loop's end leaves the line to nobody.
                log.error("Deliveries for {} could not be loaded; the next poll retries", receiverQueue.receiver(), e);
            }
        } while (!receiverQueue.isOver(seen));
    }

    /** The line itself is not held meanwhile: those who come back would wait for the store. */
    private int exchange(ReceiverQueue receiverQueue) {
        var sink = Optional.ofNullable(sinks.get().get(receiverQueue.receiver()));
        var receiverRate = sink.map(Sink::pace).orElse(ReceiverRate.ANY);
        int most = workers.isShutdown() ? 0 : sink.map(Sink::atOnce).orElse(ConcurrencyLimit.USUAL);
        var turn = receiverQueue.turn(clock.instant(), most, receiverRate);
        var notifications = List.<Notification>of();
        try {
            if (!turn.isIdle()) {
                notifications = exchange(receiverQueue, turn);
            }
        } finally {
            receiverQueue.taken(notifications.size(), turn);
            receiverRate.giveBack(turn.capacity() - notifications.size());
        }
        notifications.forEach(p -> workers.execute(() -> {
            send(p, receiverQueue);
            if (receiverQueue.ask()) {
                drain(receiverQueue);
            }
        }));
        return notifications.size();
    }

    private List<Notification> exchange(ReceiverQueue receiverQueue, ReceiverQueue.Turn turn) {
        var now = clock.instant();
        var receiver = receiverQueue.receiver();
        try {
            var claim = new NotifyStore.Claim(receiver, now, now.plus(LEASE), turn.capacity(), turn.recovered());
            var notifications = store.exchange(turn.outcomes(), claim);
            failingReceivers.look(receiverQueue, turn.outcomes(), now);
            return notifications;
        } catch (RuntimeException e) {
            receiverQueue.failed(turn);
            if (turn.outcomes().isEmpty()) {
                throw e;
            }
            log.warn(
                    "Results of {} deliveries could not be saved yet: {}",
                    turn.outcomes().size(),
                    e.toString());
            // One that cannot be written down takes nobody along.
            turn.outcomes().forEach(o -> keep(receiver, o));
            return List.of();
        }
    }

    private void keep(String receiver, Delivery.Outcome outcome) {
        var now = clock.instant();
        try {
            store.exchange(List.of(outcome), new NotifyStore.Claim(receiver, now, now, 0));
        } catch (RuntimeException e) {
            log.error("The result of delivery {} could not be saved; it will be retried", outcome.id(), e);
        }
    }

    private void send(Notification notification, ReceiverQueue receiverQueue) {
        var begun = clock.instant();
        long nanos = System.nanoTime();
        Sink.Result result;
        try {
            result = Optional.ofNullable(sinks.get().get(notification.receiver()))
                    .map(s -> s.deliver(notification))
                    .orElseGet(() -> new Sink.Result.Refused(
                            "there is no receiver " + notification.receiver() + " in the configuration any more"));
        } catch (RuntimeException | Error e) {
            log.error("Sending to {} failed with an internal error", notification.receiver(), e);
            result = internalError(e);
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
        var next = receiverQueue.next(notification, result, millis, clock.instant());
        receiverQueue.add(outcome(notification, begun, millis, result, next));
        if (next instanceof ReceiverQueue.Next.Dead(var reason)
                && receiverQueue.failure(clock.instant()).isEmpty()) {
            failedMessages.add(notification, reason, clock.instant());
        }
        if (!(next instanceof ReceiverQueue.Next.Done)) {
            receiverQueue.pause(clock.instant()).ifPresent(p -> probeAfter(p, receiverQueue));
        }
    }

    /** It may be the fault of this message alone, so that it is tried as long as one that the receiver rejects. */
    private static Sink.Result internalError(Throwable e) {
        var why = "internal error: " + Faults.reason(e);
        return Faults.isPassing(e) ? new Sink.Result.Retry(why, Optional.empty()) : new Sink.Result.Rejected(why);
    }

    /** A pause may be shorter than a beat, and its end is not waited for by anybody else. */
    private void probeAfter(Duration pause, ReceiverQueue receiverQueue) {
        var _ = CompletableFuture.runAsync(
                () -> serve(receiverQueue),
                CompletableFuture.delayedExecutor(pause.toMillis() + 1, TimeUnit.MILLISECONDS, workers));
    }

    private static Delivery.Outcome outcome(
            Notification notification, Instant begun, long millis, Sink.Result result, ReceiverQueue.Next next) {
        boolean delivered = result instanceof Sink.Result.Delivered;
        var attempt = new Delivery.Attempt(notification.tries() + 1, begun, millis, delivered, answer(result));
        return switch (next) {
            case ReceiverQueue.Next.Done() -> {
                var ref = result instanceof Sink.Result.Delivered d ? d.ref() : "";
                yield new Delivery.Outcome(notification.id(), attempt, Delivery.State.DONE, Optional.empty(), "", ref);
            }
            case ReceiverQueue.Next.Again(var at) ->
                new Delivery.Outcome(
                        notification.id(), attempt, Delivery.State.DUE, Optional.of(at), attempt.answer(), "");
            case ReceiverQueue.Next.Dead(var reason) -> dead(notification, attempt, reason);
        };
    }

    private static String answer(Sink.Result result) {
        return switch (result) {
            case Sink.Result.Delivered(var _, var note) -> note.isEmpty() ? "delivered" : "delivered; " + note;
            case Sink.Result.Retry(var why, var _) -> why;
            case Sink.Result.Rejected(var why) -> why;
            case Sink.Result.Refused(var why) -> why;
        };
    }

    private static Delivery.Outcome dead(Notification notification, Delivery.Attempt attempt, String reason) {
        log.error("Delivery {} to {} failed: {}", notification.id(), notification.receiver(), reason);
        return new Delivery.Outcome(notification.id(), attempt, Delivery.State.DEAD, Optional.empty(), reason, "");
    }

    /** The clock was set: nobody is spared for longer or shorter than meant. */
    public void shift(Duration by) {
        lines.values().forEach(receiverQueue -> receiverQueue.shift(by));
    }

    /** Receivers that are being spared, with the time of the next probe. */
    public Map<String, Instant> circuitOpen() {
        var found = new TreeMap<String, Instant>();
        lines.forEach((receiver, receiverQueue) ->
                receiverQueue.circuitOpenUntil().ifPresent(until -> found.put(receiver, until)));
        return found;
    }

    /** Receivers for which something waits because they had as much as their rate allows. */
    public List<String> paced() {
        var busy = store.busyReceivers(clock.instant());
        return lines.values().stream()
                .filter(ReceiverQueue::isPaced)
                .map(ReceiverQueue::receiver)
                .filter(busy::contains)
                .sorted()
                .toList();
    }

    /** Lets what is on its way end. */
    @Override
    public void close() {
        workers.shutdown();
        try {
            if (!workers.awaitTermination(DRAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                workers.shutdownNow();
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
