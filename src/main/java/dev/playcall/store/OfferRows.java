package dev.playcall.store;

import dev.playcall.notify.Offer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What can be done about alerts, within a transaction that is open. */
final class OfferRows {
    private final Handle h;

    OfferRows(Handle h) {
        this.h = h;
    }

    /** One cool-down for all openings of what it is about: an alert that flaps is no way around it. */
    Offer.Claim claim(long id, String by, Instant now) {
        var found = find(id);
        if (found.isEmpty()) {
            return new Offer.Claim.Unknown();
        }
        var offer = found.get();
        boolean over = h.createQuery("select resolved_at is not null from alert where id = :id")
                .bind("id", offer.alert())
                .mapTo(Boolean.class)
                .one();
        if (over) {
            return new Offer.Claim.Over(offer);
        }
        var last = h.createQuery("""
                        select o.* from offer o join alert a on a.id = o.alert
                        where o.label = :label and o.at is not null
                        and a.subject = (select subject from alert where id = :alert) order by o.at desc limit 1""")
                .bind("label", offer.wish().label())
                .bind("alert", offer.alert())
                .map((r, _) -> offer(r))
                .findOne();
        var until = last.flatMap(Offer::at).map(at -> at.plus(offer.coolDown()));
        if (last.isPresent() && until.filter(now::isBefore).isPresent()) {
            return new Offer.Claim.Cooling(last.get(), until.get());
        }
        h.createUpdate("update offer set by = :by, at = :now, run = null, outcome = null where id = :id")
                .bind("by", by)
                .bind("now", now.toEpochMilli())
                .bind("id", id)
                .execute();
        return new Offer.Claim.Yours(offer);
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

    Optional<Offer> find(long id) {
        return h.createQuery("select * from offer where id = :id")
                .bind("id", id)
                .map((r, _) -> offer(r))
                .findOne();
    }

    Optional<Offer> ofRun(long run) {
        return h.createQuery("select * from offer where run = :run")
                .bind("run", run)
                .map((r, _) -> offer(r))
                .findOne();
    }

    private static Offer offer(ResultSet r) throws SQLException {
        long at = r.getLong("at");
        var done = r.wasNull() ? Optional.<Instant>empty() : Optional.of(Instant.ofEpochMilli(at));
        long run = r.getLong("run");
        var made = r.wasNull() ? Optional.<Long>empty() : Optional.of(run);
        var wish = new Offer.Wish(
                r.getString("label"),
                r.getString("operation"),
                Optional.ofNullable(r.getString("playbook")),
                r.getString("environment"),
                r.getString("hosts"),
                NotifyJson.labels(r.getString("variables")));
        var coolDown = Duration.ofMillis(r.getLong("cool_down"));
        var by = Optional.ofNullable(r.getString("by"));
        return new Offer(r.getLong("id"), r.getLong("alert"), wish, coolDown, by, done, made);
    }
}
