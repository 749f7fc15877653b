package dev.playcall.store.notify;

import dev.playcall.notify.event.Delivery;
import dev.playcall.notify.event.Notification;
import dev.playcall.notify.event.NotifyStore;
import dev.playcall.notify.event.NotifyStore.PendingMessages;
import dev.playcall.store.sql.Dialect;
import dev.playcall.store.sql.GroupCommit;
import dev.playcall.store.sql.PlainSql;
import dev.playcall.store.sql.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Notices, groups and the outbox in SQL. */
final class SqlNotifyStore implements NotifyStore {
    private static final JournalCursor CURSOR = new JournalCursor("notify");
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

    private final Transactions transactions;
    private final GroupCommit groupCommit;
    private final Jdbi readers;

    SqlNotifyStore(Transactions transactions, Jdbi readers) {
        this.transactions = transactions;
        this.groupCommit = new GroupCommit(transactions);
        this.readers = readers;
    }

    @Override
    public List<Intake> take(List<Routed> events, Origin origin, Instant now) {
        return groupCommit.in(h -> {
            if (origin instanceof Origin.SignedPost(var id, var until) && !isFirst(h, id, until)) {
                return events.stream().map(_ -> Intake.AGAIN).toList();
            }
            var rows = new EventDao(h, now);
            var taken = events.stream().map(rows::take).toList();
            if (origin instanceof Origin.Journal(var cursor)) {
                CURSOR.advance(h, cursor);
            }
            return taken;
        });
    }

    private static boolean isFirst(Handle h, String post, Instant until) {
        return new PlainSql(h)
                        .change(
                                "insert into signed_post (id, until) values (?, ?) on conflict (id) do nothing",
                                post,
                                until.toEpochMilli())
                == 1;
    }

    @Override
    public long cursor() {
        return readers.withHandle(CURSOR::in);
    }

    @Override
    public Optional<Notification.Item> sameError(String fingerprint, long beforeRun) {
        return readers.withHandle(
                h -> h.createQuery("""
            select body from notice where fingerprint = :fingerprint
            and %s < :run order by id desc limit 1\
            """.formatted(Dialect.of(h).number("json_extract(body, '$.labels.run')")))
                        .bind("fingerprint", fingerprint)
                        .bind("run", beforeRun)
                        .map((r, _) -> NotifyJson.item(r.getString("body")))
                        .findOne());
    }

    @Override
    public List<Line> due(Instant now) {
        return readers.withHandle(h -> GroupDao.due(h, now));
    }

    @Override
    public List<Long> dueGroups(Line line, Instant now) {
        return readers.withHandle(h -> new GroupDao(h, now).due(line));
    }

    @Override
    public int deliver(Line line, Instant now, Decider decider) {
        return deliver(now, decider, (rows, repeats) -> rows.batch(line, repeats));
    }

    @Override
    public int deliver(Line line, long group, Instant now, Decider decider) {
        return deliver(now, decider, (rows, repeats) -> rows.batch(line, group, repeats));
    }

    private int deliver(Instant now, Decider decider, BiFunction<GroupDao, Map<Long, Long>, Batch> batch) {
        return transactions.in(h -> {
            var rows = new GroupDao(h, now);
            var repeats = new HashMap<Long, Long>();
            return rows.carryOut(decider.decide(batch.apply(rows, repeats)), repeats);
        });
    }

    @Override
    public void shift(Duration by) {
        transactions.run(h -> List.of(
                        "update delivery set due_at = due_at + :by, lease = lease + :by where state in ('due',"
                                + " 'sending')",
                        "update notice_group set due_at = due_at + :by where due_at is not null and waited = 0",
                        "update notice_group set told_at = told_at + :by where told_at is not null",
                        "update escalation set due_at = due_at + :by where due_at is not null")
                .forEach(sql -> h.createUpdate(sql).bind("by", by.toMillis()).execute()));
    }

    @Override
    public int redeliverDead(Instant now) {
        return transactions.in(h -> new DeliveryDao(h).redeliverDead(now));
    }

    @Override
    public long enqueue(String receiver, String thread, Notification.Content content, Instant now) {
        return transactions.in(h -> new DeliveryDao(h).add(receiver, thread, content, true, now));
    }

    @Override
    public List<String> busyReceivers(Instant now) {
        return readers.withHandle(h -> new DeliveryDao(h).busy(now));
    }

    @Override
    public List<Notification> exchange(List<Delivery.Outcome> outcomes, Claim next) {
        return groupCommit.in(h -> {
            var rows = new DeliveryDao(h);
            outcomes.forEach(rows::attempted);
            if (next.recovered()) {
                rows.dueNow(next.receiver(), next.now());
            }
            return next.most() > 0 ? rows.claim(next) : List.of();
        });
    }

    @Override
    public int giveUp(String receiver, Instant madeBy, String reason, Instant now) {
        return transactions.in(h -> new DeliveryDao(h).giveUp(receiver, madeBy, reason, now));
    }

    @Override
    public long attemptsSince(String receiver, Instant since) {
        return readers.withHandle(h -> h.createQuery("""
            select count(*) from delivery d join delivery_attempt a on a.delivery = d.id
            where d.receiver = :receiver and a.at >= :since and (d.ended_at is null or d.ended_at >= :since)\
            """)
                .bind("receiver", receiver)
                .bind("since", since.toEpochMilli())
                .mapTo(Long.class)
                .one());
    }

    @Override
    public void abandon(Instant now) {
        transactions.run(h -> {
            var rows = new DeliveryDao(h);
            rows.abandon(now);
            rows.abandonLate(now.plus(LONGEST_WAIT));
        });
    }

    @Override
    public List<Delivery> deliveries(
            Optional<Delivery.State> state, Optional<String> receiver, Optional<Long> before, int most) {
        return readers.withHandle(h -> new DeliveryDao(h).list(state, receiver, before, most));
    }

    @Override
    public List<Delivery> ofRun(long run, Optional<Long> before, int most) {
        return readers.withHandle(h -> new DeliveryDao(h).ofRun(run, before, most));
    }

    @Override
    public Optional<Delivery> delivery(long id) {
        return readers.withHandle(h -> new DeliveryDao(h).find(id));
    }

    @Override
    public List<PendingMessages> held(Instant now) {
        return readers.withHandle(h -> GroupDao.held(h, now));
    }

    @Override
    public boolean redeliver(long id, Instant now) {
        return transactions.in(h -> new DeliveryDao(h).redeliver(id, now));
    }

    @Override
    public Map<Delivery.State, Long> counts() {
        var counts = new EnumMap<Delivery.State, Long>(Delivery.State.class);
        for (var state : Delivery.State.values()) {
            counts.put(state, 0L);
        }
        readers.useHandle(h -> h.createQuery("select state, count(*) n from delivery group by state")
                .map((r, _) ->
                        counts.put(Delivery.State.of(r.getString("state")).orElseThrow(), r.getLong("n")))
                .list());
        return counts;
    }

    @Override
    public void delete(Instant before) {
        transactions.run(h -> {
            h.createUpdate("delete from delivery where id in (select id from delivery where ended_at < :before limit"
                            + " 5000)")
                    .bind("before", before.toEpochMilli())
                    .execute();
            h.createUpdate("delete from notice where id in (select id from notice where taken_at < :before limit 5000)")
                    .bind("before", before.toEpochMilli())
                    .execute();
            h.createUpdate("delete from alert where id in (select id from alert where resolved_at < :before limit"
                            + " 5000)")
                    .bind("before", before.toEpochMilli())
                    .execute();
            h.createUpdate("""
                delete from alert_state where heard_at < :before and not exists
                (select 1 from alert a where a.subject = alert_state.subject and a.resolved_at is null)\
                """).bind("before", before.toEpochMilli()).execute();
            h.createUpdate("delete from signed_post where until < :before")
                    .bind("before", before.toEpochMilli())
                    .execute();
            h.createUpdate("delete from mute where ended_at < :before")
                    .bind("before", before.toEpochMilli())
                    .execute();
            h.createUpdate("""
                delete from notice_group where due_at is null and told_at < :before
                and not exists (select 1 from notice_member m where m.group_id = notice_group.id)\
                """).bind("before", before.toEpochMilli()).execute();
        });
    }
}
