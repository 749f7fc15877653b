package dev.playcall.web.http;

import java.time.Duration;
import java.time.Instant;

/** Times as people say them. */
public final class TimeAgo {
    private TimeAgo() {}

    /** {@code 0.4s}, {@code 4s}, {@code 2m 05s}, {@code 3h 07m}. */
    public static String span(Duration d) {
        long s = Math.max(0, d.toSeconds());
        if (s < 60) {
            return s + "s";
        }
        return s < 3600 ? "%dm %02ds".formatted(s / 60, s % 60) : "%dh %02dm".formatted(s / 3600, s / 60 % 60);
    }

    /** {@code now}, {@code in 40s}, {@code in 5m}, {@code in 3h 07m}, {@code in 2d 03h}. */
    public static String until(Instant then, Instant now) {
        long s = Duration.between(now, then).toSeconds();
        if (s <= 0) {
            return "now";
        }
        return "in " + (s < 86_400 ? span(Duration.ofSeconds(s)) : "%dd %02dh".formatted(s / 86_400, s / 3600 % 24));
    }

    /** {@code just now}, {@code 5m ago}, {@code 3d ago}; of a time to come what {@link #until} says. */
    public static String ago(Instant then, Instant now) {
        if (then.isAfter(now)) {
            return until(then, now);
        }
        long s = Duration.between(then, now).toSeconds();
        if (s < 10) {
            return "just now";
        }
        if (s < 60) {
            return s + "s ago";
        }
        if (s < 3600) {
            return s / 60 + "m ago";
        }
        return s < 86_400 ? s / 3600 + "h ago" : s / 86_400 + "d ago";
    }
}
