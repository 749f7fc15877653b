package dev.playcall.store.run;

import dev.playcall.domain.Run;
import dev.playcall.domain.name.Person;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.History;
import dev.playcall.journal.History.DeletedRun;
import dev.playcall.journal.History.Pin;
import dev.playcall.journal.History.ReportDigest;
import dev.playcall.journal.History.RunCost;
import dev.playcall.journal.Stats;
import dev.playcall.store.sql.RunRowMapper;
import dev.playcall.store.sql.Transactions;
import dev.playcall.store.stats.DailyStats;
import dev.playcall.store.stats.PastDays;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Figures, costs, what is kept and what is forgotten, in SQL. */
final class SqlHistory implements History {
    private final Transactions transactions;
    private final Jdbi readers;
    private final PastDays past = new PastDays();

    public SqlHistory(Transactions transactions, Jdbi readers) {
        this.transactions = transactions;
        this.readers = readers;
    }

    @Override
    public Stats stats(Stats.Question question) {
        return readers.withHandle(h -> past.stats(h, question));
    }

    @Override
    public ReportDigest digest(Instant from, Instant to, Optional<Set<String>> environments) {
        return readers.withHandle(h -> new DigestDao(
                        h,
                        from,
                        to,
                        List.copyOf(environments.orElseGet(() -> new HashSet<>(new Facets(h).values("environment")))))
                .read());
    }

    @Override
    public Map<RunId, RunCost> costs(Collection<RunId> runs) {
        if (runs.isEmpty()) {
            return Map.of();
        }
        return readers.withHandle(h -> h.createQuery("""
            select id, cpu_millis, peak_bytes, host_millis from run
            where id in (<ids>) and (cpu_millis is not null or host_millis is not null)\
            """)
                .bindList("ids", runs.stream().map(RunId::value).toList())
                .map((r, _) -> Map.entry(
                        new RunId(r.getLong("id")),
                        new RunCost(
                                RunRowMapper.number(r, "cpu_millis").map(Duration::ofMillis),
                                RunRowMapper.number(r, "peak_bytes"),
                                RunRowMapper.number(r, "host_millis").map(Duration::ofMillis))))
                .collectToMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public List<Run> repeats(RunId run) {
        return readers.withHandle(h -> h.createQuery("""
            select * from (
              select * from run where retry_of = :run union all select * from run where rerun_of = :run
              order by id desc limit 100) repeats
            order by id\
            """)
                .bind("run", run.value())
                .map(RunRowMapper::run)
                .list());
    }

    @Override
    public Optional<Pin> pin(RunId run) {
        return readers.withHandle(h -> h.createQuery("select by, reason, at from run_pin where run = :run")
                .bind("run", run.value())
                .map((r, _) -> new Pin(
                        new Person(r.getString("by")), r.getString("reason"), Instant.ofEpochMilli(r.getLong("at"))))
                .findOne());
    }

    @Override
    public boolean pin(RunId run, Pin pin) {
        return transactions.in(h -> h.createUpdate("""
            insert into run_pin (run, by, reason, at)
            select id, :by, :reason, :at from run where id = :run
            on conflict (run) do update set by = excluded.by, reason = excluded.reason, at = excluded.at\
            """)
                        .bind("run", run.value())
                        .bind("by", pin.by().value())
                        .bind("reason", pin.reason())
                        .bind("at", pin.at().toEpochMilli())
                        .execute())
                > 0;
    }

    @Override
    public boolean unpin(RunId run) {
        return transactions.in(h -> h.createUpdate("delete from run_pin where run = :run")
                        .bind("run", run.value())
                        .execute())
                > 0;
    }

    @Override
    public Set<String> environments() {
        return readers.withHandle(h -> Set.copyOf(new Facets(h).values("environment")));
    }

    @Override
    public List<DeletedRun> delete(Rule rule, int max) {
        var expired = readers.withHandle(h -> expired(h, rule, max));
        return expired.isEmpty() ? List.of() : transactions.in(h -> remove(h, expired));
    }

    /** Found on a connection that only reads, so that looking for them keeps nobody from writing. */
    private static List<Long> expired(Handle h, Rule rule, int max) {
        var found = new ArrayList<Long>();
        for (var environment : rule.environments()) {
            if (found.size() < max && rule.endedBefore().isPresent()) {
                found.addAll(h.createQuery("""
                    select id from run indexed by run_by_end
                    where environment = :environment and ended_at < :before
                      and not exists (select 1 from run_pin where run = run.id)
                    order by ended_at, id limit :max\
                    """)
                        .bind("environment", environment)
                        .bind("before", rule.endedBefore().get().toEpochMilli())
                        .bind("max", max - found.size())
                        .mapTo(Long.class)
                        .list());
            }
        }
        if (found.isEmpty() && rule.keep().isPresent()) {
            long pinned = rule.environments().isEmpty() ? 0 : pinned(h, rule.environments());
            long all = new Facets(h).count("environment", List.copyOf(rule.environments()));
            long excess = all - pinned - rule.keep().getAsInt();
            found.addAll(oldest(h, rule.environments(), Math.clamp(excess, 0, max)));
        }
        return found;
    }

    private static long pinned(Handle h, Set<String> environments) {
        return h.createQuery("""
            select count(*) from run_pin cross join run on run.id = run_pin.run
            where +run.environment in (<environments>)\
            """)
                .bindList("environments", List.copyOf(environments))
                .mapTo(Long.class)
                .one();
    }

    private static List<Long> oldest(Handle h, Set<String> environments, int max) {
        var found = new ArrayList<Long>();
        for (var environment : max == 0 ? Set.<String>of() : environments) {
            found.addAll(h.createQuery("""
                select id from run indexed by run_by_environment
                where environment = :environment and ended_at is not null
                  and not exists (select 1 from run_pin where run = run.id)
                order by id limit :max\
                """)
                    .bind("environment", environment)
                    .bind("max", max)
                    .mapTo(Long.class)
                    .list());
        }
        return found.stream().sorted().limit(max).toList();
    }

    /** What has been pinned meanwhile stays. */
    private static List<DeletedRun> remove(Handle h, List<Long> expired) {
        var gone = h
                .createQuery("""
            delete from run where id in (<ids>) and ended_at is not null
              and not exists (select 1 from run_pin where run = run.id)
            returning id, log\
            """)
                .bindList("ids", expired)
                .map((r, _) -> new DeletedRun(new RunId(r.getLong("id")), r.getString("log")))
                .stream()
                // What comes back of a deletion has no order.
                .sorted(Comparator.comparingLong(f -> f.run().value()))
                .toList();
        if (!gone.isEmpty()) {
            TextParts.delete(h, gone.stream().map(f -> f.run().value()).toList());
        }
        return gone;
    }

    /** A day at a time: a year of many hosts in one transaction would keep a run from starting for seconds. */
    @Override
    public void deleteFigures(Instant before) {
        long kept = Math.floorDiv(before.toEpochMilli(), DailyStats.DAY);
        for (var kind : DailyStats.KINDS) {
            for (var day = oldest(kind); day.isPresent() && day.get() < kept; day = oldest(kind)) {
                long gone = day.get();
                transactions.run(h -> h.createUpdate("delete from tally where kind = :kind and day = :day")
                        .bind("kind", kind)
                        .bind("day", gone)
                        .execute());
            }
        }
    }

    private Optional<Long> oldest(String kind) {
        return readers.withHandle(h -> h.createQuery("select min(day) from tally where kind = :kind")
                .bind("kind", kind)
                .mapTo(Long.class)
                .findOne());
    }

    @Override
    public List<RunId> unknown(Collection<RunId> runs) {
        if (runs.isEmpty()) {
            return List.of();
        }
        var known = readers.withHandle(h -> new HashSet<>(h.createQuery("select id from run where id in (<ids>)")
                .bindList("ids", runs.stream().map(RunId::value).toList())
                .mapTo(Long.class)
                .list()));
        return runs.stream().filter(r -> !known.contains(r.value())).toList();
    }
}
