package dev.playcall.store.notify;

import dev.playcall.notify.alert.AlertAction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What can be done about alerts, within a transaction that is open. */
final class AlertActionDao {
    private final Handle h;

    AlertActionDao(Handle h) {
        this.h = h;
    }

    /** One cool-down for all openings of what it is about: an alert that flaps is no way around it. */
    AlertAction.Claim claim(long id, String by, Instant now) {
        var found = find(id);
        if (found.isEmpty()) {
            return new AlertAction.Claim.Unknown();
        }
        var alertAction = found.get();
        boolean over = h.createQuery("select resolved_at is not null from alert where id = :id")
                .bind("id", alertAction.alert())
                .mapTo(Boolean.class)
                .one();
        if (over) {
            return new AlertAction.Claim.Over(alertAction);
        }
        var last = h.createQuery("""
            select o.* from offer o join alert a on a.id = o.alert
            where o.label = :label and o.at is not null
            and a.subject = (select subject from alert where id = :alert) order by o.at desc limit 1\
            """)
                .bind("label", alertAction.parameters().label())
                .bind("alert", alertAction.alert())
                .map((r, _) -> offer(r))
                .findOne();
        var until = last.flatMap(AlertAction::at).map(at -> at.plus(alertAction.coolDown()));
        if (last.isPresent() && until.filter(now::isBefore).isPresent()) {
            return new AlertAction.Claim.Cooling(last.get(), until.get());
        }
        h.createUpdate("update offer set by = :by, at = :now, run = null, outcome = null where id = :id")
                .bind("by", by)
                .bind("now", now.toEpochMilli())
                .bind("id", id)
                .execute();
        return new AlertAction.Claim.Yours(alertAction);
    }

    void release(long id) {
        h.createUpdate("update offer set by = null, at = null where id = :id and run is null")
                .bind("id", id)
                .execute();
    }

    void started(long id, long run) {
        h.createUpdate("update offer set run = :run where id = :id")
                .bind("run", run)
                .bind("id", id)
                .execute();
    }

    void ended(long id, boolean well, Instant at) {
        h.createUpdate("update offer set outcome = :outcome, ended_at = :at where id = :id")
                .bind("outcome", well ? "well" : "badly")
                .bind("at", at.toEpochMilli())
                .bind("id", id)
                .execute();
    }

    Optional<AlertAction> find(long id) {
        return h.createQuery("select * from offer where id = :id")
                .bind("id", id)
                .map((r, _) -> offer(r))
                .findOne();
    }

    List<AlertAction> ofAlert(long alert) {
        return h.createQuery("select * from offer where alert = :alert order by id")
                .bind("alert", alert)
                .map((r, _) -> offer(r))
                .list();
    }

    Optional<AlertAction> ofRun(long run) {
        return h.createQuery("select * from offer where run = :run")
                .bind("run", run)
                .map((r, _) -> offer(r))
                .findOne();
    }

    private static AlertAction offer(ResultSet r) throws SQLException {
        long at = r.getLong("at");
        var done = r.wasNull() ? Optional.<Instant>empty() : Optional.of(Instant.ofEpochMilli(at));
        long run = r.getLong("run");
        var made = r.wasNull() ? Optional.<Long>empty() : Optional.of(run);
        var request = new AlertAction.RunParameters(
                r.getString("label"),
                r.getString("operation"),
                Optional.ofNullable(r.getString("playbook")),
                r.getString("environment"),
                r.getString("hosts"),
                NotifyJson.labels(r.getString("variables")));
        var coolDown = Duration.ofMillis(r.getLong("cool_down"));
        var by = Optional.ofNullable(r.getString("by"));
        return new AlertAction(r.getLong("id"), r.getLong("alert"), request, coolDown, by, done, made);
    }
}
