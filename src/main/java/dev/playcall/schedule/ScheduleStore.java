package dev.playcall.schedule;

import dev.playcall.domain.name.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Stores schedules. Every method is one transaction; a change of what is due wakes the {@link Alarm}. */
public interface ScheduleStore {

    /** Calls when something is due, on one node at a time, also after a crash. */
    interface Alarm {

        /** @param bell does what is due and says when something is due next; called from now on */
        void listen(Supplier<Optional<Instant>> bell);
    }

    /** A schedule that is not kept yet. */
    record Draft(
            Person owner,
            String channel,
            SchedulePlan plan,
            ScheduleTiming timing,
            MissedRun missed,
            Duration jitter,
            Instant next,
            Optional<String> idempotencyKey) {}

    /** Another one that will come again has this name already, in whatever case. */
    final class NameTakenException extends RuntimeException {
        private static final long serialVersionUID = 1;

        public NameTakenException(String name) {
            super("another schedule is called " + name);
        }
    }

    /**
     * Keeps it; the same request from the same channel is kept once.
     *
     * @throws NameTakenException when its name is the name of another one
     */
    Schedule add(Draft draft, Instant now);

    /** What was kept of this request before. */
    Optional<Schedule> made(Draft draft);

    Optional<Schedule> find(long id);

    /**
     * Those of this number or name, whatever its case; of several of one name only those that will come again, if there are any.
     */
    default List<Schedule> called(String which) {
        if (which.matches("\\d{1,18}")) {
            return find(Long.parseLong(which)).stream().toList();
        }
        var named = all().stream()
                .filter(s -> !which.isBlank() && s.name().equalsIgnoreCase(which.strip()))
                .toList();
        var active = named.stream().filter(Schedule::isActive).toList();
        return active.isEmpty() ? named : active;
    }

    /** All that are there, also those that have had their last time, oldest first. */
    List<Schedule> all();

    /** Not paused, and their time has come. */
    List<Schedule> due(Instant now);

    /** When the next one is due; empty when none is. */
    Optional<Instant> nextDue();

    /** Holds it back; false when it is paused already. */
    boolean pause(long id, Schedule.Paused paused);

    /** Goes on from this time; false when it was not paused. */
    boolean resume(long id, Optional<Instant> next);

    boolean remove(long id);

    /**
     * One time is dealt with: the next one takes its place, unless somebody else has dealt with it before.
     *
     * @param from the time that is dealt with
     */
    boolean advance(Schedule schedule, Instant from, Optional<Instant> next, Optional<Schedule.Last> last);
}
