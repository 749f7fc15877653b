package dev.playcall.web.statistics;

import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.Operation;
import dev.playcall.web.security.RunButtons;
import dev.playcall.web.statistics.StatisticsView.Row;
import dev.playcall.web.statistics.StatisticsView.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How often each environment was deployed, how many deployments failed, and how long until one was well again. */
record Deployments(EndedRuns ended) {
    static final String BAD = "failed,timed_out,interrupted";
    private static final Set<Operation> DEPLOYING = Set.of(Operation.DEPLOY, Operation.ROLLBACK);

    Table table() {
        var places = ended.runs().stream()
                .filter(r -> DEPLOYING.contains(r.request().operation())
                        && !r.request().check())
                .filter(r -> r.state() == RunState.SUCCESS || r.state().isBad())
                .collect(Collectors.groupingBy(
                        r -> r.request().environment().value(), TreeMap::new, Collectors.toList()));
        return new Table(
                "Deployments",
                List.of("Environment", "Deployments", "Per day", "Change failure rate", "Time to recover"),
                places.entrySet().stream()
                        .map(p -> row(p.getKey(), p.getValue()))
                        .toList());
    }

    private Row row(String environment, List<Run> runs) {
        var deployed = runs.stream()
                .filter(r -> r.request().operation().equals(Operation.DEPLOY))
                .toList();
        long bad = deployed.stream().filter(r -> r.state().isBad()).count();
        long days = ChronoUnit.DAYS.between(ended.from(), ended.to()) + 1;
        var link = "/runs?environment=" + RunButtons.encoded(environment) + "&operation=deploy&from=" + ended.from();
        return new Row(
                link,
                List.of(
                        environment,
                        Integer.toString(deployed.size()),
                        String.format(Locale.ROOT, "%.1f", (double) deployed.size() / days),
                        deployed.isEmpty() ? "" : TextFormat.percent(100.0 * bad / deployed.size()) + " (" + bad + ")",
                        recovery(runs)),
                bad == 0 ? Map.of() : Map.of(3, link + "&status=" + BAD));
    }

    /** Median of the times from a deployment that failed to the next deployment or rollback that did not. */
    private static String recovery(List<Run> runs) {
        var times = new ArrayList<Duration>();
        Instant broken = null;
        for (var run : runs.stream()
                .sorted(Comparator.comparing(r -> r.endedAt().orElseThrow()))
                .toList()) {
            var end = run.endedAt().orElseThrow();
            if (run.state().isBad()) {
                broken = broken == null ? end : broken;
            } else if (broken != null) {
                times.add(Duration.between(broken, end));
                broken = null;
            }
        }
        var open = broken == null ? "" : "not recovered yet";
        return times.isEmpty()
                ? open
                : "median " + TextFormat.duration(PlaybookTrend.median(times)) + (open.isEmpty() ? "" : ", " + open);
    }
}
