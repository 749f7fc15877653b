package dev.playcall.store.run;

import dev.playcall.domain.HostResult;
import dev.playcall.domain.RunState;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.History.ReportDigest;
import dev.playcall.journal.Stats;
import dev.playcall.store.sql.RunRowMapper;
import dev.playcall.store.stats.ErrorFingerprint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** What ended between two moments, read from the runs themselves: to the minute, where the figures by day are too coarse. */
final class DigestDao {
    private static final int MOST = 10;
    /** What failed longer ago and was never tried again is given up, or known. */
    private static final Duration REMEMBERED = Duration.ofDays(30);

    private static final String ENDED = " from run r indexed by run_by_end where r.environment in (<environments>)"
            + " and r.ended_at >= :from and r.ended_at < :to ";
    private static final String BAD = " and r.state in ('failed', 'timed_out', 'interrupted') ";

    private final Handle h;
    private final Instant from;
    private final Instant to;
    private final List<String> environments;

    DigestDao(Handle h, Instant from, Instant to, List<String> environments) {
        this.h = h;
        this.from = from;
        this.to = to;
        this.environments = environments;
    }

    ReportDigest read() {
        if (environments.isEmpty()) {
            return new ReportDigest(Map.of(), List.of(), List.of(), List.of());
        }
        var bad = bad();
        return new ReportDigest(states(), failures(bad), flaky(bad), failing());
    }

    private Query query(String sql, Instant since) {
        return h.createQuery(sql)
                .bindList("environments", environments)
                .bind("from", since.toEpochMilli())
                .bind("to", to.toEpochMilli());
    }

    private Map<RunState, Integer> states() {
        var states = new EnumMap<RunState, Integer>(RunState.class);
        query("select r.state, count(*)" + ENDED + "group by r.state", from)
                .map((r, _) -> {
                    int n = r.getInt(2);
                    return RunState.of(r.getString(1)).map(s -> states.put(s, n));
                })
                .list();
        return states;
    }

    /** A run that did not end well, and what it says of one host that is to blame; of none where it is the run itself. */
    private record Bad(long run, String environment, String playbook, String reason, Optional<HostResult> host) {
        String id() {
            return host.map(r -> ErrorFingerprint.of(playbook, r))
                    .orElse(playbook + '|' + reason.replaceAll("\\d+", "#"));
        }
    }

    private List<Bad> bad() {
        return query(
                        "select r.id run_id, r.environment, coalesce(r.playbook, r.operation) playbook, r.reason, hr.*"
                                + ENDED.replace(
                                        "where",
                                        "left join host_result hr on hr.run = r.id"
                                                + " and hr.outcome in ('failed', 'unreachable') where")
                                + BAD + "order by r.id, hr.host",
                        from)
                .map((r, context) -> new Bad(
                        r.getLong("run_id"),
                        r.getString("environment"),
                        r.getString("playbook"),
                        r.getString("reason"),
                        r.getString("host") == null ? Optional.empty() : Optional.of(RunRowMapper.host(r, context))))
                .list();
    }

    private static List<Stats.Failure> failures(List<Bad> bad) {
        Map<String, List<Bad>> kinds = new LinkedHashMap<>();
        bad.forEach(b -> kinds.computeIfAbsent(b.id(), _ -> new ArrayList<>()).add(b));
        return kinds.values().stream()
                .map(DigestDao::failure)
                .sorted(Comparator.comparingInt((Stats.Failure f) -> -f.runs()).thenComparingInt(f -> -f.hosts()))
                .limit(MOST)
                .toList();
    }

    private static Stats.Failure failure(List<Bad> alike) {
        var last = alike.getLast();
        Set<String> hosts = new HashSet<>();
        alike.forEach(b -> b.host().ifPresent(r -> hosts.add(b.environment() + '/' + r.host())));
        return new Stats.Failure(
                last.playbook(),
                last.host().flatMap(HostResult::failedTask).orElse(""),
                last.host().map(r -> r.message().orElse(r.outcome().word())).orElse(last.reason()),
                (int) alike.stream().mapToLong(Bad::run).distinct().count(),
                hosts.size(),
                new RunId(last.run()));
    }

    private record Host(String environment, String name) {}

    /** Only a host that was bad at least once can be. */
    private List<Stats.FlakyHost> flaky(List<Bad> bad) {
        Map<Host, Integer> often = new LinkedHashMap<>();
        bad.forEach(b -> b.host().ifPresent(r -> often.merge(new Host(b.environment(), r.host()), 1, Integer::sum)));
        return often.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(5 * MOST)
                .map(e -> host(e.getKey()))
                .filter(f -> f.flips() > 0)
                .sorted(Comparator.comparingInt((Stats.FlakyHost f) -> -f.flips())
                        .thenComparingInt(f -> -f.bad()))
                .limit(MOST)
                .toList();
    }

    private Stats.FlakyHost host(Host host) {
        var was = h.createQuery("""
            select hr.outcome in ('failed', 'unreachable') from host_result hr join run r on r.id = hr.run
            where hr.host = :host and r.environment = :environment and r.ended_at >= :from
              and r.ended_at < :to and hr.outcome not in ('pending', 'skipped') order by hr.run\
            """)
                .bind("host", host.name())
                .bind("environment", host.environment())
                .bind("from", from.toEpochMilli())
                .bind("to", to.toEpochMilli())
                .mapTo(Boolean.class)
                .list();
        int flips = 0;
        for (int i = 1; i < was.size(); i++) {
            flips += was.get(i).equals(was.get(i - 1)) ? 0 : 1;
        }
        int bad = (int) was.stream().filter(b -> b).count();
        return new Stats.FlakyHost(host.environment(), host.name(), was.size(), bad, flips);
    }

    private record Tried(String operation, String playbook, String environment) {}

    /** What a check says is no success and no failure of the real thing. */
    private List<ReportDigest.Failing> failing() {
        return query(
                        "select distinct r.operation, coalesce(r.playbook, '') playbook, r.environment" + ENDED + BAD
                                + "and r.is_check = 0",
                        to.minus(REMEMBERED))
                .map((r, _) -> new Tried(r.getString("operation"), r.getString("playbook"), r.getString("environment")))
                .list()
                .stream()
                .flatMap(t -> failing(t).stream())
                .sorted(Comparator.comparing(ReportDigest.Failing::since))
                .toList();
    }

    private Optional<ReportDigest.Failing> failing(Tried tried) {
        return h.createQuery("""
            select count(*), min(r.id), min(r.ended_at), max(r.id) from run r indexed by run_by_end
            where r.environment = :environment and r.ended_at >= :from and r.ended_at < :to
              and r.operation = :operation and coalesce(r.playbook, '') = :playbook and r.is_check = 0
              and r.state in ('failed', 'timed_out', 'interrupted')
              and r.ended_at > coalesce((
                select max(g.ended_at) from run g indexed by run_by_end
                where g.environment = :environment and g.ended_at >= :from and g.ended_at < :to
                  and g.operation = :operation and coalesce(g.playbook, '') = :playbook
                  and g.is_check = 0 and g.state = 'success'), 0)\
            """)
                .bind("environment", tried.environment())
                .bind("operation", tried.operation())
                .bind("playbook", tried.playbook())
                .bind("from", to.minus(REMEMBERED).toEpochMilli())
                .bind("to", to.toEpochMilli())
                .map((r, _) -> r.getInt(1) == 0
                        ? Optional.<ReportDigest.Failing>empty()
                        : Optional.of(new ReportDigest.Failing(
                                tried.operation().equals("play") ? "play " + tried.playbook() : tried.operation(),
                                tried.environment(),
                                r.getInt(1),
                                new RunId(r.getLong(2)),
                                new RunId(r.getLong(4)),
                                Instant.ofEpochMilli(r.getLong(3)))))
                .one();
    }
}
