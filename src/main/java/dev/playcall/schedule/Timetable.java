package dev.playcall.schedule;

import com.cronutils.descriptor.CronDescriptor;
import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Locale;
import java.util.Optional;

/**
 * The times of a cron line on the wall clock of a zone. A fixed time of day happens once on every day it names: where the
 * clock jumps over it, at the jump; where the clock shows it twice, the first time. A line with {@code *} in minute or
 * hour counts elapsed time and is left as it falls.
 */
final class Timetable {
    /** The 29th of February can be eight years away; what is further away never comes. */
    private static final Duration HORIZON = Duration.ofDays(366 * 9);

    private final Cron cron;
    private final ExecutionTime times;
    private final ZoneId zone;
    private final boolean elapsed;

    private Timetable(Cron cron, ZoneId zone) {
        this.cron = cron;
        this.times = ExecutionTime.forCron(cron);
        this.zone = zone;
        var fields = cron.asString().split(" ", -1);
        this.elapsed = fields[0].startsWith("*") || fields[1].startsWith("*");
    }

    /** @throws IllegalArgumentException when the line means nothing */
    static Timetable of(String line, ZoneId zone) {
        var unix = CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX);
        return new Timetable(new CronParser(unix).parse(line).validate(), zone);
    }

    /** The first time after this one; empty when there is none in the next years. */
    Optional<Instant> after(Instant time) {
        var regular = regular(time).filter(r -> r.isBefore(time.plus(HORIZON)));
        if (elapsed) {
            return regular;
        }
        return jumped(time, regular.orElse(time.plus(HORIZON))).or(() -> regular);
    }

    private Optional<Instant> regular(Instant time) {
        var next = times.nextExecution(time.atZone(zone));
        while (next.isPresent() && !elapsed && isSecond(next.get())) {
            next = times.nextExecution(next.get());
        }
        return next.map(ZonedDateTime::toInstant);
    }

    /** Whether the clock showed this an hour ago already. */
    private boolean isSecond(ZonedDateTime time) {
        var offsets = zone.getRules().getValidOffsets(time.toLocalDateTime());
        return offsets.size() == 2 && time.getOffset().equals(offsets.get(1));
    }

    /** The jump of the clock that leaves out a time of this line, when one comes first. */
    private Optional<Instant> jumped(Instant after, Instant before) {
        var rules = zone.getRules();
        for (var t = rules.nextTransition(after);
                t != null && !t.getInstant().isAfter(before);
                t = rules.nextTransition(t.getInstant())) {
            if (t.isGap() && leavesOut(t)) {
                return Optional.of(t.getInstant());
            }
        }
        return Optional.empty();
    }

    private boolean leavesOut(ZoneOffsetTransition gap) {
        var just = gap.getDateTimeBefore().minusMinutes(1).atZone(ZoneOffset.UTC);
        return times.nextExecution(just)
                .map(ZonedDateTime::toLocalDateTime)
                .filter((LocalDateTime t) -> t.isBefore(gap.getDateTimeAfter()))
                .isPresent();
    }

    /** {@code at 02:30 every day}. */
    String words() {
        // The library says "at Sunday day".
        return CronDescriptor.instance(Locale.UK).describe(cron).replaceAll("\\bat (\\w+day) day\\b", "every $1");
    }
}
