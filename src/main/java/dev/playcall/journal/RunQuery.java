package dev.playcall.journal;

import dev.playcall.domain.RunState;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which runs to list, newest first.
 *
 * @param text part of name, description, playbook, reason or the text of the request
 * @param before lists only runs with a lower number: the cursor
 * @param within only these environments; empty for every one
 * @param limit at most this many, 1 to 500
 */
public record RunQuery(
        Set<RunState> states,
        Optional<String> operation,
        Optional<String> playbook,
        Optional<String> environment,
        Optional<String> host,
        Optional<String> requestedBy,
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<String> text,
        Optional<Long> before,
        Optional<Set<String>> within,
        int limit) {
    public RunQuery {
        states = Set.copyOf(states);
        within = within.map(Set::copyOf);
        if (limit < 1 || limit > 500) {
            throw new IllegalArgumentException("limit is " + limit + ", it may be 1 to 500");
        }
    }

    public RunQuery(
            Set<RunState> states,
            Optional<String> operation,
            Optional<String> playbook,
            Optional<String> environment,
            Optional<String> host,
            Optional<String> requestedBy,
            Optional<Instant> from,
            Optional<Instant> to,
            Optional<String> text,
            Optional<Long> before,
            int limit) {
        this(
                states,
                operation,
                playbook,
                environment,
                host,
                requestedBy,
                from,
                to,
                text,
                before,
                Optional.empty(),
                limit);
    }

    /** The same question about these environments only. */
    public RunQuery within(Optional<Set<String>> environments) {
        return new RunQuery(
                states,
                operation,
                playbook,
                environment,
                host,
                requestedBy,
                from,
                to,
                text,
                before,
                environments,
                limit);
    }

    /** The newest runs of any kind. */
    public static RunQuery newest(int limit) {
        return new RunQuery(
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                limit);
    }

    /** The newest runs that one person asked for. */
    public static RunQuery by(String person, int limit) {
        return new RunQuery(
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(person),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                limit);
    }

    /** The newest runs of one environment. */
    public static RunQuery of(String environment, int limit) {
        return new RunQuery(
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(environment),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                limit);
    }
}
