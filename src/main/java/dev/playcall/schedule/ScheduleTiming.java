package dev.playcall.schedule;

import dev.playcall.domain.Truncate;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** When a schedule is due: once, or repeatedly by a cron line in a zone. */
public sealed interface ScheduleTiming {

    /** Again and again, by a line of cron on the wall clock of a zone. */
    record Repeated(String cron, ZoneId zone) implements ScheduleTiming {
        private Timetable table() {
            return Timetable.of(cron, zone);
        }
    }

    record Once(Instant at) implements ScheduleTiming {}

    /** The first time after this one; empty when none will come. */
    default Optional<Instant> after(Instant time) {
        return next(time, 1).stream().findFirst();
    }

    /** The next times after this one. */
    default List<Instant> next(Instant time, int most) {
        return switch (this) {
            case Once(var at) -> at.isAfter(time) ? List.of(at) : List.of();
            case Repeated repeated -> {
                var table = repeated.table();
                var times = new ArrayList<Instant>();
                for (var t = table.after(time); t.isPresent() && times.size() < most; t = table.after(t.get())) {
                    times.add(t.get());
                }
                yield times;
            }
        };
    }

    /** What is wrong with this line of cron, in one line; empty when it has a time. */
    static Optional<String> wrong(String cron, ZoneId zone, Instant now) {
        try {
            return Timetable.of(cron, zone).after(now).isPresent()
                    ? Optional.empty()
                    : Optional.of("there is no such day, so it would never run");
        } catch (IllegalArgumentException e) {
            var why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            return Optional.of(Truncate.of(why, 160));
        }
    }

    /** For people: {@code every day at 02:30}, or nothing for a time that comes once. */
    default String words() {
        return switch (this) {
            case Once _ -> "once";
            case Repeated repeated -> repeated.table().words();
        };
    }
}
