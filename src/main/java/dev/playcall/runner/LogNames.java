package dev.playcall.runner;

import dev.playcall.domain.Run;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** {@code <env>/<operation>_<yyyyMMdd_HHmmss>_<run>.log}, in UTC so that names sort as time does. */
final class LogNames {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss").withZone(ZoneOffset.UTC);

    private LogNames() {}

    public static String of(Run run, Instant startedAt) {
        return "%s/%s_%s_%d.log"
                .formatted(
                        run.request().environment(),
                        run.request().operation(),
                        TIME.format(startedAt),
                        run.id().value());
    }
}
