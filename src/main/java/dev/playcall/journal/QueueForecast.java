package dev.playcall.journal;

import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import dev.playcall.journal.EventStore.Past;
import dev.playcall.journal.QueueForecast.Forecast.Estimate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where waiting runs are in the queue of their lock and when they may start. The queue is walked once and like runs are
 * estimated once, so the cost grows with the length of the queue and not with its square. For one thread and one moment.
 */
public final class QueueForecast {
    private final Forecast forecast;
    private final List<Run> queue;
    private final List<Run> running;
    private final Instant now;
    private final Map<Kind, Optional<Estimate>> estimates = new HashMap<>();

    /** What decides which earlier runs a run is like, see {@link EventStore#like}. */
    private record Kind(String lock, String environment, boolean check, String limit, int hosts) {}

    /**
     * A waiting run.
     *
     * @param position among the queued runs of its lock; empty for one that awaits approval
     * @param startsIn when it is first in its queue if everything before it takes as long as usual; empty when that is unknown
     */
    public record Place(Run run, Optional<QueuePosition> position, Optional<Duration> startsIn) {}

    public QueueForecast(EventStore store, Instant now) {
        this(store, store.queue(), store.running(), now);
    }

    /**
     * @param queue as {@link EventStore#queue} gives it
     * @param running as {@link EventStore#running} gives it
     */
    public QueueForecast(EventStore store, List<Run> queue, List<Run> running, Instant now) {
        this.forecast = new Forecast(store);
        this.queue = List.copyOf(queue);
        this.running = List.copyOf(running);
        this.now = now;
    }

    public List<Run> queue() {
        return queue;
    }

    public List<Run> running() {
        return running;
    }

    /** The first so many that fit, in the order of the queue; those awaiting approval come last. */
    public List<Place> places(Predicate<Run> fits, int most) {
        var positions = QueuePosition.of(queue, running);
        Map<String, Optional<Duration>> waits = new HashMap<>();
        running.forEach(r -> waits.put(r.request().lock(), left(r)));
        var places = new ArrayList<Place>();
        for (var run : queue) {
            if (places.size() == most) {
                break;
            }
            var lock = run.request().lock();
            var wait = waits.getOrDefault(lock, Optional.of(Duration.ZERO));
            if (fits.test(run)) {
                places.add(new Place(run, Optional.ofNullable(positions.get(run.id())), wait));
            }
            if (run.state() == RunState.QUEUED) {
                waits.put(lock, wait.flatMap(w -> of(run).map(e -> w.plus(e.median()))));
            }
        }
        return places;
    }

    /** The place of one run; empty when it does not wait. */
    public Optional<Place> place(Run run) {
        return places(r -> r.id().equals(run.id()), 1).stream().findFirst();
    }

    /** How long a run like this usually takes. */
    public Optional<Estimate> of(Run run) {
        var request = run.request();
        var kind = new Kind(
                request.lock(),
                request.environment().value(),
                request.check(),
                request.limit(),
                Math.max(run.progress().hosts(), request.hosts().size()));
        return estimates.computeIfAbsent(kind, _ -> forecast.of(run));
    }

    private Optional<Duration> left(Run run) {
        if (run.paused().isPresent()) {
            return Optional.empty();
        }
        return of(run).map(e -> e.median().minus(run.activeTime(now))).map(l -> l.isNegative() ? Duration.ZERO : l);
    }

    /** How long things will take, from how long they took. Nothing is guessed from none. */
    public record Forecast(EventStore store) {
        private static final int LIKE = 20;
        /** With fewer runs nobody knows what is unusual. */
        private static final int ENOUGH = 5;

        /**
         * @param median half of the like runs were done by then
         * @param p90 nine of ten were; empty when there were too few
         * @param runs how many there were, 20 at most
         */
        public record Estimate(Duration median, Optional<Duration> p90, int runs) {}

        /** From the last successful runs of the same playbook in the same environment on about as many hosts. */
        public Optional<Estimate> of(Run run) {
            return of(store.like(run, LIKE));
        }

        static Optional<Estimate> of(List<Past> past) {
            var took = past.stream().map(Past::duration).sorted().toList();
            if (took.isEmpty()) {
                return Optional.empty();
            }
            int ninth = (int) Math.ceil(took.size() * 0.9) - 1;
            return Optional.of(new Estimate(
                    took.get(took.size() / 2),
                    took.size() < ENOUGH ? Optional.empty() : Optional.of(took.get(ninth)),
                    took.size()));
        }
    }
}
