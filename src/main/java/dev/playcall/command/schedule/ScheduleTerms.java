package dev.playcall.command.schedule;

import dev.playcall.command.Reply;
import dev.playcall.command.schedule.ScheduleCommands.Defaults;
import dev.playcall.domain.Truncate;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.schedule.MissedRun;
import dev.playcall.schedule.Schedule;
import dev.playcall.schedule.ScheduleTiming;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads when something is to be done by itself, as people write it, and says it back. */
final class ScheduleTerms {
    private static final int SHOWN = 3;
    private static final Duration MOST_JITTER = Duration.ofHours(12);
    private static final Pattern SPAN = Pattern.compile("(\\d{1,4})([smh])");

    private final Supplier<Defaults> defaults;
    private final Clock clock;

    ScheduleTerms(Supplier<Defaults> defaults, Clock clock) {
        this.defaults = defaults;
        this.clock = clock;
    }

    /** Leaves at the first mistake. */
    static final class InvalidScheduleException extends Exception {
        private static final long serialVersionUID = 1;
        private final transient Reply reply;

        InvalidScheduleException(String field, String message, String remedy) {
            super(message, null, false, false);
            reply = new Reply.Invalid(field, message, Optional.of(remedy).filter(r -> !r.isEmpty()));
        }

        Reply reply() {
            return reply;
        }
    }

    String description(Schedule s, Instant now) {
        var zone = s.timing() instanceof ScheduleTiming.Repeated(var _, var z)
                ? z
                : defaults.get().zone();
        var next = s.timing().next(now, SHOWN).stream()
                .map(t -> TextFormat.weekdayOnly(t, zone))
                .collect(Collectors.joining(", "));
        var words = s.timing() instanceof ScheduleTiming.Repeated ? s.timing().words() + "; next " : "once, ";
        var jitter = s.jitter().isZero() ? "" : ", up to " + TextFormat.duration(s.jitter()) + " later";
        return s.plan().words() + " " + words + next + " (" + zone + ")" + jitter + "; missed runs "
                + s.missed().inWords();
    }

    /** The one of the configuration when nothing is said. */
    ZoneId zone(String text) throws InvalidScheduleException {
        if (text.isBlank()) {
            return defaults.get().zone();
        }
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new InvalidScheduleException(
                    "timezone", "\"" + Truncate.quoted(text) + "\" is not a time zone", "--tz Europe/Berlin");
        }
    }

    ScheduleTiming once(String time, ZoneId zone) throws InvalidScheduleException {
        var now = clock.instant();
        var at = TimeParser.of(time, zone, now)
                .orElseThrow(() -> new InvalidScheduleException(
                        "at", "\"" + Truncate.quoted(time) + "\" is not a time", "as in " + TimeParser.EXAMPLES));
        if (!at.isAfter(now)) {
            throw new InvalidScheduleException("at", TextFormat.weekday(at, zone) + " is in the past", "");
        }
        return new ScheduleTiming.Once(at);
    }

    ScheduleTiming cron(String line, ZoneId zone) throws InvalidScheduleException {
        var cron = line.strip().replaceAll("\\s+", " ");
        var wrong = ScheduleTiming.wrong(cron, zone, clock.instant());
        if (wrong.isPresent()) {
            throw new InvalidScheduleException(
                    "cron",
                    "\"" + Truncate.quoted(cron) + "\" cannot be a schedule: " + wrong.get(),
                    "minute hour day month weekday, as in \"30 2 * * mon-fri\"");
        }
        return new ScheduleTiming.Repeated(cron, zone);
    }

    MissedRun missed(String text) throws InvalidScheduleException {
        return text.isBlank()
                ? defaults.get().missed()
                : MissedRun.of(text)
                        .orElseThrow(() -> new InvalidScheduleException(
                                "missed",
                                "\"" + Truncate.quoted(text) + "\" is not a rule for missed runs",
                                "--missed skip, run_once or run_all:5"));
    }

    /** Two runs of one schedule must not change places. */
    Duration jitter(String text, ScheduleTiming scheduleTiming) throws InvalidScheduleException {
        if (text.isBlank()) {
            return Duration.ZERO;
        }
        var found = SPAN.matcher(text.strip());
        if (!found.matches()) {
            throw new InvalidScheduleException(
                    "jitter", "\"" + Truncate.quoted(text) + "\" is not a duration", "--jitter 5m");
        }
        long n = Long.parseLong(found.group(1));
        var jitter = switch (found.group(2)) {
            case "s" -> Duration.ofSeconds(n);
            case "m" -> Duration.ofMinutes(n);
            default -> Duration.ofHours(n);
        };
        var times = scheduleTiming.next(clock.instant(), 10);
        for (int i = 1; i < times.size(); i++) {
            if (Duration.between(times.get(i - 1), times.get(i)).compareTo(jitter) <= 0) {
                throw new InvalidScheduleException("jitter", text + " is longer than the time to the next run", "");
            }
        }
        if (jitter.compareTo(MOST_JITTER) > 0) {
            throw new InvalidScheduleException("jitter", "a jitter can be at most 12h", "");
        }
        return jitter;
    }
}
