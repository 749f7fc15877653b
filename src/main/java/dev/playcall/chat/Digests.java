package dev.playcall.chat;

import dev.playcall.domain.EnvironmentName;
import dev.playcall.journal.EventStore;
import dev.playcall.schedule.Plan;
import dev.playcall.schedule.Schedule;
import dev.playcall.schedule.ScheduleStore;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
     * The lines of it.
     *
     * @param environments the only ones that may be in it; empty for every one
     * @param zone of the times in it
     */
    List<String> lines(String of, Instant from, Instant to, Optional<Set<String>> environments, ZoneId zone) {
        boolean several = environments.map(e -> e.size() != 1).orElse(true);
        var digest = store.history().digest(from, to, environments);
        return new DigestLines(digest, of, several, to, coming(to, environments), zone).lines();
    }

    private List<Schedule> coming(Instant after, Optional<Set<String>> environments) {
        return schedules.all().stream()
                .filter(s -> !s.plan().isReport() && s.paused().isEmpty())
                .filter(s -> s.next().filter(n -> n.isAfter(after)).isPresent())
                .filter(s -> environments
                        .map(e -> e.contains(s.plan().environment()))
                        .orElse(true))
                .sorted(Comparator.comparing((Schedule s) -> s.next().orElseThrow())
                        .thenComparingLong(Schedule::id))
                .limit(COMING)
                .toList();
    }

    /** How what is reported on is called. */
    static String called(String environment) {
        return environment.equals(Plan.ALL) ? "All environments" : environment;
    }

    static Optional<Set<String>> only(String environment) {
        return EnvironmentName.isValid(environment) ? Optional.of(Set.of(environment)) : Optional.of(Set.of());
    }
}
