package dev.playcall.store.notify;

import dev.playcall.notify.event.Delivery;
import dev.playcall.notify.event.Delivery.Attempt;
import dev.playcall.notify.event.Delivery.Outcome;
import dev.playcall.notify.event.Delivery.State;
import dev.playcall.notify.event.Notification;
import dev.playcall.notify.event.NotifyStore.Claim;
import dev.playcall.notify.event.NotifyStore.Group;
import dev.playcall.store.sql.PlainSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/** The rows of the outbox, within a transaction that is open. */
final class DeliveryDao {
    private static final Predicate<String> NUMBER =
            Pattern.compile("[1-9]\\d{0,17}").asMatchPredicate();
    private static final String COLUMNS = """
        select id, receiver, thread, state, created_at, due_at, lease, ended_at, fresh, tries, reason, ref, content
        from delivery\
        """;

    private final Handle h;
    private final PlainSql sql;

    DeliveryDao(Handle h) {
        this.h = h;
        this.sql = new PlainSql(h);
    }

    long add(String receiver, String thread, Notification.Content content, boolean fresh, Instant now) {
        return add(receiver, thread, content, fresh, now, "");
    }

    long add(String receiver, String thread, Notification.Content content, boolean fresh, Instant now, String route) {
        long id = sql.number(
                        """
                        insert into delivery (receiver, thread, state, created_at, due_at, fresh, content, route)
                        values (?, ?, 'due', ?, ?, ?, ?, ?) returning id\
                        """,
                        receiver,
                        thread,
                        now.toEpochMilli(),
                        now.toEpochMilli(),
                        fresh,
                        NotifyJson.write(content),
                        route)
                .orElseThrow();
        about(id, content);
        return id;
    }

    /** Whoever looks at a run finds what was told of it. */
    private void about(long id, Notification.Content content) {
        content.items().stream()
                .map(i -> i.labels().getOrDefault("run", ""))
                .filter(NUMBER)
                .distinct()
                .forEach(r ->
                        sql.change("insert into delivery_run (run, delivery) values (?, ?)", Long.parseLong(r), id));
    }

    /** One that is not sent by itself, with the reason. */
    void kept(
            Group group,
            String thread,
            Notification.Content content,
            State state,
            String reason,
            long mute,
            Instant now) {
        long id = sql.number(
                        """
                        insert into delivery (receiver, thread, state, created_at, ended_at, fresh, content, route, reason, mute)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning id\
                        """,
                        group.receiver(),
                        thread,
                        state.word(),
                        now.toEpochMilli(),
                        now.toEpochMilli(),
                        group.fresh(),
                        NotifyJson.write(content),
                        group.route(),
                        reason,
                        mute > 0 ? mute : null)
                .orElseThrow();
        about(id, content);
    }

    /** How many messages were made for this receiver by this route since then. */
    int sentSince(String receiver, String route, Instant since) {
        return h.createQuery("""
            select count(*) from delivery where receiver = :receiver and route = :route
            and created_at > :since and state not in ('muted', 'folded')\
            """)
                .bind("receiver", receiver)
                .bind("route", route)
                .bind("since", since.toEpochMilli())
                .mapTo(Integer.class)
                .one();
    }

    Optional<Instant> lastDigest(String receiver, String route) {
        return h.createQuery("""
            select max(created_at) from delivery where receiver = :receiver and route = :route
            and thread >= 'digest/' and thread < 'digest0'\
            """)
                .bind("receiver", receiver)
                .bind("route", route)
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli);
    }

    /**
     * The set of states is that of the partial indexes; without it SQLite reads the whole ledger, and without their names
     * all that waits. It goes from one receiver to the next, however much waits for each.
     */
    List<String> busy(Instant now) {
        return h.createQuery("""
            with recursive waiting (receiver) as (
              select min(receiver) from delivery indexed by delivery_waiting
              where state in ('due', 'sending')
              union all
              select (select min(d.receiver) from delivery d indexed by delivery_waiting
                where d.state in ('due', 'sending') and d.receiver > waiting.receiver)
              from waiting where waiting.receiver is not null)
            select w.receiver from waiting w where w.receiver is not null and (
              exists (select 1 from delivery d indexed by delivery_due where d.receiver = w.receiver
                and d.state in ('due', 'sending') and d.state = 'due' and d.due_at <= :now)
              or exists (select 1 from delivery d indexed by delivery_by_state where d.state = 'sending'
                and d.receiver = w.receiver and d.lease <= :now))
            order by w.receiver\
            """)
                .bind("now", now.toEpochMilli())
                .mapTo(String.class)
                .list();
    }

    /**
     * What was tried already stands behind what was not: each try of a receiver in trouble is another message. The index
     * is named so that a claim reads no more of what waits than it takes.
     */
    List<Notification> claim(Claim request) {
        long now = request.now().toEpochMilli();
        var notifications = sql.rows(COLUMNS + """
             d indexed by delivery_due where d.receiver = ? and d.state in ('due', 'sending')
            and ((d.state = 'due' and d.due_at <= ?) or (d.state = 'sending' and d.lease <= ?))
            and not exists (select 1 from delivery e indexed by delivery_open_thread
              where e.receiver = d.receiver and e.thread = d.thread and e.id < d.id
              and e.state in ('due', 'sending'))
            order by d.due_at, d.id limit ?\
            """, this::notification, request.receiver(), now, now, request.most());
        notifications.forEach(p -> sql.change(
                "update delivery set state = 'sending', lease = ? where id = ?",
                request.lease().toEpochMilli(),
                p.id()));
        return notifications;
    }

    private Notification notification(ResultSet r) throws SQLException {
        long id = r.getLong("id");
        boolean fresh = r.getBoolean("fresh");
        var earlier = fresh ? Optional.<String>empty() : earlier(r.getString("receiver"), r.getString("thread"), id);
        // One whose lease ran out was being sent by somebody who is gone.
        return new Notification(
                id,
                r.getString("receiver"),
                r.getString("thread"),
                earlier,
                fresh,
                r.getInt("tries"),
                Instant.ofEpochMilli(r.getLong("created_at")),
                r.getInt("tries") > 0
                        || !r.getString("reason").isEmpty()
                        || r.getString("state").equals("sending"),
                NotifyJson.content(r.getString("content")));
    }

    private Optional<String> earlier(String receiver, String thread, long before) {
        return sql.text("""
            select ref from delivery
            where receiver = ? and thread = ? and id < ? and state = 'done' and ref <> ''
            order by id desc limit 1\
            """, receiver, thread, before);
    }

    boolean attempted(Outcome o) {
        var attempt = o.attempt();
        sql.change(
                """
                insert into delivery_attempt (delivery, number, at, millis, delivered, answer)
                values (?, ?, ?, ?, ?, ?) on conflict (delivery, number) do nothing\
                """,
                o.id(),
                attempt.number(),
                attempt.at().toEpochMilli(),
                attempt.millis(),
                attempt.delivered(),
                attempt.answer());
        boolean over = o.next() == State.DONE || o.next() == State.DEAD;
        return sql.change(
                        """
                        update delivery set state = ?, due_at = ?, lease = null, tries = ?, reason = ?, ref = ?, ended_at = ?
                        where id = ?\
                        """,
                        o.next().word(),
                        o.due().map(Instant::toEpochMilli).orElse(null),
                        attempt.number(),
                        o.reason(),
                        o.ref(),
                        over ? attempt.at().toEpochMilli() + attempt.millis() : null,
                        o.id())
                == 1;
    }

    List<Delivery> list(Optional<State> state, Optional<String> receiver, Optional<Long> before, int most) {
        return h.createQuery(COLUMNS + """
             where (:state is null or state = :state) and (:receiver is null or receiver = :receiver)
            and (:before is null or id < :before) order by id desc limit :most\
            """)
                .bind("state", state.map(State::word).orElse(null))
                .bind("receiver", receiver.orElse(null))
                .bind("before", before.orElse(null))
                .bind("most", most)
                .map((r, _) -> delivery(r, List.of()))
                .list();
    }

    List<Delivery> ofRun(long run, Optional<Long> before, int most) {
        return h.createQuery(COLUMNS + """
             where id in (select delivery from delivery_run where run = :run and delivery < :before
              order by delivery desc limit :most)
            order by id\
            """)
                .bind("run", run)
                .bind("before", before.orElse(Long.MAX_VALUE))
                .bind("most", most)
                .map((r, _) -> delivery(r, List.of()))
                .list();
    }

    Optional<Delivery> find(long id) {
        var attempts = h.createQuery("""
            select number, at, millis, delivered, answer from delivery_attempt
            where delivery = :id order by number\
            """)
                .bind("id", id)
                .map((r, _) -> new Attempt(
                        r.getInt("number"),
                        Instant.ofEpochMilli(r.getLong("at")),
                        r.getLong("millis"),
                        r.getBoolean("delivered"),
                        r.getString("answer")))
                .list();
        return h.createQuery(COLUMNS + " where id = :id")
                .bind("id", id)
                .map((r, _) -> delivery(r, attempts))
                .findOne();
    }

    private static Delivery delivery(ResultSet r, List<Attempt> attempts) throws SQLException {
        return new Delivery(
                r.getLong("id"),
                r.getString("receiver"),
                r.getString("thread"),
                State.valueOf(r.getString("state").toUpperCase(Locale.ROOT)),
                Instant.ofEpochMilli(r.getLong("created_at")),
                time(r, "due_at"),
                time(r, "ended_at"),
                r.getString("reason"),
                r.getString("ref"),
                r.getInt("tries"),
                NotifyJson.content(r.getString("content")),
                attempts);
    }

    private static Optional<Instant> time(ResultSet r, String column) throws SQLException {
        long millis = r.getLong(column);
        return r.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    boolean redeliver(long id, Instant now) {
        return h.createUpdate("""
            update delivery set state = 'due', due_at = :now, created_at = :now, ended_at = null, reason = ''
            where id = :id and state in ('done', 'dead', 'muted', 'folded')\
            """)
                        .bind("now", now.toEpochMilli())
                        .bind("id", id)
                        .execute()
                == 1;
    }

    /** What waits for another try waits no longer. */
    void dueNow(String receiver, Instant now) {
        sql.change("""
            update delivery set due_at = ? where receiver = ? and state in ('due', 'sending') and state = 'due'
            and due_at > ?\
            """, now.toEpochMilli(), receiver, now.toEpochMilli());
    }

    int giveUp(String receiver, Instant madeBy, String reason, Instant now) {
        return sql.change("""
            update delivery set state = 'dead', due_at = null, ended_at = ?, reason = ?
            where receiver = ? and state in ('due', 'sending') and state = 'due' and created_at <= ?\
            """, now.toEpochMilli(), reason, receiver, madeBy.toEpochMilli());
    }

    int redeliverDead(Instant now) {
        return h.createUpdate("""
            update delivery set state = 'due', due_at = :now, created_at = :now, ended_at = null, reason = ''
            where state = 'dead'\
            """).bind("now", now.toEpochMilli()).execute();
    }

    /** Waits that end later than any that is begun now were begun by a clock that was wrong. */
    void abandonLate(Instant latest) {
        h.createUpdate("update delivery set due_at = :latest where state = 'due' and due_at > :latest")
                .bind("latest", latest.toEpochMilli())
                .execute();
    }

    void abandon(Instant now) {
        h.createUpdate("""
            update delivery set state = 'due', due_at = :now, lease = null,
              reason = 'sending was interrupted when Playcall stopped and may have arrived'
            where state = 'sending'\
            """).bind("now", now.toEpochMilli()).execute();
    }
}
