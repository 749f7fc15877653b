package dev.playcall.chat.query;

import dev.playcall.chat.message.ProposedRetry;
import dev.playcall.domain.Remainder;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.RunId;
import dev.playcall.domain.venv.HostVenvRun;
import dev.playcall.journal.EventStore;
import dev.playcall.schedule.SchedulePlan;
import dev.playcall.schedule.ScheduleStore;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Puts together how it went somewhere since some moment. */
final class Digests {
    private static final int COMING = 4;

    private final EventStore store;
    private final ScheduleStore schedules;

    Digests(EventStore store, ScheduleStore schedules) {
        this.store = store;
        this.schedules = schedules;
    }

    /**
     * What is told of it.
     *
     * @param retries what still fails and can be retried
     */
    record Report(List<String> lines, List<ProposedRetry> retries) {}

    /**
     * The lines of it.
     *
     * @param environments the only ones that may be in it; empty for every one
     * @param zone of the times in it
     */
    Report report(String of, Instant from, Instant to, Optional<Set<String>> environments, ZoneId zone) {
        boolean several = environments.map(e -> e.size() != 1).orElse(true);
        var reportDigest = store.history().digest(from, to, environments);
        var lines = new DigestLines(reportDigest, of, several, to, coming(to, environments), zone).lines();
        return new Report(
                lines,
                reportDigest.failing().stream()
                        .limit(DigestLines.FAILING)
                        .filter(f -> canBeRetried(f.last()))
                        .map(f -> new ProposedRetry(f.last(), f.what() + " " + f.environment()))
                        .toList());
    }

    /** As the command that retries checks it; whoever presses may lack the permission. */
    private boolean canBeRetried(RunId id) {
        return store.find(id)
                .filter(r -> r.state().isBad() && !HostVenvRun.isWritten(r.request()))
                .filter(r -> Remainder.of(r, store.hosts(id)).unlimitable().isEmpty())
                .filter(_ -> Stream.concat(store.running().stream(), store.queue().stream())
                        .noneMatch(r -> r.request().retryOf().equals(Optional.of(id))))
                .isPresent();
    }

    /** By the times of their lines: what is due at the very moment of a report may be dealt with before or after it. */
    private List<DigestLines.Coming> coming(Instant after, Optional<Set<String>> environments) {
        return schedules.all().stream()
                .filter(s ->
                        !s.plan().isReport() && s.paused().isEmpty() && s.next().isPresent())
                .filter(s -> environments
                        .map(e -> e.contains(s.plan().environment()))
                        .orElse(true))
                .flatMap(s -> s.timing().after(after).stream().map(at -> new DigestLines.Coming(at, s)))
                .sorted(Comparator.comparing(DigestLines.Coming::at)
                        .thenComparingLong(c -> c.schedule().id()))
                .limit(COMING)
                .toList();
    }

    /** How what is reported on is called. */
    static String called(String environment) {
        return environment.equals(SchedulePlan.ALL) ? "All environments" : environment;
    }

    static Optional<Set<String>> only(String environment) {
        return EnvironmentName.isValid(environment) ? Optional.of(Set.of(environment)) : Optional.of(Set.of());
    }
}
