package dev.playcall.journal;

import dev.playcall.domain.RunState;
import java.util.Map;
import java.util.Optional;

/** How runs ended, counted. */
public interface OutcomeCounts {
    Map<RunState, Integer> states();

    /** How many runs ended. */
    default int runs() {
        return states().values().stream().mapToInt(Integer::intValue).sum();
    }

    default int good() {
        return states().getOrDefault(RunState.SUCCESS, 0);
    }

    /** Those that did not end well by themselves: nobody cancelled them or refused them. */
    default int bad() {
        return states().entrySet().stream()
                .filter(e -> e.getKey().isBad())
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    /** Share of those that ended well among those that came to an end by themselves, in percent. */
    default Optional<Double> successRate() {
        int all = good() + bad();
        return all == 0 ? Optional.empty() : Optional.of(100.0 * good() / all);
    }
}
