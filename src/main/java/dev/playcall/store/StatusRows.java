package dev.playcall.store;

import dev.playcall.domain.EnvironmentName;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.Operation;
import dev.playcall.domain.Run;
import dev.playcall.journal.HostStatus;
import dev.playcall.journal.HostStatus.Column;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** The operations table: what the last run that touched a host said about it. */
final class StatusRows {
    private static final String SSH = "ssh";
    private static final String PROVISION = "provision";
    private static final String DEPLOY = "deploy";

    private StatusRows() {}

    /** Marks the hosts of a run that is working; only those it is known to touch. */
    static void running(Handle h, Run run, List<String> hosts) {
        kind(run)
                .ifPresent(kind -> hosts.forEach(host -> h.createUpdate("""
                        insert into host_status (environment, host, kind, status, run, started)
                        values (:environment, :host, :kind, 'running', :run, :started)
                        on conflict (environment, host, kind) do update
                        set status = 'running', run = excluded.run, started = excluded.started
                        where host_status.run < excluded.run""")
                        .bind("environment", run.request().environment().value())
                        .bind("host", host)
                        .bind("kind", kind)
                        .bind("run", run.id().value())
                        .bind("started", run.startedAt().orElseThrow().toEpochMilli())
                        .execute()));
    }

    /** Writes what a run that has ended found out. */
    static void ended(Handle h, Run run, List<HostResult> results) {
        if (run.request().operation().equals(Operation.VALIDATE)) {
            return;
        }
        for (var result : results) {
            reached(result).ifPresent(status -> write(h, run, result, SSH, status));
            kind(run)
                    .filter(kind -> !kind.equals(SSH))
                    .ifPresent(kind -> write(h, run, result, kind, worked(run, result)));
        }
    }

    /** A run in check mode changes nothing and says nothing about what is installed. */
    private static Optional<String> kind(Run run) {
        var request = run.request();
        if (request.operation().equals(Operation.PING)) {
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

    private static Optional<String> reached(HostResult result) {
        return switch (result.outcome()) {
            case PENDING, SKIPPED -> Optional.empty();
            case UNREACHABLE -> Optional.of("unreachable");
            case OK, CHANGED, FAILED -> Optional.of("ok");
        };
    }

    private static String worked(Run run, HostResult result) {
        return switch (result.outcome()) {
            case FAILED -> "failed";
            case UNREACHABLE -> "unreachable";
            case PENDING -> run.state().word();
            case OK, CHANGED, SKIPPED ->
                switch (run.state()) {
                    case SUCCESS, FAILED -> "ok";
                    // Cut short: this host may miss its last tasks.
                    default -> run.state().word();
                };
        };
    }

    private static void write(Handle h, Run run, HostResult result, String kind, String status) {
        boolean ping = run.request().operation().equals(Operation.PING) && status.equals("ok");
        boolean versioned = kind.equals(DEPLOY) && status.equals("ok");
        h.createUpdate("""
                        insert into host_status
                          (environment, host, kind, status, run, version, started, completed, latency, error)
                        values (:environment, :host, :kind, :status, :run, :version, :started, :completed, :latency,
                          :error)
                        on conflict (environment, host, kind) do update
                        set status = excluded.status, run = excluded.run, started = excluded.started,
                          version = case when :versioned then excluded.version else host_status.version end,
                          completed = excluded.completed,
                          latency = coalesce(excluded.latency, host_status.latency), error = excluded.error
                        where host_status.run <= excluded.run""")
                .bind("environment", run.request().environment().value())
                .bind("host", result.host())
                .bind("kind", kind)
                .bind("status", status)
                .bind("run", run.id().value())
                .bind("version", versioned ? run.request().version().orElse("") : "")
                .bind("versioned", versioned)
                .bind("started", run.startedAt().orElseThrow().toEpochMilli())
                .bind("completed", run.endedAt().orElseThrow().toEpochMilli())
                .bind("latency", ping ? Optional.of(result.duration().toMillis()) : Optional.<Long>empty())
                .bind("error", status.equals("ok") ? "" : result.message().orElse(run.reason()))
                .execute();
    }

    /** Hosts that were marked as working and of which the run then said nothing. */
    static void settle(Handle h, Run run) {
        h.createUpdate("""
                        update host_status set status = :status, completed = :completed, error = :error
                        where environment = :environment and run = :run and status = 'running'""")
                .bind("status", run.state().word())
                .bind("completed", run.endedAt().orElseThrow().toEpochMilli())
                .bind("error", run.reason())
                .bind("environment", run.request().environment().value())
                .bind("run", run.id().value())
                .execute();
    }

    static List<HostStatus> of(Handle h, EnvironmentName environment) {
        Map<String, HostStatus> hosts = new TreeMap<>();
        h.createQuery("select * from host_status where environment = :environment order by host")
                .bind("environment", environment.value())
                .map((r, _) -> Map.entry(List.of(r.getString("host"), r.getString("kind")), column(r)))
                .forEach(row -> hosts.merge(
                        row.getKey().getFirst(),
                        single(row.getKey().getFirst(), row.getKey().getLast(), row.getValue()),
                        StatusRows::join));
        return List.copyOf(hosts.values());
    }

    private static Column column(java.sql.ResultSet r) throws java.sql.SQLException {
        long latency = r.getLong("latency");
        var known = r.wasNull() ? OptionalLong.empty() : OptionalLong.of(latency);
        return new Column(
                r.getString("status"),
                new dev.playcall.domain.RunId(r.getLong("run")),
                Instant.ofEpochMilli(r.getLong("started")),
                Rows.instant(r, "completed"),
                r.getString("version"),
                known,
                r.getString("error"));
    }

    private static HostStatus single(String host, String kind, Column column) {
        return new HostStatus(
                host,
                Optional.of(column).filter(_ -> kind.equals(SSH)),
                Optional.of(column).filter(_ -> kind.equals(PROVISION)),
                Optional.of(column).filter(_ -> kind.equals(DEPLOY)));
    }

    private static HostStatus join(HostStatus a, HostStatus b) {
        return new HostStatus(
                a.host(),
                a.ssh().or(b::ssh),
                a.provision().or(b::provision),
                a.deploy().or(b::deploy));
    }
}
