package dev.playcall.store.notify;

import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.Severity;
import dev.playcall.store.notify.AlertState.Change;
import dev.playcall.store.sql.PlainSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the last report about each subject said, within a transaction that is open. */
final class AlertStateDao {
    private final PlainSql sql;
    private final Instant now;

    AlertStateDao(PlainSql sql, Instant now) {
        this.sql = sql;
        this.now = now;
    }

    /** Writes down what a report changes, and says what that is. */
    Change report(String subject, NotificationEvent n, String hash) {
        var first = AlertState.first(n, hash, now);
        if (isNew(subject, first)) {
            return new Change.Changed(first);
        }
        var change = known(subject).after(n, hash, now);
        switch (change) {
            case Change.Changed(var state) -> keep(subject, state);
            case Change.Words(var state) -> keep(subject, state);
            case Change.Times(var state) -> keep(subject, state);
            case Change.Unchanged _ -> {}
        }
        return change;
    }

    private boolean isNew(String subject, AlertState s) {
        return sql.change(
                        """
                        insert into alert_state (subject, severity, starts_at, heard_start, ends_at, heard_at, hash)
                        values (?, ?, ?, ?, ?, ?, ?) on conflict (subject) do nothing\
                        """,
                        subject,
                        s.severity().word(),
                        millis(s.startsAt()),
                        s.startReported(),
                        millis(s.endsAt()),
                        s.reportedAt().toEpochMilli(),
                        s.hash())
                == 1;
    }

    private AlertState known(String subject) {
        return sql.rows("""
            select s.*, exists (select 1 from alert a where a.subject = s.subject and a.resolved_at is null) open
            from alert_state s where s.subject = ?\
            """, AlertStateDao::state, subject).getFirst();
    }

    private void keep(String subject, AlertState s) {
        sql.change(
                """
                update alert_state set severity = ?, starts_at = ?, heard_start = ?, ends_at = ?, heard_at = ?, hash = ?
                where subject = ?\
                """,
                s.severity().word(),
                millis(s.startsAt()),
                s.startReported(),
                millis(s.endsAt()),
                s.reportedAt().toEpochMilli(),
                s.hash(),
                subject);
    }

    private static AlertState state(ResultSet r) throws SQLException {
        return new AlertState(
                r.getBoolean("open"),
                Severity.of(r.getString("severity")).orElse(Severity.WARNING),
                time(r, "starts_at"),
                r.getBoolean("heard_start"),
                time(r, "ends_at"),
                Instant.ofEpochMilli(r.getLong("heard_at")),
                r.getString("hash"));
    }

    private static @Nullable Long millis(Optional<Instant> time) {
        return time.map(Instant::toEpochMilli).orElse(null);
    }

    private static Optional<Instant> time(ResultSet r, String column) throws SQLException {
        long millis = r.getLong(column);
        return r.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
