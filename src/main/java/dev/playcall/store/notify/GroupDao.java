package dev.playcall.store.notify;

import dev.playcall.notify.event.Delivery;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.NotifyStore;
import dev.playcall.notify.event.NotifyStore.Batch;
import dev.playcall.notify.event.NotifyStore.Decision;
import dev.playcall.notify.event.NotifyStore.Group;
import dev.playcall.notify.event.NotifyStore.Line;
import dev.playcall.notify.event.NotifyStore.Member;
import dev.playcall.notify.event.NotifyStore.PendingMessages;
import dev.playcall.notify.event.NotifyStore.Suppressed;
import dev.playcall.store.sql.PlainSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jdbi.v3.core.Handle;

/** Groups on their way into the outbox, within a transaction that is open. */
final class GroupDao {
    private static final String DUE = """
        (select id from notice_group where receiver = ? and route = ? and due_at <= ?
         order by due_at, id limit %d)\
        """.formatted(NotifyStore.MOST_GROUPS);
    private static final String ONE =
            "(select id from notice_group where receiver = ? and route = ? and due_at <= ? and" + " id = ?)";

    private final Handle h;
    private final Instant now;
    private final DeliveryDao deliveries;
    private final PlainSql sql;

    GroupDao(Handle h, Instant now) {
        this.h = h;
        this.sql = new PlainSql(h);
        this.now = now;
        this.deliveries = new DeliveryDao(h);
    }

    /** Left to itself SQLite reads every group there is, because that is in the order that is wanted. */
    static List<Line> due(Handle h, Instant now) {
        return h.createQuery("""
            select distinct receiver, route from notice_group indexed by notice_group_due
            where due_at <= :now order by receiver, route\
            """)
                .bind("now", now.toEpochMilli())
                .map((r, _) -> new Line(r.getString("receiver"), r.getString("route")))
                .list();
    }

    List<Long> due(Line line) {
        return sql.rows(
                "select id from notice_group where id in " + DUE + " order by due_at, id",
                r -> r.getLong("id"),
                line.receiver(),
                line.route(),
                now.toEpochMilli());
    }

    static List<PendingMessages> held(Handle h, Instant now) {
        return h.createQuery("""
            select g.receiver, g.route, count(*) messages, min(g.due_at) due,
              case when g.held <> '' then g.held when g.told_at is null then 'MORE' else 'INTERVAL' end why
            from notice_group g where g.due_at > :now and exists (select 1 from notice_member m
              where m.group_id = g.id and m.news = 1 and m.hushed is null)
            group by g.receiver, g.route, why order by due\
            """)
                .bind("now", now.toEpochMilli())
                .map((r, _) -> new PendingMessages(
                        r.getString("receiver"),
                        r.getString("route"),
                        r.getInt("messages"),
                        PendingMessages.Why.valueOf(r.getString("why")),
                        Instant.ofEpochMilli(r.getLong("due"))))
                .list();
    }

    private record Head(SortedMap<String, String> labels, boolean waited, long repeat, List<Member> members) {}

    private record Numbered(long group, Head head) {}

    private static Head head(ResultSet r) throws SQLException {
        return new Head(
                NotifyJson.labels(r.getString("labels")),
                r.getBoolean("waited"),
                r.getLong("repeat"),
                new ArrayList<>());
    }

    private static Member member(ResultSet r) throws SQLException {
        return new Member(
                r.getString("subject"),
                r.getBoolean("news"),
                r.getBoolean("told"),
                r.getString("hushed") != null,
                NotifyJson.item(r.getString("body"), AlertDao.standing(r)));
    }

    Batch batch(Line line, Map<Long, Long> repeats) {
        return batch(line, repeats, DUE, line.receiver(), line.route(), now.toEpochMilli());
    }

    Batch batch(Line line, long group, Map<Long, Long> repeats) {
        return batch(line, repeats, ONE, line.receiver(), line.route(), now.toEpochMilli(), group);
    }

    private Batch batch(Line line, Map<Long, Long> repeats, String which, Object... values) {
        Map<Long, Head> heads = new LinkedHashMap<>();
        sql.rows(
                        "select id, labels, repeat, waited from notice_group where id in " + which
                                + " order by due_at, id",
                        r -> new Numbered(r.getLong("id"), head(r)),
                        values)
                .forEach(n -> heads.put(n.group(), n.head()));
        sql.rows(
                        "select m.group_id, m.subject, m.status, m.body, m.news, m.told, m.hushed, "
                                + AlertDao.COLUMNS
                                + " from notice_member m left join alert a on a.id = m.alert where m.group_id in "
                                + which
                                + " order by m.rowid",
                        r -> Map.entry(r.getLong("group_id"), member(r)),
                        values)
                .forEach(m -> Optional.ofNullable(heads.get(m.getKey()))
                        .ifPresent(g -> g.members().add(m.getValue())));
        var groups = new ArrayList<Group>();
        heads.forEach((id, head) -> {
            repeats.put(id, head.repeat());
            groups.add(new Group(
                    id,
                    line.receiver(),
                    line.route(),
                    head.labels(),
                    head.members().stream().noneMatch(Member::notified),
                    head.waited(),
                    head.members()));
        });
        return new Batch(
                line.receiver(),
                line.route(),
                groups,
                since -> deliveries.sentSince(line.receiver(), line.route(), since),
                () -> deliveries.lastDigest(line.receiver(), line.route()));
    }

    /** Does as was decided; how many groups were told. */
    int carryOut(List<Decision> verdicts, Map<Long, Long> repeats) {
        int sent = 0;
        for (var verdict : verdicts) {
            sent += switch (verdict) {
                case Decision.Defer(var group, var until, var quietHours) -> hold(group, until, quietHours);
                case Decision.Send send -> send(send, repeats);
                case Decision.Digest digest -> digest(digest, repeats);
                case Decision.LeaveOut out -> leaveOut(out);
            };
        }
        return sent;
    }

    private static String thread(Group group) {
        return "group/" + group.id();
    }

    private int hold(Group group, Instant until, boolean quietHours) {
        sql.change(
                "update notice_group set due_at = ?, waited = ?, held = ? where id = ?",
                until.toEpochMilli(),
                quietHours || group.waited(),
                quietHours || group.waited() ? PendingMessages.Why.QUIET : PendingMessages.Why.STORM,
                group.id());
        return 0;
    }

    private int leaveOut(Decision.LeaveOut out) {
        var group = out.group();
        sql.change("delete from notice_member where group_id = ?", group.id());
        sql.change(
                "update notice_group set told_at = ?, due_at = null, waited = 0, held = '' where id = ?",
                now.toEpochMilli(),
                group.id());
        deliveries.add(group.receiver(), thread(group), out.content(), group.fresh(), now, group.route());
        return 0;
    }

    private int digest(Decision.Digest digest, Map<Long, Long> repeats) {
        if (digest.groups().isEmpty()) {
            return 0;
        }
        var first = digest.groups().getFirst().group();
        long id = deliveries.add(
                first.receiver(),
                "digest/" + first.route() + "/" + now.toEpochMilli(),
                digest.content(),
                true,
                now,
                first.route());
        for (var send : digest.groups()) {
            send.content()
                    .ifPresent(c -> deliveries.kept(
                            send.group(),
                            thread(send.group()),
                            c,
                            Delivery.State.FOLDED,
                            "grouped into delivery " + id,
                            0,
                            now));
            settle(send, repeats);
        }
        return digest.groups().size();
    }

    private int send(Decision.Send send, Map<Long, Long> repeats) {
        var group = send.group();
        send.content()
                .ifPresent(c -> deliveries.add(group.receiver(), thread(group), c, group.fresh(), now, group.route()));
        return settle(send, repeats);
    }

    private int settle(Decision.Send send, Map<Long, Long> repeats) {
        var group = send.group();
        send.suppressed().ifPresent(suppressed -> suppress(group, suppressed));
        boolean sent = send.content().isPresent();
        if (sent) {
            sql.change(
                    "delete from notice_member where group_id = ? and status <> 'OPEN' and hushed is null", group.id());
            sql.change("update notice_member set news = 0, told = 1 where group_id = ? and hushed is null", group.id());
        }
        long repeat = Optional.ofNullable(repeats.get(group.id())).orElse(0L);
        boolean open = group.members().stream()
                .anyMatch(m -> m.item().status() == NotificationEvent.Status.OPEN
                        && !m.suppressed()
                        && send.suppressed()
                                .filter(x -> x.subjects().contains(m.subject()))
                                .isEmpty());
        sql.change("""
            update notice_group set told_at = case when ? = 1 then ? else told_at end, due_at = ?, waited = 0, held = ''
            where id = ?\
            """, sent, now.toEpochMilli(), open && repeat > 0 ? now.toEpochMilli() + repeat : null, group.id());
        return sent ? 1 : 0;
    }

    /** What was never told and is over is forgotten; the rest waits for the end of what keeps it back. */
    private void suppress(Group group, Suppressed suppressed) {
        deliveries.kept(
                group,
                thread(group),
                suppressed.content(),
                Delivery.State.MUTED,
                suppressed.why(),
                suppressed.mute(),
                now);
        var why = suppressed.mute() > 0 ? "mute " + suppressed.mute() : EventDao.INHIBITED;
        for (var subject : suppressed.subjects()) {
            h.createUpdate("""
                delete from notice_member where group_id = :group and subject = :subject and told = 0
                and status <> 'OPEN'\
                """)
                    .bind("group", group.id())
                    .bind("subject", subject)
                    .execute();
            h.createUpdate("""
                update notice_member set hushed = :why, news = 0
                where group_id = :group and subject = :subject\
                """)
                    .bind("why", why)
                    .bind("group", group.id())
                    .bind("subject", subject)
                    .execute();
        }
    }
}
