package dev.playcall.command.schedule;

import dev.playcall.schedule.Schedule;
import dev.playcall.schedule.Scheduler.ScheduleStarter;
import dev.playcall.security.access.People;
import java.time.Instant;

/** Starts and tells only for owners who are still there. */
final class OwnedStarts implements ScheduleStarter {
    private final ScheduleStarter starts;
    private final People people;

    OwnedStarts(ScheduleStarter starts, People people) {
        this.starts = starts;
        this.people = people;
    }

    @Override
    public Started start(Schedule schedule, Instant time, boolean late) {
        return people.gone(schedule.owner())
                .<Started>map(Started.Ownerless::new)
                .orElseGet(() -> starts.start(schedule, time, late));
    }
}
