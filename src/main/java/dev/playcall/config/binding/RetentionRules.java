package dev.playcall.config.binding;

import dev.playcall.config.Quantities;
import dev.playcall.config.Section;
import java.time.Duration;
import java.util.Optional;

/**
 * How long the runs and logs of one environment are kept, where its own file says something else than
 * {@code retention:} does. Sizes in bytes.
 *
 * @param logsMaxCount logs of each playbook; 0 for any number
 */
public record RetentionRules(
        Optional<Duration> runsMaxAge,
        Optional<Integer> runsMaxCount,
        Optional<Duration> logsMaxAge,
        Optional<Integer> logsMaxCount,
        Optional<Long> logsMaxSize) {
    static final int MOST = 100_000_000;

    public static final RetentionRules AS_CONFIGURED = new RetentionRules(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Reads {@code retention: { runs: { max_age, max_count }, logs: { max_age, max_count, max_size } }}. */
    public static RetentionRules read(Section s) {
        var runs = s.section("runs");
        var logs = s.section("logs");
        var retentionRules = new RetentionRules(
                span(runs),
                runs.optionalValue("max_count", RetentionRules::count, "a number from 1 up", _ -> "1000"),
                span(logs),
                logs.optionalValue(
                        "max_count", t -> t.equals("0") ? Optional.of(0) : count(t), "a number from 0 up", _ -> "50"),
                logs.optionalValue("max_size", Quantities::size, "a size", _ -> "5GB"));
        runs.end();
        logs.end();
        s.end();
        return retentionRules;
    }

    /** Whether it says anything of logs, which are then counted apart from those of the other environments. */
    public boolean hasLogs() {
        return logsMaxAge.isPresent() || logsMaxCount.isPresent() || logsMaxSize.isPresent();
    }

    private static Optional<Duration> span(Section s) {
        return s.optionalValue("max_age", Quantities::positiveDuration, "a duration", _ -> "365d");
    }

    private static Optional<Integer> count(String text) {
        return text.matches("[1-9]\\d{0,7}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    }
}
