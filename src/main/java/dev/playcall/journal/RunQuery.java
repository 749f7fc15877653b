package dev.playcall.journal;

import dev.playcall.domain.RunRequest;
import dev.playcall.domain.RunState;
import dev.playcall.domain.RunType;
import dev.playcall.domain.name.PlaybookName;
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
 * @param skip so many of the newest are left out, at most 10,000: a cursor is cheaper
 * @param type whether they run a playbook
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
        int limit,
        int skip,
        Optional<RunType> type) {
    public static final int MOST_SKIPPED = 10_000;

    public RunQuery {
        states = Set.copyOf(states);
        within = within.map(Set::copyOf);
        if (limit < 1 || limit > 500) {
            throw new IllegalArgumentException("limit is " + limit + "; allowed are 1 to 500");
        }
        if (skip < 0 || skip > MOST_SKIPPED) {
            throw new IllegalArgumentException("skip is " + skip + "; allowed are 0 to " + MOST_SKIPPED);
        }
    }

    /** The newest runs of any kind; a question to ask more of. */
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
                Optional.empty(),
                limit,
                0,
                Optional.empty());
    }

    /** The newest runs that one person asked for. */
    public static RunQuery by(String person, int limit) {
        return newest(limit).requestedBy(Optional.of(person));
    }

    /** The newest runs of the same playbook in the same environment. */
    public static RunQuery similar(RunRequest request, int limit) {
        return of(request.environment().value(), limit)
                .playbook(request.playbook().map(PlaybookName::value));
    }

    /** The newest runs of one environment. */
    public static RunQuery of(String environment, int limit) {
        return newest(limit).environment(Optional.of(environment));
    }

    /** The same about runs in one of these states only; about any when there is none. */
    public RunQuery states(Set<RunState> wanted) {
        return new RunQuery(
                wanted,
                operation,
                playbook,
                environment,
                host,
                requestedBy,
                from,
                to,
                text,
                before,
                within,
                limit,
                skip,
                type);
    }

    /** The same about this operation only. */
    public RunQuery operation(Optional<String> wanted) {
        return new RunQuery(
                states,
                wanted,
                playbook,
                environment,
                host,
                requestedBy,
                from,
                to,
                text,
                before,
                within,
                limit,
                skip,
                type);
    }

    /** The same about this playbook only. */
    public RunQuery playbook(Optional<String> wanted) {
        return new RunQuery(
                states,
                operation,
                wanted,
                environment,
                host,
                requestedBy,
                from,
                to,
                text,
                before,
                within,
                limit,
                skip,
                type);
    }

    /** The same about this environment only. */
    public RunQuery environment(Optional<String> wanted) {
        return new RunQuery(
                states,
                operation,
                playbook,
                wanted,
                host,
                requestedBy,
                from,
                to,
                text,
                before,
                within,
                limit,
                skip,
                type);
    }

    /** The same about runs that touched this host. */
    public RunQuery host(Optional<String> wanted) {
        return new RunQuery(
                states,
                operation,
                playbook,
                environment,
                wanted,
                requestedBy,
                from,
                to,
                text,
                before,
                within,
                limit,
                skip,
                type);
    }

    /** The same about runs this person asked for. */
    public RunQuery requestedBy(Optional<String> wanted) {
        return new RunQuery(
                states,
                operation,
                playbook,
                environment,
                host,
                wanted,
                from,
                to,
                text,
                before,
                within,
                limit,
                skip,
                type);
    }

    /** The same about runs with these words. */
    public RunQuery text(Optional<String> wanted) {
        return new RunQuery(
                states,
                operation,
                playbook,
                environment,
                host,
                requestedBy,
                from,
                to,
                wanted,
                before,
                within,
                limit,
                skip,
                type);
    }

    /** The same about runs that were asked for at the first of these times or later, and before the second. */
    public RunQuery between(Optional<Instant> start, Optional<Instant> end) {
        return new RunQuery(
                states,
                operation,
                playbook,
                environment,
                host,
                requestedBy,
                start,
                end,
                text,
                before,
                within,
                limit,
                skip,
                type);
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
                limit,
                skip,
                type);
    }

    /** The same from this run on backwards. */
    public RunQuery before(long run) {
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
                Optional.of(run),
                within,
                limit,
                skip,
                type);
    }

    /** The same with so many at a time. */
    public RunQuery pages(int size) {
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
                within,
                size,
                skip,
                type);
    }

    /** The same without so many of the newest. */
    public RunQuery skip(int count) {
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
                within,
                limit,
                count,
                type);
    }

    /** The same about runs of this type only. */
    public RunQuery type(Optional<RunType> wanted) {
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
                within,
                limit,
                skip,
                wanted);
    }
}
