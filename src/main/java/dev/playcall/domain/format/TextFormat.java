package dev.playcall.domain.format;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The one form of durations, times, sizes, percentages and counts in texts for people. */
public final class TextFormat {
    private static final long DAY = 86_400;
    private static final DateTimeFormatter MINUTE = utc("yyyy-MM-dd HH:mm 'UTC'");
    private static final DateTimeFormatter SECOND = utc("yyyy-MM-dd HH:mm:ss 'UTC'");
    private static final DateTimeFormatter WEEKDAY = DateTimeFormatter.ofPattern("EEE d MMM HH:mm", Locale.UK);
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

    private TextFormat() {}

    private static DateTimeFormatter utc(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    /** The two largest units: {@code 54 s}, {@code 1 min 17 s}, {@code 2 h}, {@code 23 h 57 min}, {@code 2 d 3 h}; negative counts as 0. */
    public static String duration(Duration d) {
        long s = Math.max(0, d.toSeconds());
        if (s < 60) {
            return s + " s";
        }
        if (s < 3600) {
            return two(s / 60, "min", s % 60, "s");
        }
        return s < DAY ? two(s / 3600, "h", s / 60 % 60, "min") : two(s / DAY, "d", s / 3600 % 24, "h");
    }

    private static String two(long large, String unit, long small, String part) {
        return large + " " + unit + (small == 0 ? "" : " " + small + " " + part);
    }

    /** {@link #duration} for what is often shorter than a second: {@code 0.4 s} below a minute. */
    public static String shortDuration(Duration d) {
        return d.toSeconds() < 60
                ? String.format(Locale.ROOT, "%.1f s", Math.max(0, d.toMillis()) / 1000.0)
                : duration(d);
    }

    /** {@code now}, {@code in 40 s}, {@code in 3 h 7 min}. */
    public static String until(Instant then, Instant now) {
        return then.isAfter(now) && Duration.between(now, then).toSeconds() > 0
                ? "in " + duration(Duration.between(now, then))
                : "now";
    }

    /** {@code just now}, {@code 40 s ago}, {@code 5 min ago}, {@code 3 h ago}, {@code 2 d ago}; {@link #until} for the future. */
    public static String ago(Instant then, Instant now) {
        if (then.isAfter(now)) {
            return until(then, now);
        }
        long s = Duration.between(then, now).toSeconds();
        if (s < 10) {
            return "just now";
        }
        if (s < 60) {
            return s + " s ago";
        }
        if (s < 3600) {
            return s / 60 + " min ago";
        }
        return s < DAY ? s / 3600 + " h ago" : s / DAY + " d ago";
    }

    /** {@code 2026-11-22 01:30 UTC}. */
    public static String minute(Instant at) {
        return MINUTE.format(at);
    }

    /** {@code 2026-11-22 01:30:05 UTC}. */
    public static String second(Instant at) {
        return SECOND.format(at);
    }

    /** A time of a schedule or lock, in its zone: {@code Sun 25 Oct 02:30 Europe/Berlin}. */
    public static String weekday(Instant at, ZoneId zone) {
        return WEEKDAY.format(at.atZone(zone)) + " " + zone(zone);
    }

    /** {@code UTC} under each of its names, otherwise the zone's own: {@code Europe/Berlin}. */
    public static String zone(ZoneId zone) {
        return zone.normalized().equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }

    /** {@link #weekday} beside a text that names the zone: {@code Sun 25 Oct 02:30}. */
    public static String weekdayOnly(Instant at, ZoneId zone) {
        return WEEKDAY.format(at.atZone(zone));
    }

    /** Bytes, counted in 1024 as in the configuration: {@code 54 MB}, {@code 1.5 GB}. */
    public static String size(long bytes) {
        int unit = 0;
        double n = Math.max(0, bytes);
        while (n >= 1024 && unit < UNITS.length - 1) {
            n /= 1024;
            unit++;
        }
        return decimal(n >= 10 ? Math.round(n) : n) + " " + UNITS[unit];
    }

    /** A number from 0 to 100, never rounded up to the next tenth, so 100% is all: {@code 87.5%}, {@code 99.9%}, {@code 100%}. */
    public static String percent(double of100) {
        return decimal(Math.floor(of100 * 10 + 1e-6) / 10) + "%";
    }

    private static String decimal(double n) {
        var text = String.format(Locale.ROOT, "%.1f", n);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    /** A count with its noun: {@code 1 host}, {@code 1,200 hosts}. */
    public static String count(long n, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", n, noun, n == 1 ? "" : "s");
    }

    /** {@code web-1, web-2 and 3 more}: at most so many of them by name. */
    public static String list(Collection<String> names, int most) {
        return list(names, most, Function.identity());
    }

    /** The same of things that have a name. */
    public static <T> String list(Collection<T> all, int most, Function<? super T, String> name) {
        return all.stream().limit(most).map(name).collect(Collectors.joining(", ")) + more(all.size(), most, " and ");
    }

    /** The same of phrases that may have commas in them: {@code a; b; and 3 more}. */
    public static String phrases(Collection<String> all, int most) {
        return all.stream().limit(most).collect(Collectors.joining("; ")) + more(all.size(), most, "; and ");
    }

    private static String more(int all, int most, String and) {
        return all > most ? and + (all - most) + " more" : "";
    }
}
