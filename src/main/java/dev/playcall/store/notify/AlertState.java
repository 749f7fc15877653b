package dev.playcall.store.notify;

import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a subject stands by the last report about it that counted. A report changes it unless the source's own times show that
 * it is older than what is known: that it was heard before does not make it old, as a source may say the same again after
 * something else.
 *
 * @param open whether it goes on
 * @param severity how bad it is or was
 * @param startsAt the latest start that the source gave
 * @param startReported whether that start was heard in a report that it is open
 * @param endsAt the latest end that the source gave
 * @param reportedAt when the report came
 * @param hash of what the report said
 */
record AlertState(
        boolean open,
        Severity severity,
        Optional<Instant> startsAt,
        boolean startReported,
        Optional<Instant> endsAt,
        Instant reportedAt,
        String hash) {
    /** So long after an end its beginning may still be on its way. */
    private static final Duration LATE = Duration.ofMinutes(5);

    /** What a report changes. */
    sealed interface Change {
        /** How it stands now, which people may want to hear. */
        record Changed(AlertState state) implements Change {}

        /** It stands as before, in other words. */
        record Words(AlertState state) implements Change {}

        /** It stands as before; something about its times became known. */
        record Times(AlertState state) implements Change {}

        /** Nothing. */
        record Unchanged() implements Change {}
    }

    /** By the first report about a subject. */
    static AlertState first(NotificationEvent n, String hash, Instant now) {
        boolean open = n.status() == NotificationEvent.Status.OPEN;
        return new AlertState(
                open, n.severity(), n.order().startsAt(), open, n.order().endsAt(), now, hash);
    }

    /** @param n says that it is open or over */
    Change after(NotificationEvent n, String report, Instant now) {
        if (n.status() == NotificationEvent.Status.OPEN) {
            return open ? stillOpen(n, report, now) : opened(n, report, now);
        }
        return isOldEnd(n) ? new Change.Unchanged() : over(n, report, now);
    }

    private Change stillOpen(NotificationEvent n, String report, Instant now) {
        var next = reported(n, report, now);
        if (!n.order().repeats() || n.severity() != severity) {
            return new Change.Changed(next);
        }
        return report.equals(hash) && next.startsAt().equals(startsAt)
                ? new Change.Unchanged()
                : new Change.Words(next);
    }

    private Change opened(NotificationEvent n, String report, Instant now) {
        return isLateStart(n, now) ? new Change.Unchanged() : new Change.Changed(reported(n, report, now));
    }

    /**
     * A start that comes after the end that belongs to it. Who repeats itself says the same start again when it is back, so
     * of such a source only a start counts as late that was never heard and comes soon after the end.
     */
    private boolean isLateStart(NotificationEvent n, Instant now) {
        var start = n.order().startsAt();
        if (start.isEmpty()) {
            return false;
        }
        if (!n.order().repeats()) {
            return endsAt.filter(start.get()::isBefore).isPresent();
        }
        boolean heard = startReported && start.equals(startsAt);
        boolean soon = now.isBefore(reportedAt.plus(LATE));
        return !heard
                && soon
                && startsAt.or(() -> endsAt)
                        .filter(s -> !start.get().isAfter(s))
                        .isPresent();
    }

    /** An end of an earlier time at which it was open, or one that was heard before. */
    private boolean isOldEnd(NotificationEvent n) {
        var end = n.order().endsAt();
        boolean heard =
                end.isPresent() && endsAt.filter(e -> !end.get().isAfter(e)).isPresent();
        boolean before =
                end.isPresent() && open && startsAt.filter(end.get()::isBefore).isPresent();
        return (heard && (open || n.order().repeats())) || before;
    }

    private Change over(NotificationEvent n, String report, Instant now) {
        var reportedStart = n.order().startsAt();
        var starts = open ? reportedStart.or(() -> startsAt) : later(reportedStart, startsAt);
        var next = new AlertState(
                false,
                n.severity(),
                starts,
                open || (startReported && starts.equals(startsAt)),
                later(n.order().endsAt(), endsAt),
                now,
                report);
        if (open || !n.order().repeats()) {
            return new Change.Changed(next);
        }
        // Of what is over already only another time at which it was open is news.
        return reportedStart.isPresent() && !starts.equals(startsAt)
                ? new Change.Changed(next)
                : new Change.Times(next);
    }

    private AlertState reported(NotificationEvent n, String report, Instant now) {
        return new AlertState(true, n.severity(), n.order().startsAt().or(() -> startsAt), true, endsAt, now, report);
    }

    private static Optional<Instant> later(Optional<Instant> a, Optional<Instant> b) {
        return a.isPresent() && b.isPresent() ? (a.get().isAfter(b.get()) ? a : b) : a.or(() -> b);
    }
}
