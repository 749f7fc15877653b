package dev.playcall.store.sql;

import dev.playcall.domain.ApprovalState;
import dev.playcall.domain.Batch;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.HostResult.HostStats;
import dev.playcall.domain.Origin;
import dev.playcall.domain.Pause;
import dev.playcall.domain.Progress;
import dev.playcall.domain.Provenance;
import dev.playcall.domain.Revision;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import dev.playcall.domain.name.Person;
import dev.playcall.domain.name.RunId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.statement.StatementContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Maps rows of SQL results to runs and their parts. */
public final class RunRowMapper {
    private static final Logger log = LoggerFactory.getLogger(RunRowMapper.class);

    private RunRowMapper() {}

    /** A run that cannot be read (a hand edit, a newer gateway) is told and left out: it must not hide the others. */
    public static Optional<Run> readable(ResultSet r, StatementContext context) throws SQLException {
        try {
            return Optional.of(run(r, context));
        } catch (RuntimeException e) {
            log.error("Run #{} in the database cannot be read and is skipped: {}", r.getLong("id"), e.getMessage());
            return Optional.empty();
        }
    }

    public static Run run(ResultSet r, StatementContext context) throws SQLException {
        return new Run(
                new RunId(r.getLong("id")),
                RequestJson.read(RunEventJson.tree(r.getString("request"))),
                new Person(r.getString("requested_by")),
                new Origin(r.getString("channel"), text(r, "message_id")),
                RunState.of(r.getString("state")).orElseThrow(),
                Instant.ofEpochMilli(r.getLong("requested_at")),
                instant(r, "started_at"),
                instant(r, "ended_at"),
                text(r, "agreement").map(ApprovalStateJson::read).orElse(ApprovalState.NONE),
                text(r, "cancelled_by").map(Person::new),
                integer(r, "exit_code"),
                r.getString("reason"),
                r.getString("node"),
                r.getString("log"),
                progress(r),
                place(r),
                pause(r),
                Duration.ofMillis(r.getLong("paused_millis")),
                text(r, "revision").map(Revision::of),
                provenance(r));
    }

    /** Runs of the time before it was kept say only who asked. */
    private static Provenance provenance(ResultSet r) throws SQLException {
        var by = new Person(r.getString("requested_by"));
        return text(r, "provenance")
                .map(json -> ProvenanceJson.read(RunEventJson.tree(json), by))
                .orElseGet(() -> Provenance.of(by));
    }

    private static Optional<Pause> pause(ResultSet r) throws SQLException {
        var by = text(r, "paused_by").map(Person::new);
        var since = instant(r, "paused_at");
        var reason = text(r, "paused_reason").orElse("");
        return by.flatMap(b -> since.map(s -> new Pause(b, reason, s)));
    }

    private static Optional<Batch.Place> place(ResultSet r) throws SQLException {
        long batch = r.getLong("batch");
        return r.wasNull()
                ? Optional.empty()
                : Optional.of(new Batch.Place(
                        batch,
                        r.getInt("batch_place"),
                        r.getInt("batch_size"),
                        r.getBoolean("batch_stops") ? Batch.OnFailure.STOP : Batch.OnFailure.CONTINUE));
    }

    private static Progress progress(ResultSet r) throws SQLException {
        return new Progress(
                r.getInt("results"),
                r.getInt("expected"),
                r.getString("play"),
                r.getString("task"),
                r.getInt("hosts"),
                r.getInt("hosts_ok"),
                r.getInt("hosts_changed"),
                r.getInt("hosts_failed"),
                r.getInt("hosts_unreachable"),
                r.getInt("hosts_skipped"));
    }

    public static HostResult host(ResultSet r, StatementContext context) throws SQLException {
        return new HostResult(
                r.getString("host"),
                HostOutcome.valueOf(r.getString("outcome").toUpperCase(Locale.ROOT)),
                new HostStats(
                        r.getInt("ok"),
                        r.getInt("changed"),
                        r.getInt("unreachable"),
                        r.getInt("failed"),
                        r.getInt("skipped"),
                        r.getInt("rescued"),
                        r.getInt("ignored")),
                text(r, "failed_task"),
                text(r, "message"),
                Duration.ofMillis(r.getLong("duration")),
                new HostResult.Versions(text(r, "version_before"), text(r, "version")),
                new HostResult.Connection(r.getBoolean("added"), text(r, "connection"), latency(r)),
                instant(r, "started"));
    }

    public static Optional<String> text(ResultSet r, String column) throws SQLException {
        return Optional.ofNullable(r.getString(column));
    }

    public static Optional<Instant> instant(ResultSet r, String column) throws SQLException {
        long millis = r.getLong(column);
        return r.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    public static Optional<Instant> instant(ResultSet r, int column) throws SQLException {
        long millis = r.getLong(column);
        return r.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    /** Milliseconds; empty where nobody measured them. */
    public static OptionalLong latency(ResultSet r) throws SQLException {
        long millis = r.getLong("latency");
        return r.wasNull() ? OptionalLong.empty() : OptionalLong.of(millis);
    }

    public static Optional<Long> number(ResultSet r, String column) throws SQLException {
        long value = r.getLong(column);
        return r.wasNull() ? Optional.empty() : Optional.of(value);
    }

    private static Optional<Integer> integer(ResultSet r, String column) throws SQLException {
        int value = r.getInt(column);
        return r.wasNull() ? Optional.empty() : Optional.of(value);
    }
}
