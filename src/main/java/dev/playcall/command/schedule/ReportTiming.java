package dev.playcall.command.schedule;

import dev.playcall.command.ReportCommand;
import dev.playcall.command.schedule.ScheduleTerms.InvalidScheduleException;
import dev.playcall.domain.Truncate;
import dev.playcall.schedule.ScheduleTiming;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** When a report is due: each day, each week, or by cron. */
record ReportTiming(ScheduleTerms terms, Clock clock) {
    private static final Pattern TIME = Pattern.compile("([01]?\\d|2[0-3])(?::([0-5]\\d))?");
    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    /** Whoever wants to know more often asks, or subscribes. */
    private static final Duration OFTEN = Duration.ofHours(1);

    ScheduleTiming of(ReportCommand.AddReport command, ZoneId zone) throws InvalidScheduleException {
        var every = command.every().strip().toLowerCase(Locale.ROOT);
        var day = day(command.day());
        return switch (every) {
            case "daily" -> {
                if (!command.day().isBlank()) {
                    throw new InvalidScheduleException(
                            "day", "a daily report is posted every day", "report weekly on " + day);
                }
                yield terms.cron(time(command.at()) + " * * *", zone);
            }
            case "weekly" -> terms.cron(time(command.at()) + " * * " + day, zone);
            default -> cron(command, zone);
        };
    }

    private ScheduleTiming cron(ReportCommand.AddReport command, ZoneId zone) throws InvalidScheduleException {
        if (!command.at().isBlank() || !command.day().isBlank()) {
            throw new InvalidScheduleException(
                    "at", "a cron expression already sets day and time; use on and at with daily and weekly", "");
        }
        var scheduleTiming = terms.cron(command.every(), zone);
        var times = scheduleTiming.next(clock.instant(), 30);
        for (int i = 1; i < times.size(); i++) {
            if (Duration.between(times.get(i - 1), times.get(i)).compareTo(OFTEN) < 0) {
                throw new InvalidScheduleException(
                        "every", "a report can be posted at most once per hour", "to see more, subscribe or alerts");
            }
        }
        return scheduleTiming;
    }

    private static String day(String text) throws InvalidScheduleException {
        if (text.isBlank()) {
            return DAYS.getFirst();
        }
        var day = text.strip().toLowerCase(Locale.ROOT);
        return DAYS.stream()
                .filter(d -> day.startsWith(d) && day.matches("[a-z]{3,9}"))
                .findFirst()
                .orElseThrow(() -> new InvalidScheduleException(
                        "day", "\"" + Truncate.quoted(text) + "\" is not a day of the week", "on mon"));
    }

    /** Minute and hour of a cron line. */
    private static String time(String text) throws InvalidScheduleException {
        var found = TIME.matcher(text.isBlank() ? "9" : text.strip());
        if (!found.matches()) {
            throw new InvalidScheduleException(
                    "at", "\"" + Truncate.quoted(text) + "\" is not a time of day", "at 09:00");
        }
        var minute = found.group(2) == null ? "0" : Integer.toString(Integer.parseInt(found.group(2)));
        return minute + " " + Integer.parseInt(found.group(1));
    }
}
