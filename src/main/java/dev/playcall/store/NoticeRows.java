package dev.playcall.store;

import dev.playcall.notify.Assignment;
import dev.playcall.notify.Notice;
import dev.playcall.notify.NotifyStore.Group;
import dev.playcall.notify.NotifyStore.Routed;
import dev.playcall.notify.NotifyStore.Taken;
import dev.playcall.notify.Parcel;
import dev.playcall.notify.Severity;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Notices on their way into groups, and groups on their way into the outbox, within a transaction that is open. */
final class NoticeRows {
    private final Handle h;
    private final Instant now;

    NoticeRows(Handle h, Instant now) {
        this.h = h;
        this.now = now;
    }

    Taken take(Routed routed) {
        var n = routed.notice();
        var earlier = h.createQuery("select hash from notice where source = :source and key = :key")
                .bind("source", n.source())
                .bind("key", n.key())
                .mapTo(String.class)
                .findOne();
        if (earlier.isPresent()) {
            return earlier.get().equals(routed.hash()) ? Taken.AGAIN : Taken.CLASH;
        }
        var body = NotifyJson.write(NotifyJson.item(n));
        h.createUpdate("""
                        insert into notice (source, key, hash, subject, at, taken_at, body, routed)
                        values (:source, :key, :hash, :subject, :at, :taken, :body, :routed)""")
                .bind("source", n.source())
                .bind("key", n.key())
                .bind("hash", routed.hash())
                .bind("subject", n.subject())
                .bind("at", n.at().toEpochMilli())
                .bind("taken", now.toEpochMilli())
                .bind("body", body)
                .bind("routed", routed.to().size())
                .execute();
        if (n.status() == Notice.Status.RESOLVED) {
            resolve(n, body);
        }
        routed.to().forEach(a -> join(n, body, a));
        return Taken.NEW;
    }

    private static String subject(Notice n) {
        return n.source() + "/" + n.subject();
    }

    /** What is over is told wherever it was told that it began, whatever the routes say of the end. */
    private void resolve(Notice n, String body) {
        var groups = h.createQuery("select group_id from notice_member where subject = :subject and status = 'OPEN'")
                .bind("subject", subject(n))
                .mapTo(Long.class)
                .list();
        for (var group : groups) {
            h.createUpdate("""
                            update notice_member set status = 'RESOLVED', body = :body, news = 1
                            where group_id = :group and subject = :subject""")
                    .bind("group", group)
                    .bind("subject", subject(n))
                    .bind("body", body)
                    .execute();
            due(group, false);
        }
    }

    private void join(Notice n, String body, Assignment to) {
        long group = group(to);
        var standing = h.createQuery(
                        "select status, body from notice_member where group_id = :group and subject = :subject")
                .bind("group", group)
                .bind("subject", subject(n))
                .map((r, _) -> new Standing(r.getString("status"), NotifyJson.item(r.getString("body"))))
                .findOne();
        if (n.status() == Notice.Status.RESOLVED) {
            if (standing.isEmpty()) {
                member(group, n, NotifyJson.write(happened(n)), Notice.Status.EVENT, true);
                due(group, false);
            }
            return;
        }
        // A sender that repeats itself tells nothing new; one that says it got worse does.
        boolean news = standing.filter(s -> s.status().equals("OPEN"))
                .map(s -> n.severity().compareTo(s.item().severity()) > 0)
                .orElse(true);
        member(group, n, body, n.status(), news);
        if (news) {
            due(group, n.severity() == Severity.CRITICAL);
        }
    }

    private record Standing(String status, Parcel.Item item) {}

    /** The end of something that nobody was told of is a thing that happened. */
    private static Parcel.Item happened(Notice n) {
        return new Parcel.Item(
                Notice.Status.EVENT, n.severity(), n.kind(), n.title(), n.text(), n.link(), n.at(), n.labels());
    }

    private long group(Assignment to) {
        var labels = NotifyJson.write(to.group());
        h.createUpdate("""
                        insert into notice_group (receiver, route, labels, hold, pause, repeat)
                        values (:receiver, :route, :labels, :hold, :pause, :repeat)
                        on conflict (receiver, route, labels) do update
                        set hold = excluded.hold, pause = excluded.pause, repeat = excluded.repeat""")
                .bind("receiver", to.receiver())
                .bind("route", to.route())
                .bind("labels", labels)
                .bind("hold", to.timing().hold().toMillis())
                .bind("pause", to.timing().interval().toMillis())
                .bind("repeat", to.timing().repeat().toMillis())
                .execute();
        return h.createQuery(
                        "select id from notice_group where receiver = :receiver and route = :route and labels = :labels")
                .bind("receiver", to.receiver())
                .bind("route", to.route())
                .bind("labels", labels)
                .mapTo(Long.class)
                .one();
    }

    private void member(long group, Notice n, String body, Notice.Status status, boolean news) {
        h.createUpdate("""
                        insert into notice_member (group_id, subject, status, body, news, told)
                        values (:group, :subject, :status, :body, :news, 0)
                        on conflict (group_id, subject) do update
                        set status = excluded.status, body = excluded.body, news = max(news, excluded.news)""")
                .bind("group", group)
                .bind("subject", subject(n))
                .bind("status", status.name())
                .bind("body", body)
                .bind("news", news)
                .execute();
    }

    /** When the group is told: held for a moment, not too often, and at once when it is grave and new. */
    private void due(long group, boolean atOnce) {
        h.createUpdate("""
                        update notice_group set due_at = min(coalesce(due_at, 9223372036854775807), :now + case
                          when :grave then 0
                          when told_at is null then hold
                          else max(hold, told_at + pause - :now) end)
                        where id = :group""")
                .bind("now", now.toEpochMilli())
                .bind("grave", atOnce)
                .bind("group", group)
                .execute();
    }

    /** Tells one due group; false when none is due. */
    boolean tellNext(Function<Group, Parcel.Content> say) {
        var due = h.createQuery("""
                        select id, receiver, labels, repeat from notice_group
                        where due_at <= :now order by due_at, id limit 1""")
                .bind("now", now.toEpochMilli())
                .map((r, _) ->
                        new Due(r.getLong("id"), r.getString("receiver"), r.getString("labels"), r.getLong("repeat")))
                .findOne();
        due.ifPresent(d -> tell(d, say));
        return due.isPresent();
    }

    private record Due(long id, String receiver, String labels, long repeat) {}

    private void tell(Due due, Function<Group, Parcel.Content> say) {
        var items = h.createQuery("select status, body from notice_member where group_id = :group order by rowid")
                .bind("group", due.id())
                .map((r, _) -> NotifyJson.item(r.getString("body")))
                .list();
        boolean fresh = h.createQuery("select count(*) from notice_member where group_id = :group and told = 1")
                        .bind("group", due.id())
                        .mapTo(Integer.class)
                        .one()
                == 0;
        if (!items.isEmpty()) {
            var content = say.apply(new Group(NotifyJson.labels(due.labels()), fresh, items));
            new DeliveryRows(h).add(due.receiver(), "group/" + due.id(), content, fresh, now);
        }
        h.createUpdate("delete from notice_member where group_id = :group and status <> 'OPEN'")
                .bind("group", due.id())
                .execute();
        int open = h.createUpdate("update notice_member set news = 0, told = 1 where group_id = :group")
                .bind("group", due.id())
                .execute();
        var again =
                open > 0 && due.repeat() > 0 ? Optional.of(now.toEpochMilli() + due.repeat()) : Optional.<Long>empty();
        h.createUpdate("update notice_group set told_at = :now, due_at = :again where id = :group")
                .bind("now", now.toEpochMilli())
                .bind("again", again.orElse(null))
                .bind("group", due.id())
                .execute();
    }
}
