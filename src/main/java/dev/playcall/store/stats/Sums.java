package dev.playcall.store.stats;

import dev.playcall.journal.Stats;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * What some days add up to, with everything that may still come first when more days are added.
 *
 * @param keys by the kind of the figure
 * @param flips how often a host changed; without those that did not
 */
record Sums(Map<String, Map<String, Sum>> keys, Map<Host, Integer> flips, List<Stats.Day> trend, Stats.Spent spent) {
    private static final List<String> KINDS =
            List.of(DailyStats.STATE, DailyStats.TOOK, DailyStats.TASK, DailyStats.FAILURE, DailyStats.PERSON);

    /** How often, and how often badly. */
    record Sum(int n, int bad) {
        static final Sum NONE = new Sum(0, 0);

        Sum plus(Sum other) {
            return new Sum(n + other.n, bad + other.bad);
        }
    }

    record Host(String environment, String name) {}

    static Sums of(Handle h, Stats.Question days) {
        Map<String, Map<String, Sum>> keys = new HashMap<>();
        for (var kind : KINDS) {
            var sums = new HashMap<String, Sum>();
            rows(h, days, "tally", kind, "key, sum(n), sum(bad)", "group by key")
                    .map((r, _) -> sums.put(r.getString(1), new Sum(r.getInt(2), r.getInt(3))))
                    .list();
            keys.put(kind, sums);
        }
        return new Sums(keys, flips(h, days), trend(h, days), spent(h, days));
    }

    Map<String, Sum> keys(String kind) {
        return keys.getOrDefault(kind, Map.of());
    }

    /** How many figures are kept for it. */
    int size() {
        return flips.size() + keys.values().stream().mapToInt(Map::size).sum();
    }

    /** Together with the days after these. */
    Sums plus(Sums later) {
        Map<String, Map<String, Sum>> both = new HashMap<>();
        for (var kind : KINDS) {
            var sums = new HashMap<>(keys(kind));
            later.keys(kind).forEach((key, sum) -> sums.merge(key, sum, Sum::plus));
            both.put(kind, sums);
        }
        var changed = new HashMap<>(flips);
        later.flips.forEach((host, n) -> changed.merge(host, n, Integer::sum));
        var days = new ArrayList<>(trend);
        days.addAll(later.trend);
        return new Sums(
                both,
                changed,
                days,
                new Stats.Spent(
                        spent.measured() + later.spent.measured(),
                        spent.cpu().plus(later.spent.cpu()),
                        spent.hostTime().plus(later.spent.hostTime()),
                        Math.max(spent.peakBytes(), later.spent.peakBytes())));
    }

    /** The kind is written out: only then does SQLite see that a partial index holds all there is to find. */
    static Query rows(Handle h, Stats.Question days, String table, String kind, String select, String end) {
        var here = days.environments().map(e -> e.isEmpty() ? " and 0 = 1" : " and environment in (<environments>)");
        var query = h.createQuery("select " + select + " from " + table + " where kind = '" + kind
                        + "' and day between :from and :to" + here.orElse("") + " " + end)
                .bind("from", days.from().toEpochDay())
                .bind("to", days.to().toEpochDay());
        days.environments().filter(e -> !e.isEmpty()).ifPresent(e -> query.bindList("environments", List.copyOf(e)));
        return query;
    }

    private static Map<Host, Integer> flips(Handle h, Stats.Question days) {
        var flips = new HashMap<Host, Integer>();
        rows(
                        h,
                        days,
                        "tally indexed by tally_flips",
                        DailyStats.HOST,
                        "environment, key, sum(flips)",
                        "and flips > 0 group by environment, key")
                .map((r, _) -> flips.put(new Host(r.getString(1), r.getString(2)), r.getInt(3)))
                .list();
        return flips;
    }

    private static List<Stats.Day> trend(Handle h, Stats.Question days) {
        return rows(h, days, "tally", DailyStats.STATE, """
                        day, sum(n), sum(case when key = 'success' then n else 0 end),
                        sum(case when key in ('failed', 'timed_out', 'interrupted') then n else 0 end)""", "group by day order by day")
                .map((r, _) -> new Stats.Day(LocalDate.ofEpochDay(r.getLong(1)), r.getInt(2), r.getInt(3), r.getInt(4)))
                .list();
    }

    private static Stats.Spent spent(Handle h, Stats.Question days) {
        return rows(
                        h,
                        days,
                        "tally",
                        DailyStats.COST,
                        "coalesce(sum(n), 0), coalesce(sum(cpu), 0), coalesce(sum(work), 0), coalesce(max(peak), 0)",
                        "")
                .map((r, _) -> new Stats.Spent(
                        r.getInt(1), Duration.ofMillis(r.getLong(2)), Duration.ofMillis(r.getLong(3)), r.getLong(4)))
                .one();
    }
}
