package dev.playcall.notify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what is due out of the outbox and hands it to the receivers' sinks. One receiver's trouble is not another's. */
final class Courier implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Courier.class);
    private static final int AT_ONCE = 4;
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Duration DRAIN = Duration.ofSeconds(10);

    private final NotifyStore store;
    private final Supplier<Map<String, Sink>> sinks;
    private final Patience patience;
    private final Clock clock;
    private final Map<String, Line> lines = new ConcurrentHashMap<>();
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

    Courier(NotifyStore store, Supplier<Map<String, Sink>> sinks, Patience patience, Clock clock) {
        this.store = store;
        this.sinks = sinks;
        this.patience = patience;
        this.clock = clock;
    }

    /** What goes on with one receiver; guarded by itself. */
    private static final class Line {
        /** Who looks for work: one at a time, and the next sees what the one before has left. */
        private final ReentrantLock claims = new ReentrantLock();

        private final Breaker breaker = new Breaker();
        private int sending;
        private boolean paced;
    }

    /** What a receiver was sent shortly before a restart counts against its rate. */
    void remember() {
        sinks.get()
                .forEach((receiver, sink) -> sink.pace()
                        .window()
                        .ifPresent(w -> sink.pace()
                                .spent(store.attemptsSince(
                                        receiver, clock.instant().minus(w)))));
    }

    /** Starts sending what is due and returns at once; how many were started. */
    int tick() {
        int started = 0;
        for (var receiver : store.busyReceivers(clock.instant())) {
            started += serve(receiver);
        }
        return started;
    }

    private int serve(String receiver) {
        var line = lines.computeIfAbsent(receiver, _ -> new Line());
        var parcels = List.<Parcel>of();
        line.claims.lock();
        try {
            parcels = claim(receiver, line);
        } finally {
            line.claims.unlock();
        }
        parcels.forEach(p -> workers.execute(() -> {
            send(p, line);
            goOn(receiver);
        }));
        return parcels.size();
    }

    /** The line itself is not held meanwhile: those who have sent something would wait for the store to end theirs. */
    private List<Parcel> claim(String receiver, Line line) {
        var pace =
                Optional.ofNullable(sinks.get().get(receiver)).map(Sink::pace).orElse(Pace.ANY);
        int may;
        synchronized (line) {
            int room = line.breaker.room(clock.instant(), AT_ONCE) - line.sending;
            if (room <= 0) {
                return List.of();
            }
            may = pace.take(room);
            line.paced = may < room;
        }
        var now = clock.instant();
        var parcels = may == 0 ? List.<Parcel>of() : store.claim(receiver, now, now.plus(LEASE), may);
        synchronized (line) {
            pace.giveBack(may - parcels.size());
            line.sending += parcels.size();
        }
        return parcels;
    }

    /** What waits behind a message that was sent does not wait for the next beat. */
    private void goOn(String receiver) {
        if (!workers.isShutdown()) {
            try {
                serve(receiver);
            } catch (RuntimeException e) {
                log.error("What waits for {} could not be taken; the next beat does it", receiver, e);
            }
        }
    }

    private void send(Parcel parcel, Line line) {
        var begun = clock.instant();
        long nanos = System.nanoTime();
        Sink.Result result;
        try {
            result = Optional.ofNullable(sinks.get().get(parcel.receiver()))
                    .map(s -> s.deliver(parcel))
                    .orElseGet(() -> new Sink.Result.Refused(
                            "there is no receiver " + parcel.receiver() + " in the configuration any more"));
        } catch (RuntimeException | Error e) {
            log.error("The sink of {} failed inside Playcall", parcel.receiver(), e);
            result = new Sink.Result.Retry(
                    "a fault inside Playcall: " + e.getClass().getSimpleName(), Optional.empty());
        }
        try {
            settle(parcel, begun, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos), result);
        } catch (RuntimeException e) {
            log.error("What came of delivery {} could not be written down; it will be tried again", parcel.id(), e);
        } finally {
            synchronized (line) {
                line.sending--;
                weigh(line.breaker, result);
            }
        }
    }

    private void weigh(Breaker breaker, Sink.Result result) {
        switch (result) {
            case Sink.Result.Delivered _ -> breaker.delivered();
            case Sink.Result.Retry(var _, var after) -> breaker.failed(clock.instant(), after.orElse(Duration.ZERO));
            case Sink.Result.Refused _ -> {
                // says something about this message, nothing about the receiver
            }
        }
    }

    private void settle(Parcel parcel, Instant begun, long millis, Sink.Result result) {
        int tries = parcel.tries() + 1;
        switch (result) {
            case Sink.Result.Delivered(var ref, var note) ->
                store.attempted(
                        parcel.id(),
                        new Delivery.Attempt(
                                tries, begun, millis, true, note.isEmpty() ? "delivered" : "delivered; " + note),
                        Delivery.State.DONE,
                        Optional.empty(),
                        "",
                        ref);
            case Sink.Result.Retry(var why, var after) -> {
                var next = patience.next(tries, parcel.createdAt(), clock.instant(), after);
                store.attempted(
                        parcel.id(),
                        new Delivery.Attempt(tries, begun, millis, false, why),
                        next.isPresent() ? Delivery.State.DUE : Delivery.State.DEAD,
                        next,
                        next.isPresent() ? why : why + "; given up after " + tries + " tries",
                        "");
                if (next.isEmpty()) {
                    log.error("Delivery {} to {} is dead: {}", parcel.id(), parcel.receiver(), why);
                }
            }
            case Sink.Result.Refused(var why) -> {
                store.attempted(
                        parcel.id(),
                        new Delivery.Attempt(tries, begun, millis, false, why),
                        Delivery.State.DEAD,
                        Optional.empty(),
                        why,
                        "");
                log.error("Delivery {} to {} is dead: {}", parcel.id(), parcel.receiver(), why);
            }
        }
    }

    /** The clock was set: nobody is spared for longer or shorter than meant. */
    void shift(Duration by) {
        lines.values().forEach(line -> {
            synchronized (line) {
                line.breaker.shift(by);
            }
        });
    }

    /** Receivers that are being spared, with the time of the next probe. */
    Map<String, Instant> spared() {
        var found = new java.util.TreeMap<String, Instant>();
        lines.forEach((receiver, line) -> {
            synchronized (line) {
                if (line.breaker.isOpen()) {
                    found.put(receiver, line.breaker.closedUntil());
                }
            }
        });
        return found;
    }

    /** Receivers for which something waits because they had as much as their rate allows. */
    List<String> paced() {
        var busy = store.busyReceivers(clock.instant());
        return lines.entrySet().stream()
                .filter(l -> busy.contains(l.getKey()))
                .filter(l -> {
                    synchronized (l.getValue()) {
                        return l.getValue().paced;
                    }
                })
                .map(Map.Entry::getKey)
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
