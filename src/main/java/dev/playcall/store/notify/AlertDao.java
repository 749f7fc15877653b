package dev.playcall.store.notify;

import dev.playcall.config.RouteOptions;
import dev.playcall.notify.alert.Alert;
import dev.playcall.notify.event.Notification;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.NotifyStore.RoutedEvent;
import dev.playcall.store.sql.PlainSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What is open, within a transaction that is open. */
final class AlertDao {
    /** Each alert with what stands about it in {@link #alert}; the table is called {@code a}. */
    static final String COLUMNS = "a.id alert_id, a.subject alert_subject, a.opened_at, a.resolved_at, a.times, a.body"
            + " alert_body, a.acked_by, a.notes, a.offers";

    private static final int MOST_NOTES = 6;
    private static final Duration HELPED = Duration.ofMinutes(30);

    private final Handle h;
    private final Instant now;
    private final PlainSql sql;

    AlertDao(Handle h, Instant now) {
        this.h = h;
        this.now = now;
        this.sql = new PlainSql(h);
    }

    /** Writes down that it is open, for the first time or once more; its number. */
    long open(
            NotificationEvent n,
            String subject,
            String body,
            List<RoutedEvent> to,
            List<RouteOptions.Suggestion> offers) {
        long id = sql.number("""
            insert into alert (subject, opened_at, times, body) values (?, ?, 1, ?)
            on conflict (subject) where resolved_at is null do update
            set times = alert.times + 1, body = excluded.body
            returning id\
            """, subject, n.at().toEpochMilli(), body).orElseThrow();
        boolean usual = offers.isEmpty()
                && to.stream().allMatch(a -> a.options().escalate().isEmpty());
        if (!usual && sql.number("select times from alert where id = ?", id).orElse(0L) == 1) {
            offer(id, offers);
            to.forEach(a -> addEscalation(id, a));
        }
        return id;
    }

    private Optional<Long> known(String subject) {
        return h.createQuery("select id from alert where subject = :subject and resolved_at is null")
                .bind("subject", subject)
                .mapTo(Long.class)
                .findOne();
    }

    private void offer(long alert, List<RouteOptions.Suggestion> offers) {
        var buttons = new ArrayList<Notification.Button>();
        for (var o : offers) {
            long id = h.createUpdate("""
                insert into offer (alert, label, operation, playbook, environment, hosts, variables, cool_down)
                values (:alert, :label, :operation, :playbook, :environment, :hosts, :variables, :cool)\
                """)
                    .bind("alert", alert)
                    .bind("label", o.label())
                    .bind("operation", o.operation())
                    .bind("playbook", o.playbook().orElse(null))
                    .bind("environment", o.environment())
                    .bind("hosts", o.limit())
                    .bind("variables", NotifyJson.write(o.variables()))
                    .bind("cool", o.coolDown().toMillis())
                    .executeAndReturnGeneratedKeys("id")
                    .mapTo(Long.class)
                    .one();
            buttons.add(new Notification.Button(id, o.label()));
        }
        if (!buttons.isEmpty()) {
            h.createUpdate("update alert set offers = :offers where id = :id")
                    .bind("offers", NotifyJson.buttons(buttons))
                    .bind("id", alert)
                    .execute();
        }
    }

    private void addEscalation(long alert, RoutedEvent to) {
        int number = 0;
        for (var step : to.options().escalate()) {
            h.createUpdate("""
                insert into escalation (alert, route, step, receivers, labels, after, due_at)
                values (:alert, :route, :step, :receivers, :labels, :after, :due)
                on conflict do nothing\
                """)
                    .bind("alert", alert)
                    .bind("route", to.route())
                    .bind("step", number++)
                    .bind("receivers", NotifyJson.write(step.receivers()))
                    .bind("labels", NotifyJson.write(to.group()))
                    .bind("after", step.after().toMillis())
                    .bind("due", now.plus(step.after()).toEpochMilli())
                    .execute();
        }
    }

    /** Writes down that it is over, and whether what was done about it helped; its number if it was open. */
    Optional<Long> resolve(String subject, String body, Instant at) {
        var id = known(subject);
        id.ifPresent(alert -> {
            close(alert, body);
            actionNotes(alert, at).ifPresent(note -> note(alert, note));
        });
        return id;
    }

    /** Somebody says that it is over, which tells nothing of what was done about it. */
    void resolveByHand(long alert, String body, String note) {
        close(alert, body);
        note(alert, note);
    }

    private void close(long alert, String body) {
        sql.change("update alert set resolved_at = ?, body = ? where id = ?", now.toEpochMilli(), body, alert);
        sql.change("update escalation set due_at = null where alert = ?", alert);
    }

    private Optional<String> actionNotes(long alert, Instant at) {
        return h.createQuery("""
            select label, run, outcome, ended_at from offer
            where alert = :alert and run is not null order by at desc limit 1\
            """)
                .bind("alert", alert)
                .map((r, _) -> actionNotes(r, at))
                .findOne();
    }

    private String actionNotes(ResultSet r, Instant at) throws SQLException {
        var what = "#" + r.getLong("run") + " (" + r.getString("label") + ")";
        var outcome = Optional.ofNullable(r.getString("outcome"));
        if (outcome.isEmpty()) {
            return "resolved while " + what + " is still running";
        }
        var ended = Instant.ofEpochMilli(r.getLong("ended_at"));
        var later = Duration.between(ended, now.isAfter(at) && at.isAfter(ended) ? at : now);
        if (!outcome.get().equals("well")) {
            return what + " did not succeed; the alert was resolved without it";
        }
        return later.compareTo(HELPED) <= 0
                ? what + " resolved it "
                        + (later.toSeconds() < 1 ? "as soon as" : later.toSeconds() + " s after")
                        + " it ended"
                : "resolved, long after " + what;
    }

    /** Adds a line to what is told of it; false when it is there already. */
    boolean note(long alert, String note) {
        var notes = h.createQuery("select notes from alert where id = :id")
                .bind("id", alert)
                .mapTo(String.class)
                .findOne()
                .map(NotifyJson::texts)
                .map(ArrayList::new);
        if (notes.isEmpty() || notes.get().contains(note)) {
            return false;
        }
        var all = notes.get();
        all.add(note);
        var kept = all.subList(Math.max(0, all.size() - MOST_NOTES), all.size());
        h.createUpdate("update alert set notes = :notes where id = :id")
                .bind("notes", NotifyJson.write(kept))
                .bind("id", alert)
                .execute();
        return true;
    }

    /** Everybody who was told of it is told its state now. */
    void wake(long alert) {
        h.createUpdate("update notice_member set news = 1 where alert = :alert and told = 1")
                .bind("alert", alert)
                .execute();
        h.createUpdate("""
            update notice_group set due_at = :now where id in
            (select group_id from notice_member where alert = :alert and told = 1)\
            """).bind("now", now.toEpochMilli()).bind("alert", alert).execute();
    }

    /** What was kept back for this reason and is open, or was told before, is told now. */
    void release(String suppressed) {
        h.createUpdate("""
            update notice_group set due_at = :now where id in
            (select group_id from notice_member where hushed = :why)\
            """)
                .bind("now", now.toEpochMilli())
                .bind("why", suppressed)
                .execute();
        h.createUpdate("update notice_member set news = 1, hushed = null where hushed = :why")
                .bind("why", suppressed)
                .execute();
    }

    /** The standing in a row that was read with {@link #COLUMNS}; empty where there is no alert. */
    static Optional<Notification.Standing> standing(ResultSet r) throws SQLException {
        long id = r.getLong("alert_id");
        if (r.wasNull()) {
            return Optional.empty();
        }
        return Optional.of(new Notification.Standing(
                id,
                Instant.ofEpochMilli(r.getLong("opened_at")),
                r.getInt("times"),
                Optional.ofNullable(r.getString("acked_by")),
                NotifyJson.texts(r.getString("notes")),
                NotifyJson.buttons(r.getString("offers"))));
    }

    static Alert alert(ResultSet r) throws SQLException {
        long resolved = r.getLong("resolved_at");
        var over = r.wasNull() ? Optional.<Instant>empty() : Optional.of(Instant.ofEpochMilli(resolved));
        var standing = standing(r).orElseThrow();
        return new Alert(
                standing.alert(),
                r.getString("alert_subject"),
                NotifyJson.item(r.getString("alert_body"), Optional.of(standing)),
                standing,
                over);
    }
}
