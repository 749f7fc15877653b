package dev.playcall.notify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what is due out of the outbox and hands it to the receivers' sinks. One receiver's trouble is not another's. */
final class Courier implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Courier.class);
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
            started += serve(lines.computeIfAbsent(receiver, Line::new));
        }
        return started;
    }

    private int serve(Line line) {
        if (!line.ask()) {
            return 0;
        }
        int seen = line.asked();
        try {
            return exchange(line);
        } finally {
            if (!line.isOver(seen)) {
                workers.execute(() -> goOn(line));
            }
        }
    }

    /** What waits behind a message that was sent does not wait for the next beat. */
    private void goOn(Line line) {
        int seen;
        do {
            seen = line.asked();
            try {
                exchange(line);
            } catch (RuntimeException | Error e) {
                // Whoever leaves without this loop's end leaves the line to nobody.
                log.error("What waits for {} could not be taken; the next beat does it", line.receiver(), e);
            }
        } while (!line.isOver(seen));
    }

    /** The line itself is not held meanwhile: those who come back would wait for the store. */
    private int exchange(Line line) {
        var sink = Optional.ofNullable(sinks.get().get(line.receiver()));
        var pace = sink.map(Sink::pace).orElse(Pace.ANY);
        int most = workers.isShutdown() ? 0 : sink.map(Sink::atOnce).orElse(Breaker.USUAL);
        var turn = line.turn(clock.instant(), most, pace);
        var parcels = List.<Parcel>of();
        try {
            if (!turn.isIdle()) {
                parcels = exchange(line.receiver(), turn);
            }
        } finally {
            line.taken(parcels.size(), turn);
            pace.giveBack(turn.room() - parcels.size());
        }
        parcels.forEach(p -> workers.execute(() -> {
            send(p, line);
            if (line.ask()) {
                goOn(line);
            }
        }));
        return parcels.size();
    }

    private List<Parcel> exchange(String receiver, Line.Turn turn) {
        var now = clock.instant();
        try {
            return store.exchange(turn.outcomes(), new NotifyStore.Claim(receiver, now, now.plus(LEASE), turn.room()));
        } catch (RuntimeException e) {
            if (turn.outcomes().isEmpty()) {
                throw e;
            }
            log.warn(
                    "What came of {} messages could not be written down at once: {}",
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
            log.error("What came of delivery {} could not be written down; it will be tried again", outcome.id(), e);
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
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
        line.came(outcome(parcel, begun, millis, result), result, clock.instant());
    }

    private Delivery.Outcome outcome(Parcel parcel, Instant begun, long millis, Sink.Result result) {
        int tries = parcel.tries() + 1;
        return switch (result) {
            case Sink.Result.Delivered(var ref, var note) ->
                new Delivery.Outcome(
                        parcel.id(),
                        new Delivery.Attempt(
                                tries, begun, millis, true, note.isEmpty() ? "delivered" : "delivered; " + note),
                        Delivery.State.DONE,
                        Optional.empty(),
                        "",
                        ref);
            case Sink.Result.Retry(var why, var after) -> {
                var attempt = new Delivery.Attempt(tries, begun, millis, false, why);
                var next = patience.next(tries, parcel.createdAt(), clock.instant(), after);
                yield next.isPresent()
                        ? new Delivery.Outcome(parcel.id(), attempt, Delivery.State.DUE, next, why, "")
                        : dead(parcel, attempt, why, why + "; given up after " + tries + " tries");
            }
            case Sink.Result.Refused(var why) ->
                dead(parcel, new Delivery.Attempt(tries, begun, millis, false, why), why, why);
        };
    }

    private static Delivery.Outcome dead(Parcel parcel, Delivery.Attempt attempt, String why, String reason) {
        log.error("Delivery {} to {} is dead: {}", parcel.id(), parcel.receiver(), why);
        return new Delivery.Outcome(parcel.id(), attempt, Delivery.State.DEAD, Optional.empty(), reason, "");
    }

    /** The clock was set: nobody is spared for longer or shorter than meant. */
    void shift(Duration by) {
        lines.values().forEach(line -> line.shift(by));
    }

    /** Receivers that are being spared, with the time of the next probe. */
    Map<String, Instant> spared() {
        var found = new TreeMap<String, Instant>();
        lines.forEach((receiver, line) -> line.sparedUntil().ifPresent(until -> found.put(receiver, until)));
        return found;
    }

    /** Receivers for which something waits because they had as much as their rate allows. */
    List<String> paced() {
        var busy = store.busyReceivers(clock.instant());
        return lines.values().stream()
                .filter(Line::isPaced)
                .map(Line::receiver)
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
