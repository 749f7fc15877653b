package dev.playcall.config;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a route tells what it tells.
 *
 * @param onlyChanges only that something began to fail and that it is well again
 * @param storm how many messages go out to one receiver in an interval before the rest comes as one; 0 for no limit
 * @param escalate who is told as well when nobody acknowledges, the first step first
 * @param actions what can be done about it with a button
 */
public record RouteOptions(
        boolean onlyChanges, Optional<Quiet> quiet, int storm, List<Step> escalate, List<Suggestion> actions) {
    public static final RouteOptions PLAIN = new RouteOptions(false, Optional.empty(), 0, List.of(), List.of());

    public RouteOptions {
        escalate = List.copyOf(escalate);
        actions = List.copyOf(actions);
    }

    /** Hours in which only what is at least as severe as {@code except} is told at once. */
    public record Quiet(LocalTime from, LocalTime to, ZoneId zone, String except) {}

    /** Whom to tell when nobody has acknowledged for this long. */
    public record Step(Duration after, List<String> receivers) {
        public Step {
            receivers = List.copyOf(receivers);
        }
    }

    /**
     * Something that can be done about an alert; texts may name labels as <code>{{ labels.instance }}</code>.
     *
     * @param playbook for the operation {@code play}
     * @param coolDown how long it cannot be done again for the same alert
     */
    public record Suggestion(
            String label,
            String operation,
            Optional<String> playbook,
            String environment,
            String limit,
            SortedMap<String, String> variables,
            Duration coolDown) {
        public Suggestion {
            variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
        }
    }

    /** While something that fits {@code source} is open, what fits {@code target} with the same {@code equal} labels is not told. */
    public record Inhibition(String place, List<String> source, List<String> target, List<String> equal) {
        public Inhibition {
            source = List.copyOf(source);
            target = List.copyOf(target);
            equal = List.copyOf(equal);
        }
    }
}
