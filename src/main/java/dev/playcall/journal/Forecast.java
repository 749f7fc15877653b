package dev.playcall.journal;

import dev.playcall.domain.Run;
import dev.playcall.journal.EventStore.Past;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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
