package dev.playcall.store.run;

import dev.playcall.domain.RunState;
import dev.playcall.domain.name.Person;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.Stats;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;

/** Figures of some days, read from what was added up as the runs ended. */
final class StatsDao {
    private static final int MOST = 10;
    /** So many that among equals those that fail more come first. */
    private static final int CANDIDATES = 40;

    private final Handle h;
    private final Stats.Question question;

    StatsDao(Handle h, Stats.Question question) {
        this.h = h;
        this.question = question;
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
                trend(),
                spent());
    }

    private Query rows(String kind, String select, String end) {
        return rows("tally", kind, select, end);
    }

    /** The kind is written out: only then does SQLite see that a partial index holds all there is to find. */
    private Query rows(String table, String kind, String select, String end) {
        var here =
                question.environments().map(e -> e.isEmpty() ? " and 0 = 1" : " and environment in (<environments>)");
        var query = h.createQuery("select " + select + " from " + table + " where kind = '" + kind
                        + "' and day between :from and :to" + here.orElse("") + " " + end)
                .bind("from", question.from().toEpochDay())
                .bind("to", question.to().toEpochDay());
        question.environments()
                .filter(e -> !e.isEmpty())
                .ifPresent(e -> query.bindList("environments", List.copyOf(e)));
        return query;
    }

    private Map<RunState, Integer> states() {
        var states = new EnumMap<RunState, Integer>(RunState.class);
        rows(DailyStats.STATE, "key, sum(n)", "group by key")
                .map((r, _) -> {
                    int n = r.getInt(2);
                    return RunState.of(r.getString(1)).map(s -> states.put(s, n));
                })
                .list();
        return states;
    }

    private Optional<Stats.Took> took() {
        var steps = new TreeMap<Integer, Integer>();
        rows(DailyStats.TOOK, "key, sum(n)", "group by key")
                .map((r, _) -> steps.merge(Integer.parseInt(r.getString(1)), r.getInt(2), Integer::sum))
                .list();
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

    /**
     * Those that changed most often, from the days on which they did; how often they were at work at all is then looked up
     * for these few. Adding up every host of a year took seconds.
     */
    private List<Stats.FlakyHost> flaky() {
        return rows(
                        "tally indexed by tally_flips",
                        DailyStats.HOST,
                        "environment, key, sum(flips) flips",
                        "and flips > 0 group by environment, key order by flips desc, key limit " + CANDIDATES)
                .map((r, _) -> new Changing(r.getString(1), r.getString(2), r.getInt(3)))
                .list()
                .stream()
                .map(this::worked)
                .sorted(Comparator.comparingInt(Stats.FlakyHost::flips)
                        .thenComparingInt(Stats.FlakyHost::bad)
                        .reversed()
                        .thenComparing(Stats.FlakyHost::host))
                .limit(MOST)
                .toList();
    }

    private record Changing(String environment, String host, int flips) {}

    /** Day by day, as the table is in the order of its days. */
    private Stats.FlakyHost worked(Changing c) {
        return h.createQuery("""
                        with recursive days (day) as
                          (select max(:from, coalesce((select min(day) from tally where kind = :kind), :from))
                           union all select day + 1 from days where day < :to)
                        select sum(t.n), sum(t.bad) from days cross join tally t on t.kind = :kind and t.day = days.day
                          and t.environment = :environment and t.key = :host""")
                .bind("from", question.from().toEpochDay())
                .bind("to", question.to().toEpochDay())
                .bind("kind", DailyStats.HOST)
                .bind("environment", c.environment())
                .bind("host", c.host())
                .map((r, _) -> new Stats.FlakyHost(c.environment(), c.host(), r.getInt(1), r.getInt(2), c.flips()))
                .one();
    }

    private List<Stats.FailingTask> tasks() {
        return top(DailyStats.TASK, (r, _) -> {
            var key = r.getString("key").split(DailyStats.BETWEEN, 2);
            return new Stats.FailingTask(key[0], key.length > 1 ? key[1] : "", r.getInt("n"), r.getInt("bad"));
        });
    }

    private <T> List<T> top(String kind, RowMapper<T> mapper) {
        return rows(kind, "key, sum(n) n, sum(bad) bad", "group by key order by 2 desc, 3 desc, key limit " + MOST)
                .map(mapper)
                .list();
    }

    private record Counted(String key, int runs, int hosts) {}

    private List<Stats.Failure> failures() {
        var failures = new ArrayList<Stats.Failure>();
        for (var c :
                top(DailyStats.FAILURE, (r, _) -> new Counted(r.getString("key"), r.getInt("n"), r.getInt("bad")))) {
            h.createQuery("select playbook, task, message, last_run from failure where id = :id")
                    .bind("id", c.key())
                    .map((r, _) -> failure(r, c))
                    .findOne()
                    .ifPresent(failures::add);
        }
        return failures;
    }

    private static Stats.Failure failure(ResultSet r, Counted c) throws java.sql.SQLException {
        return new Stats.Failure(
                r.getString("playbook"),
                r.getString("task"),
                r.getString("message"),
                c.runs(),
                c.hosts(),
                new RunId(r.getLong("last_run")));
    }

    private List<Stats.Asked> people() {
        return top(
                DailyStats.PERSON,
                (r, _) -> new Stats.Asked(new Person(r.getString("key")), r.getInt("n"), r.getInt("bad")));
    }

    private List<Stats.Day> trend() {
        return rows(DailyStats.STATE, """
                        day, sum(n), sum(case when key = 'success' then n else 0 end),
                        sum(case when key in ('failed', 'timed_out', 'interrupted') then n else 0 end)""", "group by day order by day")
                .map((r, _) -> new Stats.Day(LocalDate.ofEpochDay(r.getLong(1)), r.getInt(2), r.getInt(3), r.getInt(4)))
                .list();
    }

    private Stats.Spent spent() {
        return rows(
                        DailyStats.COST,
                        "coalesce(sum(n), 0), coalesce(sum(cpu), 0), coalesce(sum(work), 0), coalesce(max(peak), 0)",
                        "")
                .map((r, _) -> new Stats.Spent(
                        r.getInt(1), Duration.ofMillis(r.getLong(2)), Duration.ofMillis(r.getLong(3)), r.getLong(4)))
                .one();
    }
}
