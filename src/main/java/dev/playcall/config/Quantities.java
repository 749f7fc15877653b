package dev.playcall.config;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations and sizes as people write them. */
public final class Quantities {
    private static final Pattern DURATION =
            Pattern.compile("(?:(\\d{1,6})d)?(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,8})s)?");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})\\s*([kKMGT]?)i?B?");
    private static final Map<String, Long> UNITS =
            Map.of("", 1L, "K", 1L << 10, "M", 1L << 20, "G", 1L << 30, "T", 1L << 40);

    private Quantities() {}

    /** {@code 10s}, {@code 5m}, {@code 1h30m}, {@code 90d}; empty for anything else. */
    public static Optional<Duration> duration(String text) {
        var found = DURATION.matcher(text.strip());
        if (text.isBlank() || !found.matches()) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofDays(number(found.group(1)))
                .plusHours(number(found.group(2)))
                .plusMinutes(number(found.group(3)))
                .plusSeconds(number(found.group(4))));
    }

    /** The same, and longer than nothing. */
    public static Optional<Duration> positiveDuration(String text) {
        return duration(text).filter(Duration::isPositive);
    }

    /** What is said of a text that is none, without a full stop. */
    public static String notADuration(String text) {
        return "\"" + text + "\" is not a duration (30m, 2h, 1d)";
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    /** {@code 500MB}, {@code 5GB} in bytes, counted in 1024; empty for anything else. */
    public static Optional<Long> size(String text) {
        var found = SIZE.matcher(text.strip());
        if (!found.matches()) {
            return Optional.empty();
        }
        var unit = UNITS.get(found.group(2).toUpperCase(Locale.ROOT));
        return Optional.ofNullable(unit)
                .map(u -> Math.multiplyHigh(u, number(found.group(1))) == 0 ? u * number(found.group(1)) : -1)
                .filter(bytes -> bytes >= 0);
    }

    /** As {@link #duration(String)} reads it: {@code 1h30m}, {@code 90d}; zero is {@code 0s}. */
    public static String text(Duration d) {
        var text = part(d.toDays(), 'd')
                + part(d.toHoursPart(), 'h')
                + part(d.toMinutesPart(), 'm')
                + part(d.toSecondsPart(), 's');
        return text.isEmpty() ? "0s" : text;
    }

    private static String part(long n, char unit) {
        return n > 0 ? Long.toString(n) + unit : "";
    }

    /** As {@link #size(String)} reads it: {@code 5GB}, {@code 500MB}; bytes where it is not a whole number of those. */
    public static String text(long bytes) {
        if (bytes >= 1L << 30 && bytes % (1L << 30) == 0) {
            return (bytes >> 30) + "GB";
        }
        return bytes >= 1L << 20 && bytes % (1L << 20) == 0 ? (bytes >> 20) + "MB" : Long.toString(bytes);
    }
}
