package dev.playcall.schedule;

import java.time.Instant;

/** Starts or tells what a schedule wants, checked like every other request. */
public interface ScheduleStarter {

    /** What came of it. */
    sealed interface Started {
        /** The run that is there now, whether it was made this time or before. */
        record Made(long run) implements Started {}

        /** Nothing was to be started, and the channel is told what it wanted to know. */
        record Reported(String words) implements Started {}

        /** It may not be, or makes no sense any more. */
        record Refused(String why) implements Started {}

        /** Whoever it acts for no longer exists: it is held back until somebody has looked. */
        record Ownerless(String why) implements Started {}

        /** It cannot be decided now. */
        record Later(String why) implements Started {}
    }

    /** Starts the run of this time of the schedule, unless there is one already. */
    Started start(Schedule schedule, Instant time, boolean late);
}
