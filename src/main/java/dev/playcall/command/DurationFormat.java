package dev.playcall.command;

import java.time.Duration;

/** Lengths of time as people say them: {@code 2 h 5 min}. */
public final class DurationFormat {
    private DurationFormat() {}

    public static String of(Duration time) {
        if (time.compareTo(Duration.ofMinutes(1)) < 0) {
            return Math.max(0, time.toSeconds()) + " s";
        }
        if (time.toDays() > 1) {
            return time.toDays() + " d " + time.toHoursPart() + " h";
        }
        return time.toHours() == 0 ? time.toMinutes() + " min" : time.toHours() + " h " + time.toMinutesPart() + " min";
    }
}
