package dev.playcall.command.schedule;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Pattern;

/** Moments as people write them: {@code 02:00}, {@code tomorrow 02:00}, {@code 2026-11-22 02:00}, {@code in 2h}, {@code 2h}. */
final class TimeParser {
    public static final String EXAMPLES = "02:00, tomorrow 02:00, 2026-11-22T02:00 or +2h";
    private static final Pattern SPAN = Pattern.compile("(?:\\+|in )?(\\d{1,4}) ?([smhd])");

    private TimeParser() {}

    /** The moment; a time of day is the next one there is. */
    public static Optional<Instant> of(String text, ZoneId zone, Instant now) {
        var words = text.strip().replaceAll("\\s+", " ");
        var span = SPAN.matcher(words);
        if (span.matches()) {
            return Optional.of(now.plus(span(Long.parseLong(span.group(1)), span.group(2))));
        }
        try {
            if (words.startsWith("tomorrow ")) {
                return Optional.of(
                        at(LocalDate.ofInstant(now, zone).plusDays(1), words.substring("tomorrow ".length()), zone));
            }
            if (words.matches("\\d{1,2}:\\d\\d")) {
                var today = at(LocalDate.ofInstant(now, zone), words, zone);
                return Optional.of(
                        today.isAfter(now)
                                ? today
                                : at(LocalDate.ofInstant(now, zone).plusDays(1), words, zone));
            }
            var whole = words.replace(' ', 'T');
            return Optional.of(
                    whole.matches(".*(Z|[+-]\\d\\d:\\d\\d)")
                            ? OffsetDateTime.parse(whole).toInstant()
                            : LocalDateTime.parse(whole).atZone(zone).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Duration span(long n, String unit) {
        return switch (unit) {
            case "s" -> Duration.ofSeconds(n);
            case "m" -> Duration.ofMinutes(n);
            case "h" -> Duration.ofHours(n);
            default -> Duration.ofDays(n);
        };
    }

    private static Instant at(LocalDate day, String time, ZoneId zone) {
        var full = time.length() == 4 ? "0" + time : time;
        return day.atTime(LocalTime.parse(full)).atZone(zone).toInstant();
    }
}
