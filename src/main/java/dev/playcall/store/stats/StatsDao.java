package dev.playcall.store.stats;

import dev.playcall.domain.RunState;
import dev.playcall.domain.name.Person;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.Stats;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Figures of some days, read from what was added up as the runs ended. */
final class StatsDao {
    private static final int MOST = 10;
    /** So many that among equals those that fail more come first. */
    private static final int CANDIDATES = 40;

    private final Handle h;
    private final Stats.Question question;
    private final Stats.Question last;
    private final Optional<PastDays.Past> before;
    private final Sums sums;

    StatsDao(Handle h, Stats.Question question, PastDays past) {
        this.h = h;
        this.question = question;
        this.last = new Stats.Question(question.to(), question.to(), question.environments());
        this.before = Optional.of(
                        new Stats.Question(question.from(), question.to().minusDays(1), question.environments()))
                .filter(q -> !q.from().isAfter(q.to()))
                .map(q -> past.of(h, q));
        var today = Sums.of(h, last);
        this.sums = before.map(b -> b.sums().plus(today)).orElse(today);
    }

    Stats read() {
        return new Stats(
                question.from(),
                question.to(),
                states(),
                took(),
                flaky(),
                tasks(),
                failures(),
                people(),
                sums.trend(),
                sums.spent());
    }

    private Map<RunState, Integer> states() {
        var states = new EnumMap<RunState, Integer>(RunState.class);
        sums.keys(DailyStats.STATE).forEach((key, sum) -> RunState.of(key).ifPresent(s -> states.put(s, sum.n())));
        return states;
    }

    private Optional<Stats.Took> took() {
        var steps = new TreeMap<Integer, Integer>();
        sums.keys(DailyStats.TOOK).forEach((key, sum) -> steps.merge(Integer.parseInt(key), sum.n(), Integer::sum));
        int all = steps.values().stream().mapToInt(Integer::intValue).sum();
        return all == 0
                ? Optional.empty()
                : Optional.of(new Stats.Took(all, atMost(steps, all * 0.5), atMost(steps, all * 0.95)));
    }

    private static Duration atMost(NavigableMap<Integer, Integer> steps, double rank) {
        int seen = 0;
        for (var step : steps.entrySet()) {
            seen += step.getValue();
            if (seen >= rank) {
                return DailyStats.of(step.getKey());
            }
        }
        return DailyStats.of(steps.lastKey());
    }

    /** Those that changed most often; how often they were at work at all is then looked up for these few. */
    private List<Stats.FlakyHost> flaky() {
        return sums.flips().entrySet().stream()
                .sorted(Map.Entry.<Sums.Host, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(e -> e.getKey().name())
                        .thenComparing(e -> e.getKey().environment()))
                .limit(CANDIDATES)
                .map(e -> flaky(e.getKey(), e.getValue()))
                .sorted(Comparator.comparingInt(Stats.FlakyHost::flips)
                        .thenComparingInt(Stats.FlakyHost::bad)
                        .reversed()
                        .thenComparing(Stats.FlakyHost::host))
                .limit(MOST)
                .toList();
    }

    private Stats.FlakyHost flaky(Sums.Host host, int flips) {
        var worked = before.map(b -> b.worked(h, host)).orElse(Sums.Sum.NONE).plus(PastDays.worked(h, last, host));
        return new Stats.FlakyHost(host.environment(), host.name(), worked.n(), worked.bad(), flips);
    }

    private List<Stats.FailingTask> tasks() {
        return top(DailyStats.TASK)
                .map(e -> {
                    var key = e.getKey().split(DailyStats.BETWEEN, 2);
                    return new Stats.FailingTask(
                            key[0],
                            key.length > 1 ? key[1] : "",
                            e.getValue().n(),
                            e.getValue().bad());
                })
                .toList();
    }

    private Stream<Map.Entry<String, Sums.Sum>> top(String kind) {
        return sums.keys(kind).entrySet().stream()
                .sorted(Comparator.<Map.Entry<String, Sums.Sum>>comparingInt(
                                e -> e.getValue().n())
                        .thenComparingInt(e -> e.getValue().bad())
                        .reversed()
                        .thenComparing(Map.Entry::getKey))
                .limit(MOST);
    }

    private List<Stats.Failure> failures() {
        var failures = new ArrayList<Stats.Failure>();
        for (var c : top(DailyStats.FAILURE).toList()) {
            h.createQuery("select playbook, task, message, last_run from failure where id = :id")
                    .bind("id", c.getKey())
                    .map((r, _) -> failure(r, c.getValue()))
                    .findOne()
                    .ifPresent(failures::add);
        }
        return failures;
    }

    private static Stats.Failure failure(ResultSet r, Sums.Sum sum) throws java.sql.SQLException {
        return new Stats.Failure(
                r.getString("playbook"),
                r.getString("task"),
                r.getString("message"),
                sum.n(),
                sum.bad(),
                new RunId(r.getLong("last_run")));
    }

    private List<Stats.Asked> people() {
        return top(DailyStats.PERSON)
                .map(e -> new Stats.Asked(
                        new Person(e.getKey()), e.getValue().n(), e.getValue().bad()))
                .toList();
    }
}
