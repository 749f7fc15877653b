package dev.playcall.notify.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A run that can be started from an alert with one button.
 *
 * @param by who did it last, at which time, with which run
 */
public record AlertAction(
        long id,
        long alert,
        RunParameters parameters,
        Duration coolDown,
        Optional<String> by,
        Optional<Instant> at,
        Optional<Long> run) {

    /** What would be started, with every label filled in: data, which nothing reads as a template again. */
    public record RunParameters(
            String label,
            String operation,
            Optional<String> playbook,
            String environment,
            String limit,
            SortedMap<String, String> variables) {
        public RunParameters {
            variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
        }
    }

    /** What comes of reaching for one. */
    public sealed interface Claim {
        /** It is this person's to do now. */
        record Yours(AlertAction offer) implements Claim {}

        /** It was done a moment ago. */
        record Cooling(AlertAction offer, Instant until) implements Claim {}

        /** What it is about is over. */
        record Over(AlertAction offer) implements Claim {}

        record Unknown() implements Claim {}
    }
}
