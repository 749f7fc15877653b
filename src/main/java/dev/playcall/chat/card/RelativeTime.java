package dev.playcall.chat.card;

import java.time.Duration;
import java.time.Instant;

/** Times as people say them. */
public final class RelativeTime {
    private RelativeTime() {}

    /** {@code 4s}, {@code 2m 05s}, {@code 3h 07m}. */
    public static String span(Duration d) {
        long s = Math.max(0, d.toSeconds());
        if (s < 60) {
            return s + "s";
        }
        return s < 3600 ? "%dm %02ds".formatted(s / 60, s % 60) : "%dh %02dm".formatted(s / 3600, s / 60 % 60);
    }

    /** {@code just now}, {@code 5m ago}, {@code 3d ago}; {@code in 5m 00s} of a time to come. */
    public static String ago(Instant then, Instant now) {
        if (then.isAfter(now)) {
            return "in " + span(Duration.between(now, then));
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
