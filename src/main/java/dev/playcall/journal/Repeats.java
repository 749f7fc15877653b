package dev.playcall.journal;

import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What followed on a run.
 *
 * @param runs that retry it or run it again, oldest first
 */
public record Repeats(List<Run> runs) {
    public static final Repeats NONE = new Repeats(List.of());

    public Repeats {
        runs = List.copyOf(runs);
    }

    /** None while it has not ended. */
    public static Repeats of(Run run, EventStore store) {
        return run.state().isFinal() ? new Repeats(store.history().repeats(run.id())) : NONE;
    }

    /** A retry of this run that did on all of these hosts what was left to do. */
    public Optional<Run> done(Collection<String> hosts) {
        return runs.stream()
                .filter(r -> isRetry(r) && r.state() == RunState.SUCCESS)
                .filter(r -> r.request().hosts().containsAll(hosts))
                .findFirst();
    }

    public boolean isEmpty() {
        return runs.isEmpty();
    }

    /** {@code retried by #6 (succeeded), re-run as #7 (running)}; empty when nothing followed. */
    public String line() {
        return runs.stream().map(r -> label(r) + " " + shown(r)).collect(Collectors.joining(", "));
    }

    public static boolean isRetry(Run repeat) {
        return repeat.request().retryOf().isPresent();
    }

    /** {@code retried by} or {@code re-run as}. */
    public static String label(Run repeat) {
        return isRetry(repeat) ? "retried by" : "re-run as";
    }

    /** {@code #6 (succeeded)}. */
    public static String shown(Run repeat) {
        return repeat.id() + " (" + repeat.state().label() + ")";
    }
}
