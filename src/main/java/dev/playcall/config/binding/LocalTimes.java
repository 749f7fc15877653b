package dev.playcall.config.binding;

import dev.playcall.config.Quantities;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Points in time as people write them. Days and times without a zone are in UTC. */
public final class LocalTimes {
    private LocalTimes() {}

    /** {@code 7d} (so long ago), {@code today}, {@code 2026-01-31}, {@code 2026-01-31T09:30}; empty for anything else. */
    public static Optional<Instant> of(String text, Instant now) {
        try {
            if (text.equals("today") || text.equals("yesterday")) {
                var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
                return Optional.of(start(text.equals("today") ? today : today.minusDays(1)));
            }
            if (text.matches("\\d{4}-\\d\\d-\\d\\d")) {
                return Optional.of(start(LocalDate.parse(text)));
            }
            if (text.matches("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+")) {
                return Optional.of(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
            }
            return text.contains("T")
                    ? Optional.of(Instant.parse(text))
                    : Quantities.positiveDuration(text).map(now::minus);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
