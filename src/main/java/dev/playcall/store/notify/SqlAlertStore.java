package dev.playcall.store.notify;

import dev.playcall.notify.alert.Alert;
import dev.playcall.notify.alert.AlertAction;
import dev.playcall.notify.alert.AlertStore;
import dev.playcall.notify.alert.Silence;
import dev.playcall.notify.event.GroupTiming;
import dev.playcall.notify.event.Notification;
import dev.playcall.notify.event.NotifyStore.RoutedEvent;
import dev.playcall.store.sql.RunRowMapper;
import dev.playcall.store.sql.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Alerts, mutes, escalations and offers in SQL. */
final class SqlAlertStore implements AlertStore {
    private final Transactions transactions;
    private final Jdbi readers;

    SqlAlertStore(Transactions transactions, Jdbi readers) {
        this.transactions = transactions;
        this.readers = readers;
    }

    @Override
    public List<Alert> open(Optional<Long> before, int most) {
        return readers.withHandle(h -> h.createQuery("select " + AlertDao.COLUMNS + " from alert a"
                        + " where a.resolved_at is null and a.id < :before order by a.id desc limit :most")
                .bind("before", before.orElse(Long.MAX_VALUE))
                .bind("most", most)
                .map((r, _) -> AlertDao.alert(r))
                .list());
    }

    @Override
    public List<Alert> resolved(Optional<Long> before, int most) {
        return readers.withHandle(h -> h.createQuery("select " + AlertDao.COLUMNS + " from alert a"
                        + " where a.resolved_at is not null and a.id < :before order by a.id desc limit :most")
                .bind("before", before.orElse(Long.MAX_VALUE))
                .bind("most", most)
                .map((r, _) -> AlertDao.alert(r))
                .list());
    }

    @Override
    public List<Alert> earlier(Alert alert, int most) {
        return readers.withHandle(h -> h.createQuery("select " + AlertDao.COLUMNS + " from alert a"
                        + " where a.subject = :subject and a.id < :id order by a.id desc limit :most")
                .bind("subject", alert.subject())
                .bind("id", alert.id())
                .bind("most", most)
                .map((r, _) -> AlertDao.alert(r))
                .list());
    }

    @Override
    public List<AlertAction> actions(long alert) {
        return readers.withHandle(h -> new AlertActionDao(h).ofAlert(alert));
    }

    @Override
    public Map<String, Long> countOpen() {
        var counts = new TreeMap<String, Long>();
        readers.useHandle(h -> h.createQuery("""
            select coalesce(json_extract(body, '$.labels.environment'), '') environment, count(*) n
            from alert where resolved_at is null group by environment\
            """)
                .map((r, _) -> counts.put(r.getString("environment"), r.getLong("n")))
                .list());
        return counts;
    }

    @Override
    public boolean isOpen(String subject) {
        return readers.withHandle(
                h -> h.createQuery("select 1 from alert where subject = :subject and resolved_at is null")
                        .bind("subject", subject)
                        .mapTo(Integer.class)
                        .findOne()
                        .isPresent());
    }

    @Override
    public Optional<Alert> alert(long id) {
        return readers.withHandle(h -> h.createQuery("select " + AlertDao.COLUMNS + " from alert a where a.id = :id")
                .bind("id", id)
                .map((r, _) -> AlertDao.alert(r))
                .findOne());
    }

    @Override
    public List<Long> alertsOfGroup(long group) {
        return readers.withHandle(
                h -> h.createQuery("""
                    select distinct a.id from alert a join notice_member m on m.alert = a.id
                    where m.group_id = :group and a.resolved_at is null order by a.id\
                    """).bind("group", group).mapTo(Long.class).list());
    }

    @Override
    public boolean acknowledge(long alert, String by, String note, Instant now) {
        return transactions.in(h -> {
            int taken = h.createUpdate("""
                update alert set acked_by = :by, acked_at = :now
                where id = :id and resolved_at is null and acked_by is null\
                """)
                    .bind("by", by)
                    .bind("now", now.toEpochMilli())
                    .bind("id", alert)
                    .execute();
            if (taken == 0) {
                return false;
            }
            var rows = new AlertDao(h, now);
            rows.note(alert, note);
            rows.wake(alert);
            h.createUpdate("update escalation set due_at = null where alert = :alert")
                    .bind("alert", alert)
                    .execute();
            return true;
        });
    }

    @Override
    public boolean resolve(long alert, String note, Instant now) {
        return transactions.in(h -> {
            var open = h.createQuery(
                            "select " + AlertDao.COLUMNS + " from alert a where a.id = :id and a.resolved_at is null")
                    .bind("id", alert)
                    .map((r, _) -> AlertDao.alert(r))
                    .findOne();
            open.ifPresent(a -> new EventDao(h, now).resolveByHand(a, note));
            return open.isPresent();
        });
    }

    @Override
    public void note(long alert, String note, Instant now) {
        transactions.run(h -> noted(h, alert, note, now));
    }

    private static void noted(Handle h, long alert, String note, Instant now) {
        var rows = new AlertDao(h, now);
        if (rows.note(alert, note)) {
            rows.wake(alert);
        }
    }

    @Override
    public Silence mute(
            List<String> matchers, String reason, String by, String channel, Instant now, Optional<Instant> until) {
        long id = transactions.in(h -> h.createUpdate("""
            insert into mute (matchers, reason, by, channel, at, until)
            values (:matchers, :reason, :by, :channel, :at, :until)\
            """)
                .bind("matchers", NotifyJson.write(matchers))
                .bind("reason", reason)
                .bind("by", by)
                .bind("channel", channel)
                .bind("at", now.toEpochMilli())
                .bind("until", until.map(Instant::toEpochMilli).orElse(null))
                .executeAndReturnGeneratedKeys("id")
                .mapTo(Long.class)
                .one());
        return new Silence(id, matchers, reason, by, channel, now, until, 0);
    }

    @Override
    public boolean extend(long id, Instant until) {
        return transactions.in(h -> h.createUpdate("update mute set until = :until where id = :id and ended_at is null")
                        .bind("until", until.toEpochMilli())
                        .bind("id", id)
                        .execute()
                > 0);
    }

    @Override
    public List<Silence> mutes() {
        return readers.withHandle(h -> h.createQuery("""
            select m.*, (select count(*) from delivery d where d.mute = m.id) hidden
            from mute m where m.ended_at is null order by m.id\
            """).map((r, _) -> mute(r)).list());
    }

    private static Silence mute(ResultSet r) throws SQLException {
        return new Silence(
                r.getLong("id"),
                NotifyJson.texts(r.getString("matchers")),
                r.getString("reason"),
                r.getString("by"),
                r.getString("channel"),
                Instant.ofEpochMilli(r.getLong("at")),
                RunRowMapper.number(r, "until").map(Instant::ofEpochMilli),
                r.getInt("hidden"));
    }

    @Override
    public boolean unmute(
            long id, Optional<String> by, List<String> others, Optional<Notification.Content> content, Instant now) {
        return transactions.in(h -> {
            int ended = h.createUpdate(
                            "update mute set ended_at = :now, ended_by = :by where id = :id and ended_at is null")
                    .bind("now", now.toEpochMilli())
                    .bind("by", by.orElse(null))
                    .bind("id", id)
                    .execute();
            if (ended == 0) {
                return false;
            }
            content.ifPresent(c -> {
                var receivers = new TreeSet<>(others);
                receivers.addAll(h.createQuery("select distinct receiver from delivery where mute = :id")
                        .bind("id", id)
                        .mapTo(String.class)
                        .list());
                var deliveries = new DeliveryDao(h);
                receivers.forEach(r -> deliveries.add(r, "mute/" + id, c, true, now));
            });
            new AlertDao(h, now).release("mute " + id);
            return true;
        });
    }

    @Override
    public List<EscalationStep> dueSteps(Instant now) {
        return readers.withHandle(h -> h.createQuery("select e.*, " + AlertDao.COLUMNS + """
             from escalation e join alert a on a.id = e.alert
            where e.due_at <= :now and a.resolved_at is null and a.acked_by is null
            order by e.due_at limit 200\
            """)
                .bind("now", now.toEpochMilli())
                .map((r, _) -> new EscalationStep(
                        AlertDao.alert(r),
                        r.getString("route"),
                        r.getInt("step"),
                        NotifyJson.texts(r.getString("receivers")),
                        NotifyJson.labels(r.getString("labels")),
                        r.getLong("after")))
                .list());
    }

    @Override
    public void escalate(EscalationStep step, GroupTiming groupTiming, String note, Instant now) {
        transactions.run(h -> {
            int taken = h.createUpdate("""
                update escalation set due_at = null where alert = :alert and route = :route and step = :step
                and due_at is not null and exists (select 1 from alert a
                  where a.id = :alert and a.acked_by is null and a.resolved_at is null)\
                """)
                    .bind("alert", step.alert().id())
                    .bind("route", step.route())
                    .bind("step", step.step())
                    .execute();
            if (taken == 1) {
                noted(h, step.alert().id(), note, now);
                var rows = new EventDao(h, now);
                step.receivers()
                        .forEach(r ->
                                rows.also(step.alert(), new RoutedEvent(r, step.route(), step.labels(), groupTiming)));
            }
        });
    }

    @Override
    public void postpone(EscalationStep step, Instant until) {
        transactions.run(h -> h.createUpdate("""
            update escalation set due_at = :until
            where alert = :alert and route = :route and step = :step and due_at is not null\
            """)
                .bind("until", until.toEpochMilli())
                .bind("alert", step.alert().id())
                .bind("route", step.route())
                .bind("step", step.step())
                .execute());
    }

    @Override
    public AlertAction.Claim claim(long offer, String by, Instant now) {
        return transactions.in(h -> new AlertActionDao(h).claim(offer, by, now));
    }

    @Override
    public void claimed(long offer, Optional<Long> run, String note, Instant now) {
        transactions.run(h -> {
            var rows = new AlertActionDao(h);
            if (run.isEmpty()) {
                rows.release(offer);
                return;
            }
            rows.started(offer, run.get());
            rows.find(offer).ifPresent(o -> noted(h, o.alert(), note, now));
        });
    }

    @Override
    public Optional<AlertAction> offerOf(long run) {
        return readers.withHandle(h -> new AlertActionDao(h).ofRun(run));
    }

    @Override
    public void ended(AlertAction alertAction, boolean well, String note, Instant at) {
        transactions.run(h -> {
            new AlertActionDao(h).ended(alertAction.id(), well, at);
            noted(h, alertAction.alert(), note, at);
        });
    }
}
