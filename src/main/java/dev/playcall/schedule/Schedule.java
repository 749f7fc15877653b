package dev.playcall.schedule;

import dev.playcall.domain.name.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A schedule, which starts runs or posts reports with the permissions its owner has at that time.
 *
 * @param channel where its runs are shown, {@code slack:C0123}
 * @param jitter its runs begin up to so much later, so that not everything begins at once
 * @param next the time on the clock that comes next; empty when none will come
 * @param paused who holds it back and why
 * @param last what came of the last time
 */
public record Schedule(
        long id,
        Person owner,
        String channel,
        SchedulePlan plan,
        ScheduleTiming timing,
        MissedRun missed,
        Duration jitter,
        Optional<Instant> next,
        Optional<Paused> paused,
        Optional<Last> last) {
    /** Who holds it back. */
    public record Paused(Person by, String reason, Instant since) {}

    /** @param run empty when it was refused, and for a report */
    public record Last(Instant time, Optional<Long> run, String words) {}

    /** The same after one more time. */
    Schedule after(Last newer) {
        return new Schedule(id, owner, channel, plan, timing, missed, jitter, next, paused, Optional.of(newer));
    }

    /** What people call it: unique among those that will come again, also the name of its runs; empty when it has none. */
    public String name() {
        return plan.isReport() ? "" : plan.name();
    }

    /** Its number, and its name where it has one: {@code 7 (nightly)}. */
    public String called() {
        return name().isEmpty() ? Long.toString(id) : id + " (" + name() + ")";
    }

    /** Whether it will come again, or is only held back. */
    public boolean isActive() {
        return next.isPresent() || paused.isPresent();
    }

    /** Who acts when it is run. */
    public Person person() {
        return new Person("schedule:" + id);
    }

    /** When its run for this time begins: always the same for the same time, so that nobody who looks again differs. */
    public Instant due(Instant time) {
        long most = jitter.toMillis();
        return most == 0
                ? time
                : time.plusMillis(new SplittableRandom(id * 1_000_003 + time.getEpochSecond()).nextLong(most));
    }

    /** Names the run of this time, so that there is never a second one. */
    public String messageId(Instant time) {
        return "schedule:" + id + ":" + time;
    }
}
