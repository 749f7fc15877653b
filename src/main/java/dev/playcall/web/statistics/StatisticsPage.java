package dev.playcall.web.statistics;

import dev.playcall.domain.format.TextFormat;
import dev.playcall.journal.Stats;
import dev.playcall.web.pages.Chip;
import dev.playcall.web.security.RunButtons;
import dev.playcall.web.statistics.StatisticsView.Bar;
import dev.playcall.web.statistics.StatisticsView.Row;
import dev.playcall.web.statistics.StatisticsView.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Puts the figures of some days together, in the order in which one would ask.
 *
 * @param ended the runs themselves, as far as they are kept
 * @param period as it stands in the address, {@code 7d}
 * @param environment the one that is chosen, empty for all
 */
record StatisticsPage(Stats stats, EndedRuns ended, String period, String environment, List<String> environments) {
    private static final int ROWS = 10;
    private static final List<String> PERIODS = List.of("today", "7d", "30d", "90d", "365d");

    public StatisticsView view() {
        var bars = bars();
        return new StatisticsView(
                stats.runs() == 0 ? "none" : stats.bad() == 0 ? "good" : "bad",
                headline(),
                detail(),
                periods(),
                places(),
                bars,
                bars.stream().mapToInt(Bar::runs).max().orElse(0),
                PlaybookTrend.of(ended),
                ended.cut(),
                Stream.of(new Deployments(ended).table(), failures(), tasks(), flaky(), people())
                        .filter(t -> !t.rows().isEmpty())
                        .toList(),
                cost());
    }

    private String headline() {
        return stats.runs() == 0
                ? "No runs finished"
                : runs(stats.runs())
                        + stats.successRate()
                                .map(r -> ", " + TextFormat.percent(r) + " succeeded")
                                .orElse("");
    }

    private static String runs(int n) {
        return n + (n == 1 ? " run" : " runs");
    }

    private String detail() {
        var states = stats.states().entrySet().stream()
                .sorted(Comparator.comparingInt(e -> -e.getValue()))
                .map(e -> e.getValue() + " " + e.getKey().label())
                .collect(Collectors.joining(", "));
        return states
                + stats.took()
                        .map(t -> ". Median " + TextFormat.duration(t.median()) + ", p95 "
                                + TextFormat.duration(t.p95()) + ".")
                        .orElse("");
    }

    private List<Chip> periods() {
        var all = new ArrayList<>(PERIODS);
        if (!all.contains(period)) {
            all.add(period);
        }
        return all.stream()
                .map(p -> new Chip(p, address(p, environment), p.equals(period)))
                .toList();
    }

    private List<Chip> places() {
        if (environments.size() < 2) {
            return List.of();
        }
        return Stream.concat(
                        Stream.of(new Chip("All", address(period, ""), environment.isEmpty())),
                        environments.stream().map(e -> new Chip(e, address(period, e), e.equals(environment))))
                .toList();
    }

    private static String address(String period, String environment) {
        return "/statistics?period=" + RunButtons.encoded(period)
                + (environment.isEmpty() ? "" : "&environment=" + RunButtons.encoded(environment));
    }

    /** Also the days on which nothing ran. */
    private List<Bar> bars() {
        Map<java.time.LocalDate, Stats.Day> days =
                stats.trend().stream().collect(Collectors.toMap(Stats.Day::day, Function.identity()));
        return stats.from()
                .datesUntil(stats.to().plusDays(1))
                .map(d -> days.getOrDefault(d, new Stats.Day(d, 0, 0, 0)))
                .map(d -> new Bar(d.day().toString(), d.runs(), d.good(), d.bad(), link(d)))
                .toList();
    }

    private String link(Stats.Day day) {
        return day.runs() == 0
                ? ""
                : "/runs?from=" + day.day() + "&to=" + day.day().plusDays(1)
                        + (environment.isEmpty() ? "" : "&environment=" + RunButtons.encoded(environment));
    }

    private Table failures() {
        return new Table(
                "Top failures",
                List.of("Failure", "Runs", "Host failures", "Last"),
                stats.failures().stream()
                        .limit(ROWS)
                        .map(f -> new Row(
                                "/runs/" + f.last().value(),
                                List.of(
                                        f.playbook() + ": " + (f.message().isBlank() ? f.task() : f.message()),
                                        Integer.toString(f.runs()),
                                        Integer.toString(f.hosts()),
                                        f.last().toString())))
                        .toList());
    }

    private Table tasks() {
        return new Table(
                "Failing tasks",
                List.of("Task", "Runs", "Host failures"),
                stats.tasks().stream()
                        .limit(ROWS)
                        .map(t -> new Row(
                                "/runs?status=failed&playbook=" + RunButtons.encoded(t.playbook()) + "&q="
                                        + RunButtons.encoded(t.task()),
                                List.of(
                                        t.playbook() + ": " + t.task(),
                                        Integer.toString(t.runs()),
                                        Integer.toString(t.hosts()))))
                        .toList());
    }

    private Table flaky() {
        return new Table(
                "Flaky hosts",
                List.of("Host", "Failed", "Changed"),
                stats.flaky().stream()
                        .limit(ROWS)
                        .map(h -> new Row(
                                "/runs?environment=" + RunButtons.encoded(h.environment()) + "&host="
                                        + RunButtons.encoded(h.host()),
                                List.of(
                                        h.host() + " (" + h.environment() + ")",
                                        h.bad() + " of " + h.runs(),
                                        h.flips() + (h.flips() == 1 ? " time" : " times")),
                                Map.of(
                                        1,
                                        "/runs?environment=" + RunButtons.encoded(h.environment()) + "&host="
                                                + RunButtons.encoded(h.host()) + "&status=" + Deployments.BAD)))
                        .toList());
    }

    private Table people() {
        return new Table(
                "Top requesters",
                List.of("Person", "Runs", "Failed"),
                stats.people().stream()
                        .limit(ROWS)
                        .map(p -> new Row(
                                "/runs?requested_by="
                                        + RunButtons.encoded(p.person().value()),
                                List.of(p.person().inText(), Integer.toString(p.runs()), Integer.toString(p.bad()))))
                        .toList());
    }

    private String cost() {
        var spent = stats.spent();
        return spent.measured() == 0
                ? ""
                : "Cost of " + runs(spent.measured()) + ": " + TextFormat.duration(spent.cpu())
                        + " CPU time on this machine ("
                        + TextFormat.shortDuration(spent.cpu().dividedBy(spent.measured())) + " per run), "
                        + TextFormat.duration(spent.hostTime()) + " host-time, largest process "
                        + TextFormat.size(spent.peakBytes());
    }
}
