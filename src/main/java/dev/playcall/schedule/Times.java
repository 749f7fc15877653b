package dev.playcall.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as people read them. */
public final class Times {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMM HH:mm", Locale.UK);

    private Times() {}

    /** {@code Sun 25 Oct 02:30 Europe/Berlin}. */
    public static String shown(Instant time, ZoneId zone) {
        return DAY.format(time.atZone(zone)) + " " + zone.getId();
    }

    /** The same where the zone is known. */
    public static String brief(Instant time, ZoneId zone) {
        return DAY.format(time.atZone(zone));
    }
}
