package dev.playcall.config;

import com.cronutils.model.Cron;
import com.cronutils.model.time.ExecutionTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;

/**
 * A time in which nothing is to change.
 *
 * @param environments where; empty for everywhere
 */
public record FreezeWindow(List<String> environments, String reason, Window window) {
    public FreezeWindow {
        environments = List.copyOf(environments);
    }

    /** When it is; {@link #end} is empty outside of it. */
    public sealed interface Window {
        Optional<Instant> end(Instant now);

        /** From one time to another. */
        record Once(Instant from, Instant until) implements Window {
            @Override
            public Optional<Instant> end(Instant now) {
                return now.isBefore(from) || !now.isBefore(until) ? Optional.empty() : Optional.of(until);
            }
        }

        /** Again and again: each time the clock on the wall of that zone says so, for so long. */
        record Repeated(Cron begins, Duration length, ZoneId zone) implements Window {
            @Override
            public Optional<Instant> end(Instant now) {
                var there = now.atZone(zone);
                var times = ExecutionTime.forCron(begins);
                var begun = times.isMatch(there) ? Optional.of(minute(there)) : times.lastExecution(there);
                return begun.map(ZonedDateTime::toInstant)
                        .map(b -> b.plus(length))
                        .filter(now::isBefore);
            }

            private static ZonedDateTime minute(ZonedDateTime time) {
                return time.withSecond(0).withNano(0);
            }
        }
    }
}
