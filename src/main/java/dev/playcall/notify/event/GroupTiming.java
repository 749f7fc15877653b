package dev.playcall.notify.event;

import java.time.Duration;

/**
 * When a group of events is sent: group wait, group interval and repeat interval, as in Alertmanager.
 *
 * @param hold after its first notice, so that what happens together is told together
 * @param interval between two messages about changes of one group
 * @param repeat after which a group that is still open is told again; zero for never
 */
public record GroupTiming(Duration hold, Duration interval, Duration repeat) {
    public static final GroupTiming USUAL =
            new GroupTiming(Duration.ofSeconds(10), Duration.ofMinutes(5), Duration.ofHours(4));
    /** Told at once and not again while it goes on. */
    public static final GroupTiming AT_ONCE = new GroupTiming(Duration.ZERO, Duration.ZERO, Duration.ZERO);
}
