package dev.playcall.store.notify;

import dev.playcall.notify.alert.Alert;
import dev.playcall.notify.event.Notification;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.NotifyStore.Intake;
import dev.playcall.notify.event.NotifyStore.Routed;
import dev.playcall.notify.event.NotifyStore.RoutedEvent;
import dev.playcall.notify.event.Severity;
import dev.playcall.store.notify.AlertState.Change;
import dev.playcall.store.sql.PlainSql;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Notices on their way into groups, within a transaction that is open. */
final class EventDao {
    /** Why something is kept back while something graver is open. */
    static final String INHIBITED = "inhibited";

    private final Handle h;
    private final Instant now;
    private final PlainSql sql;
    /** What was looked up or done in this transaction already: a storm is much of the same. */
    private final Map<RoutedEvent, Long> groups = new HashMap<>();

    private final Set<Due> dues = new HashSet<>();

    EventDao(Handle h, Instant now) {
        this.h = h;
        this.now = now;
        this.sql = new PlainSql(h);
    }

    private record Due(long group, boolean atOnce) {}

    Intake take(Routed routed) {
        var n = routed.notice();
        var body = NotifyJson.write(NotifyJson.item(n));
        if (!n.order().repeats() && !added(routed, n.key(), body)) {
            var earlier = sql.text("select hash from notice where source = ? and key = ?", n.source(), n.key());
            return earlier.filter(routed.hash()::equals).isPresent() ? Intake.AGAIN : Intake.CLASH;
        }
        if (n.status() == NotificationEvent.Status.EVENT || n.notifiesEachTime()) {
            return intake(routed, body);
        }
        return switch (new AlertStateDao(sql, now).report(subject(n), n, routed.hash())) {
            case Change.Changed _ -> {
                if (n.order().repeats()) {
                    addedAgain(routed, body);
                }
                yield intake(routed, body);
            }
            case Change.Words _ -> {
                reword(n, body);
                yield Intake.AGAIN;
            }
            case Change.Times _, Change.Unchanged _ -> Intake.AGAIN;
        };
    }

    private Intake intake(Routed routed, String body) {
        var n = routed.notice();
        var alerts = new AlertDao(h, now);
        var alert = switch (n.status()) {
            case OPEN -> Optional.of(alerts.open(n, subject(n), body, routed.to(), routed.offers()));
            case RESOLVED -> alerts.resolve(subject(n), body, n.at());
            case EVENT -> Optional.<Long>empty();
        };
        if (n.status() == NotificationEvent.Status.RESOLVED) {
            resolve(subject(n), body);
            alerts.release(INHIBITED);
        }
        routed.to().forEach(a -> join(n, body, a, alert));
        return Intake.NEW;
    }

    /** What goes on is said in other words, as when a measured value stands in them; that is no news. */
    private void reword(NotificationEvent n, String body) {
        sql.change("update alert set body = ? where subject = ? and resolved_at is null", body, subject(n));
        sql.change("update notice_member set body = ? where subject = ? and status = 'OPEN'", body, subject(n));
    }

    private boolean added(Routed routed, String key, String body) {
        var n = routed.notice();
        return sql.change(
                        """
                        insert into notice (source, key, hash, subject, at, taken_at, body, routed, fingerprint)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (source, key) do nothing\
                        """,
                        n.source(),
                        key,
                        routed.hash(),
                        n.subject(),
                        n.at().toEpochMilli(),
                        now.toEpochMilli(),
                        body,
                        routed.to().size(),
                        n.labels().get("fingerprint"))
                == 1;
    }

    /** The same may be said again after something else; each time it counted has a name of its own. */
    private void addedAgain(Routed routed, String body) {
        var key = routed.notice().key();
        if (!added(routed, key, body)) {
            long last = sql.number("select max(id) from notice").orElse(0L);
            added(routed, key + "/again/" + (last + 1), body);
        }
    }

    private static String subject(NotificationEvent n) {
        return n.source() + "/" + n.subject();
    }

    /** What is over is told wherever it was told that it began, whatever the routes say of the end. */
    private void resolve(String subject, String body) {
        var groups = h.createQuery("select group_id from notice_member where subject = :subject and status = 'OPEN'")
                .bind("subject", subject)
                .mapTo(Long.class)
                .list();
        for (var group : groups) {
            h.createUpdate("""
                update notice_member set status = 'RESOLVED', body = :body, news = 1
                where group_id = :group and subject = :subject\
                """)
                    .bind("group", group)
                    .bind("subject", subject)
                    .bind("body", body)
                    .execute();
            due(group, false);
        }
    }

    /** Ends it without its source, wherever it was told that it began. */
    void resolveByHand(Alert alert, String note) {
        var body = NotifyJson.write(alert.item().resolvedByHand(now));
        var alerts = new AlertDao(h, now);
        alerts.resolveByHand(alert.id(), body, note);
        resolve(alert.subject(), body);
        alerts.release(INHIBITED);
    }

    private void join(NotificationEvent n, String body, RoutedEvent to, Optional<Long> alert) {
        boolean onlyChanges = to.options().onlyChanges();
        if (onlyChanges && n.status() == NotificationEvent.Status.EVENT) {
            return;
        }
        long group = group(to);
        if (n.status() != NotificationEvent.Status.RESOLVED && isFirst(group, n, body, alert)) {
            due(group, n.severity() == Severity.CRITICAL);
            return;
        }
        var standing = h.createQuery(
                        "select status, body from notice_member where group_id = :group and subject = :subject")
                .bind("group", group)
                .bind("subject", subject(n))
                .map((r, _) -> new Standing(r.getString("status"), NotifyJson.item(r.getString("body"))))
                .findOne();
        if (n.status() == NotificationEvent.Status.RESOLVED) {
            if (standing.isEmpty() && !onlyChanges) {
                member(group, n, NotifyJson.write(happened(n)), NotificationEvent.Status.EVENT, true, Optional.empty());
                due(group, false);
            }
            return;
        }
        // A sender that repeats itself tells nothing new; one that says it got worse does, and so does each failed run.
        boolean news = standing.filter(s -> s.status().equals("OPEN"))
                .map(s -> n.severity().compareTo(s.item().severity()) > 0 || (n.notifiesEachTime() && !onlyChanges))
                .orElse(true);
        member(group, n, body, n.status(), news, alert);
        if (news) {
            due(group, n.severity() == Severity.CRITICAL);
        }
    }

    /** Whether nothing about this subject was in the group: the usual case in a storm, in one step. */
    private boolean isFirst(long group, NotificationEvent n, String body, Optional<Long> alert) {
        return sql.change("""
            insert into notice_member (group_id, subject, status, body, news, told, alert)
            values (?, ?, ?, ?, 1, 0, ?) on conflict (group_id, subject) do nothing\
            """, group, subject(n), n.status(), body, alert.orElse(null)) == 1;
    }

    /** Tells somebody else of what is open, at once. */
    void also(Alert alert, RoutedEvent to) {
        long group = group(to);
        h.createUpdate("""
            insert into notice_member (group_id, subject, status, body, news, told, alert)
            values (:group, :subject, 'OPEN', :body, 1, 0, :alert)
            on conflict (group_id, subject) do update set news = 1\
            """)
                .bind("group", group)
                .bind("subject", alert.subject())
                .bind("body", NotifyJson.write(alert.item()))
                .bind("alert", alert.id())
                .execute();
        due(group, true);
    }

    private record Standing(String status, Notification.Item item) {}

    /** The end of something that nobody was told of is a thing that happened. */
    private static Notification.Item happened(NotificationEvent n) {
        return new Notification.Item(
                NotificationEvent.Status.EVENT,
                n.severity(),
                n.kind(),
                n.title(),
                n.text(),
                n.link(),
                n.at(),
                n.labels());
    }

    private long group(RoutedEvent to) {
        return groups.computeIfAbsent(to, this::found);
    }

    private long found(RoutedEvent to) {
        return sql.number(
                        """
                        insert into notice_group (receiver, route, labels, hold, pause, repeat)
                        values (?, ?, ?, ?, ?, ?)
                        on conflict (receiver, route, labels) do update
                        set hold = excluded.hold, pause = excluded.pause, repeat = excluded.repeat
                        returning id\
                        """,
                        to.receiver(),
                        to.route(),
                        NotifyJson.write(to.group()),
                        to.timing().hold().toMillis(),
                        to.timing().interval().toMillis(),
                        to.timing().repeat().toMillis())
                .orElseThrow();
    }

    private void member(
            long group,
            NotificationEvent n,
            String body,
            NotificationEvent.Status status,
            boolean news,
            Optional<Long> alert) {
        h.createUpdate("""
            insert into notice_member (group_id, subject, status, body, news, told, alert)
            values (:group, :subject, :status, :body, :news, 0, :alert)
            on conflict (group_id, subject) do update
            set status = excluded.status, body = excluded.body, news = max(notice_member.news, excluded.news),
              alert = coalesce(excluded.alert, notice_member.alert)\
            """)
                .bind("alert", alert.orElse(null))
                .bind("group", group)
                .bind("subject", subject(n))
                .bind("status", status.name())
                .bind("body", body)
                .bind("news", news)
                .execute();
    }

    /** When the group is told: held for a moment, not too often, and at once when it is grave and new. */
    private void due(long group, boolean atOnce) {
        if (!dues.add(new Due(group, atOnce))) {
            return;
        }
        long at = now.toEpochMilli();
        sql.change("""
            update notice_group set due_at = min(coalesce(due_at, 9223372036854775807), ? + case
              when ? = 1 then 0
              when told_at is null then hold
              else max(hold, min(pause, told_at + pause - ?)) end)
            where id = ?\
            """, at, atOnce, at, group);
    }
}
