package dev.playcall.journal;

import dev.playcall.domain.PlaybookName;
import dev.playcall.domain.RunRequest;
import dev.playcall.domain.RunState;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which runs to list, newest first.
 *
 * @param requestedBy a person, {@code slack:U0123}, or only how they are called there, {@code U0123} or {@code Alice}
 * @param text words that all have to be in what was asked, in why it failed or in the lines of the log that matter; a
 *     word may be the beginning of one, and what stands between double quotes has to be there as it is
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

    /** The same from this run on backwards. */
    public RunQuery before(long run) {
        return at(Optional.of(run), limit);
    }

    /** The same with so many at a time. */
    public RunQuery pages(int size) {
        return at(before, size);
    }

    private RunQuery at(Optional<Long> cursor, int size) {
        return new RunQuery(
                states, operation, playbook, environment, host, requestedBy, from, to, text, cursor, within, size);
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

    /** The newest runs of the same playbook in the same environment. */
    public static RunQuery alike(RunRequest request, int limit) {
        return new RunQuery(
                Set.of(),
                Optional.empty(),
                request.playbook().map(PlaybookName::value),
                Optional.of(request.environment().value()),
                Optional.empty(),
                Optional.empty(),
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
