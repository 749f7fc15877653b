package dev.playcall.store.run;

import dev.playcall.domain.HostResult;
import dev.playcall.domain.HostResult.HostStats;
import dev.playcall.domain.Run;
import dev.playcall.domain.format.NaturalOrder;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Operation;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.HostStatus;
import dev.playcall.journal.HostStatus.Column;
import dev.playcall.journal.HostStatus.OpenAlert;
import dev.playcall.journal.HostStatus.Work;
import dev.playcall.store.notify.HostAlerts;
import dev.playcall.store.sql.RunRowMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The operations table: what the last run that touched a host said about it. */
final class StatusDao {
    private static final String SSH = "ssh";
    private static final String PROVISION = "provision";
    private static final String DEPLOY = "deploy";
    private static final String LAST = "last";
    private static final String OK = "ok";
    private static final String FAILED = "failed";
    private static final String INCOMPLETE = "incomplete";
    private static final String UNREACHABLE = "unreachable";

    private StatusDao() {}

    /** Marks the hosts of a run that works; only those it is known to touch. */
    public static void working(Handle h, Run run, List<String> hosts) {
        var kind = kind(run);
        if (kind.isEmpty() || hosts.isEmpty()) {
            return;
        }
        var batch = h.prepareBatch("""
            insert into host_status
              (environment, host, kind, status, run, started, working_run, working_since)
            values (:environment, :host, :kind, '', :run, :started, :run, :started)
            on conflict (environment, host, kind) do update
            set working_run = excluded.working_run, working_since = excluded.working_since
            where host_status.working_run is null or host_status.working_run < excluded.working_run\
            """);
        for (var host : hosts) {
            batch.bind("environment", run.request().environment().value())
                    .bind("host", host)
                    .bind("kind", kind.get())
                    .bind("run", run.id().value())
                    .bind("started", started(run))
                    .add();
            if (batch.size() == RunDao.MOST_BOUND) {
                batch.execute();
            }
        }
        batch.execute();
    }

    /** Writes what a run that has ended found out. */
    public static void ended(Handle h, Run run, List<HostResult> results) {
        var words = results.stream().flatMap(r -> words(run, r).stream()).toList();
        if (!words.isEmpty()) {
            VersionDao.write(
                    h,
                    run,
                    words.stream()
                            .filter(Word::isDeployed)
                            .collect(Collectors.toMap(w -> w.result().host(), w -> w.version(run))));
            write(h, run, words);
        }
        settle(h, run);
    }

    /** What a run says about one column of one host. */
    private record Word(HostResult result, String kind, String status) {
        boolean isDeployed() {
            return status.equals(OK) && kind.equals(DEPLOY);
        }

        /** What the play said is live now counts more than what was asked for; empty when nobody said anything. */
        String version(Run run) {
            return isDeployed()
                    ? result.versions().after().or(run.request()::version).orElse("")
                    : "";
        }
    }

    private static List<Word> words(Run run, HostResult result) {
        var words = new ArrayList<Word>();
        if (run.request().operation().equals(Operation.VALIDATE)) {
            return words;
        }
        reached(run, result).ifPresent(status -> words.add(new Word(result, SSH, status)));
        kind(run)
                .filter(kind -> !kind.equals(SSH))
                .flatMap(kind -> worked(run, result).map(status -> new Word(result, kind, status)))
                .ifPresent(words::add);
        if (!isPing(run) && !run.request().check()) {
            worked(run, result).ifPresent(status -> words.add(new Word(result, LAST, status)));
        }
        return words;
    }

    /** A run in check mode changes nothing and says nothing about what is installed. */
    private static Optional<String> kind(Run run) {
        var request = run.request();
        if (isPing(run)) {
            return Optional.of(SSH);
        }
        if (request.check()) {
            return Optional.empty();
        }
        if (request.operation().equals(Operation.PROVISION)) {
            return Optional.of(PROVISION);
        }
        boolean deploys = request.operation().equals(Operation.DEPLOY)
                || request.operation().equals(Operation.ROLLBACK);
        return deploys ? Optional.of(DEPLOY) : Optional.empty();
    }

    /**
     * A host that failed a task has answered; only where answering is the task has it not. Of one whose first task was
     * cut short nobody knows.
     */
    private static Optional<String> reached(Run run, HostResult result) {
        return switch (result.outcome()) {
            case PENDING, SKIPPED -> Optional.empty();
            case UNREACHABLE -> Optional.of(UNREACHABLE);
            case FAILED -> Optional.of(isPing(run) ? FAILED : OK);
            case OK, CHANGED -> Optional.of(OK);
            case INCOMPLETE -> Optional.of(OK).filter(_ -> !result.stats().equals(HostStats.NONE));
        };
    }

    private static Optional<String> worked(Run run, HostResult result) {
        return switch (result.outcome()) {
            case FAILED -> Optional.of(FAILED);
            case UNREACHABLE -> Optional.of(UNREACHABLE);
            case INCOMPLETE -> cut(run).or(() -> Optional.of(INCOMPLETE));
            case PENDING -> cut(run);
            case SKIPPED ->
                cut(run).or(() -> Optional.of(OK).filter(_ -> result.stats().skipped() > 0));
            case OK, CHANGED -> cut(run).or(() -> Optional.of(OK));
        };
    }

    /** The word for a host of a run that was cut short: it may miss its last tasks, and nobody can tell. */
    private static Optional<String> cut(Run run) {
        return switch (run.state()) {
            case CANCELLED, TIMED_OUT, INTERRUPTED -> Optional.of(run.state().word());
            case AWAITING_APPROVAL, QUEUED, RUNNING, SUCCESS, FAILED, REJECTED, EXPIRED -> Optional.empty();
        };
    }

    private static void write(Handle h, Run run, List<Word> words) {
        var batch = h.prepareBatch("""
            insert into host_status
              (environment, host, kind, status, run, version, started, completed, latency, connection,
               error)
            values (:environment, :host, :kind, :status, :run, :version, :started, :completed, :latency, :connection,
               :error)
            on conflict (environment, host, kind) do update
            set status = excluded.status, run = excluded.run, started = excluded.started,
              version = case when :versioned = 1 then excluded.version else host_status.version end,
              completed = excluded.completed, error = excluded.error,
              latency = excluded.latency, connection = excluded.connection\
            """);
        for (var word : words) {
            boolean ok = word.status().equals(OK);
            batch.bind("environment", run.request().environment().value())
                    .bind("host", word.result().host())
                    .bind("kind", word.kind())
                    .bind("status", word.status())
                    .bind("run", run.id().value())
                    .bind("version", word.version(run))
                    .bind("versioned", word.isDeployed())
                    .bind("started", started(run))
                    .bind("completed", ended(run))
                    .bind("latency", ok ? word.result().access().latencyMillis() : OptionalLong.empty())
                    .bind("connection", word.result().connection())
                    .bind("error", ok ? "" : word.result().message().orElse(run.reason()))
                    .add();
            if (batch.size() == RunDao.MOST_BOUND) {
                batch.execute();
            }
        }
        batch.execute();
    }

    /**
     * Ends the marks of a run. What it never came to keeps the word it had, unless the run was cut short; whether a host can
     * be reached is told by its own answer alone.
     */
    private static void settle(Handle h, Run run) {
        cut(run).ifPresent(status -> h.createUpdate("""
            update host_status set status = :status, run = :run, started = working_since,
              completed = :completed, error = :error
            where environment = :environment and working_run = :run and (run <> :run or status = '')
              and kind <> 'ssh'\
            """)
                .bind("status", status)
                .bind("completed", ended(run))
                .bind("error", run.reason())
                .bind("environment", run.request().environment().value())
                .bind("run", run.id().value())
                .execute());
        h.createUpdate("""
            update host_status set working_run = null, working_since = null
            where environment = :environment and working_run = :run\
            """)
                .bind("environment", run.request().environment().value())
                .bind("run", run.id().value())
                .execute();
        h.createUpdate("delete from host_status where environment = :environment and status = ''"
                        + " and working_run is null")
                .bind("environment", run.request().environment().value())
                .execute();
    }

    private static boolean isPing(Run run) {
        return run.request().operation().equals(Operation.PING);
    }

    private static long started(Run run) {
        return run.startedAt().orElseThrow().toEpochMilli();
    }

    private static long ended(Run run) {
        return run.endedAt().orElseThrow().toEpochMilli();
    }

    public static List<HostStatus> of(Handle h, EnvironmentName environment) {
        Map<String, HostStatus> hosts = new TreeMap<>(NaturalOrder.NAMES);
        h.createQuery("""
            select s.*, r.task, r.expected, r.hosts as run_hosts,
              coalesce(d.ok + d.unreachable + d.failed + d.skipped + d.rescued, 0) as done
            from host_status s left join run r on r.id = s.working_run
            left join host_result d on d.run = s.working_run and d.host = s.host
            where s.environment = :environment order by s.host\
            """)
                .bind("environment", environment.value())
                .map((r, _) -> Map.entry(List.of(r.getString("host"), r.getString("kind")), column(r)))
                .forEach(row -> hosts.merge(
                        row.getKey().getFirst(),
                        single(row.getKey().getFirst(), row.getKey().getLast(), row.getValue()),
                        StatusDao::join));
        HostAlerts.of(h, environment).forEach((host, alert) -> hosts.merge(host, named(host, alert), StatusDao::join));
        return List.copyOf(hosts.values());
    }

    private static Column column(ResultSet r) throws SQLException {
        var working = RunRowMapper.instant(r, "working_since");
        return new Column(
                working.isPresent() ? "running" : r.getString("status"),
                new RunId(r.getLong(working.isPresent() ? "working_run" : "run")),
                working.orElse(Instant.ofEpochMilli(r.getLong("started"))),
                working.isPresent() ? Optional.empty() : RunRowMapper.instant(r, "completed"),
                r.getString("version"),
                RunRowMapper.latency(r),
                working.isPresent() ? "" : r.getString("error"),
                Optional.ofNullable(r.getString("connection")),
                working.isPresent() ? Optional.of(work(r)) : Optional.empty());
    }

    private static Work work(ResultSet r) throws SQLException {
        int hosts = Math.max(1, r.getInt("run_hosts"));
        int expected = Math.ceilDiv(r.getInt("expected"), hosts);
        var task = Optional.ofNullable(r.getString("task")).orElse("");
        return new Work(
                r.getString("status"),
                RunRowMapper.instant(r, "completed"),
                r.getString("error"),
                r.getInt("done"),
                expected,
                task);
    }

    private static HostStatus single(String host, String kind, Column column) {
        return new HostStatus(
                host,
                Optional.of(column).filter(_ -> kind.equals(SSH)),
                Optional.of(column).filter(_ -> kind.equals(PROVISION)),
                Optional.of(column).filter(_ -> kind.equals(DEPLOY)),
                Optional.of(column).filter(_ -> kind.equals(LAST)),
                Optional.empty());
    }

    private static HostStatus named(String host, OpenAlert alert) {
        var none = Optional.<Column>empty();
        return new HostStatus(host, none, none, none, none, Optional.of(alert));
    }

    private static HostStatus join(HostStatus a, HostStatus b) {
        return new HostStatus(
                a.host(),
                a.ssh().or(b::ssh),
                a.provision().or(b::provision),
                a.deploy().or(b::deploy),
                a.last().or(b::last),
                a.alert().or(b::alert));
    }
}
