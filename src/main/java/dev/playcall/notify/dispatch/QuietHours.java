package dev.playcall.notify.dispatch;

import dev.playcall.config.RouteOptions.Quiet;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;

/** Whether it is quiet now, by the clock on the wall of those who sleep. */
final class QuietHours {
    private QuietHours() {}

    /** When it ends, if it is quiet now. */
    public static Optional<Instant> until(Quiet quiet, Instant now) {
        var here = now.atZone(quiet.zone());
        var time = here.toLocalTime();
        boolean overnight = quiet.from().isAfter(quiet.to());
        boolean evening = !time.isBefore(quiet.from());
        boolean morning = time.isBefore(quiet.to());
        boolean inside = overnight ? evening || morning : evening && morning;
        if (!inside) {
            return Optional.empty();
        }
        var day = overnight && evening ? here.toLocalDate().plusDays(1) : here.toLocalDate();
        return Optional.of(end(quiet, day, quiet.to())).filter(e -> e.isAfter(now));
    }

    /** A time that the clock leaps over in spring is the moment of the leap; one that comes twice in autumn is its first. */
    private static Instant end(Quiet quiet, LocalDate day, LocalTime to) {
        var local = day.atTime(to);
        var leap = quiet.zone().getRules().getTransition(local);
        return leap != null && leap.isGap()
                ? leap.getInstant()
                : local.atZone(quiet.zone()).toInstant();
    }
}
