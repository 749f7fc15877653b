package dev.playcall.web.statistics;

import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.web.security.RunButtons;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * How one playbook did, day by day.
 *
 * @param words how many runs, how many of them succeeded, how long they took
 * @param took points of a line in a box of 100 by 30: the median of a day, the slowest day at the top; {@code good} the
 *     share that succeeded. A day without a run has none
 */
record PlaybookTrend(String playbook, String link, String words, int runs, String took, String good) {
    private static final int MOST = 8;
    private static final double HIGH = 30;

    /** Whether it has one point only, which is drawn as a dot. */
    boolean single() {
        var points = took.split(" ", -1);
        return points.length == 2 && points[0].equals(points[1]);
    }

    /** Those of most runs first. */
    static List<PlaybookTrend> of(EndedRuns ended) {
        return ended.runs().stream()
                .filter(r -> r.request().playbook().isPresent() && r.startedAt().isPresent())
                .filter(r -> r.state() == RunState.SUCCESS || r.state().isBad())
                .collect(Collectors.groupingBy(
                        r -> r.request().playbook().orElseThrow().value(), TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(p -> of(p.getKey(), p.getValue(), ended))
                .sorted(Comparator.comparingInt(t -> -t.runs()))
                .limit(MOST)
                .toList();
    }

    private static PlaybookTrend of(String playbook, List<Run> runs, EndedRuns ended) {
        var days = runs.stream()
                .collect(Collectors.groupingBy(
                        r -> LocalDate.ofInstant(r.endedAt().orElseThrow(), ZoneOffset.UTC),
                        TreeMap::new,
                        Collectors.toList()));
        double longest = Math.max(
                1,
                days.values().stream().mapToDouble(PlaybookTrend::millis).max().orElse(1));
        return new PlaybookTrend(
                playbook,
                "/runs?playbook=" + RunButtons.encoded(playbook) + "&from=" + ended.from(),
                TextFormat.count(runs.size(), "run") + ", " + TextFormat.percent(100 * share(runs))
                        + " succeeded, median " + TextFormat.duration(median(times(runs))) + ", slowest day "
                        + TextFormat.duration(Duration.ofMillis((long) longest)),
                runs.size(),
                line(days, ended, d -> millis(d) / longest),
                line(days, ended, PlaybookTrend::share));
    }

    private static String line(
            TreeMap<LocalDate, List<Run>> days, EndedRuns ended, ToDoubleFunction<List<Run>> height) {
        long last = Math.max(1, ChronoUnit.DAYS.between(ended.from(), ended.to()));
        var points = days.entrySet().stream()
                .map(d -> String.format(
                        Locale.ROOT,
                        "%.1f,%.1f",
                        100.0 * ChronoUnit.DAYS.between(ended.from(), d.getKey()) / last,
                        HIGH - (HIGH - 2) * height.applyAsDouble(d.getValue()) - 1))
                .collect(Collectors.joining(" "));
        // A line of one point is not drawn.
        return days.size() == 1 ? points + " " + points : points;
    }

    private static double share(List<Run> runs) {
        return (double) runs.stream().filter(r -> r.state() == RunState.SUCCESS).count() / runs.size();
    }

    private static double millis(List<Run> runs) {
        return median(times(runs)).toMillis();
    }

    private static List<Duration> times(List<Run> runs) {
        return runs.stream()
                .map(r -> Duration.between(
                        r.startedAt().orElseThrow(), r.endedAt().orElseThrow()))
                .toList();
    }

    static Duration median(Collection<Duration> times) {
        return times.stream().sorted().skip(times.size() / 2).findFirst().orElse(Duration.ZERO);
    }
}
