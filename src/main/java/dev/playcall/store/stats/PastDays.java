package dev.playcall.store.stats;

import dev.playcall.journal.Stats;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;

/**
 * What days that are over add up to, kept from one question to the next: of a year, only the last day is then read again. A run that
 * still ends on one of them (a clock that was set back, another node) and a day that is forgotten make them be read anew.
 */
public final class PastDays {
    private static final int KEPT = 8;
    /** Of more figures than this nothing is kept, as they would take megabytes. */
    private static final int LARGEST = 20_000;

    private final Map<Stats.Question, Past> kept = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Stats.Question, Past> eldest) {
            return size() > KEPT;
        }
    };

    /** How many runs ended on these days, and the oldest day there is. */
    private record Version(long ended, long oldest) {}

    /** @param worked how often some hosts were at work, as far as somebody asked */
    record Past(Stats.Question days, Version version, Sums sums, Map<Sums.Host, Sums.Sum> worked) {
        Sums.Sum worked(Handle h, Sums.Host host) {
            return worked.computeIfAbsent(host, _ -> PastDays.worked(h, days, host));
        }
    }

    /** The figures of these days, from what is kept where it is still true. */
    public Stats stats(Handle h, Stats.Question question) {
        return new StatsDao(h, question, this).read();
    }

    Past of(Handle h, Stats.Question days) {
        // Before the figures: what changes in between is then read once more, not left out.
        var version = version(h, days);
        synchronized (kept) {
            var past = kept.get(days);
            if (past != null && past.version.equals(version)) {
                return past;
            }
        }
        var past = new Past(days, version, Sums.of(h, days), new ConcurrentHashMap<>());
        if (past.sums.size() <= LARGEST) {
            synchronized (kept) {
                kept.put(days, past);
            }
        }
        return past;
    }

    private static Version version(Handle h, Stats.Question days) {
        var ended = Sums.rows(h, days, "tally", DailyStats.ENDED, "coalesce(sum(n), 0)", "")
                .mapTo(Long.class)
                .one();
        Optional<Long> oldest = h.createQuery("select min(day) from tally where kind = :kind")
                .bind("kind", DailyStats.STATE)
                .mapTo(Long.class)
                .findOne();
        return new Version(ended, oldest.orElse(Long.MAX_VALUE));
    }

    /** Day by day, as the table is in the order of its days; adding up every host of a year took seconds. */
    static Sums.Sum worked(Handle h, Stats.Question days, Sums.Host host) {
        return h.createQuery("""
                        with recursive days (day) as
                          (select max(:from, coalesce((select min(day) from tally where kind = :kind), :from))
                           union all select day + 1 from days where day < :to)
                        select sum(t.n), sum(t.bad) from days cross join tally t on t.kind = :kind and t.day = days.day
                          and t.environment = :environment and t.key = :host""")
                .bind("from", days.from().toEpochDay())
                .bind("to", days.to().toEpochDay())
                .bind("kind", DailyStats.HOST)
                .bind("environment", host.environment())
                .bind("host", host.name())
                .map((r, _) -> new Sums.Sum(r.getInt(1), r.getInt(2)))
                .one();
    }
}
