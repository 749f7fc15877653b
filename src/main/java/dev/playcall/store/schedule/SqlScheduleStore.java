package dev.playcall.store.schedule;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.domain.name.Person;
import dev.playcall.schedule.MissedRun;
import dev.playcall.schedule.Schedule;
import dev.playcall.schedule.SchedulePlan;
import dev.playcall.schedule.ScheduleStore;
import dev.playcall.schedule.ScheduleTiming;
import dev.playcall.store.sql.IdempotencyNames;
import dev.playcall.store.sql.OptionsJson;
import dev.playcall.store.sql.RunEventJson;
import dev.playcall.store.sql.RunRowMapper;
import dev.playcall.store.sql.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** Schedules in SQL. Whatever changes what is due next wakes the alarm in the same transaction. */
public final class SqlScheduleStore implements ScheduleStore {
    private static final TypeReference<Map<String, Object>> VARIABLES = new TypeReference<>() {};

    /** SQLite names an index on an expression in the fault. */
    private static final String NAME_INDEX = "one_active_schedule_of_a_name";

    private final Transactions transactions;
    private final Jdbi readers;
    private final SchedulerAlarm alarm;

    SqlScheduleStore(Transactions transactions, Jdbi readers, SchedulerAlarm alarm) {
        this.transactions = transactions;
        this.readers = readers;
        this.alarm = alarm;
    }

    @Override
    public Schedule add(Draft draft, Instant now) {
        try {
            var added = transactions.in(h -> known(h, draft).orElseGet(() -> insert(h, draft, now)));
            alarm.wakeUp();
            return added;
        } catch (UnableToExecuteStatementException e) {
            if (String.valueOf(e.getMessage()).contains(NAME_INDEX)) {
                throw new NameTakenException(draft.plan().name());
            }
            throw e;
        }
    }

    @Override
    public Optional<Schedule> made(Draft draft) {
        return readers.withHandle(h -> known(h, draft));
    }

    private static Optional<Schedule> known(Handle h, Draft draft) {
        return draft.idempotencyKey()
                .flatMap(w -> h.createQuery(
                                "select * from schedule where channel = :channel and message_id in (<names>)")
                        .bind("channel", draft.channel())
                        .bindList("names", IdempotencyNames.of(w))
                        .map(SqlScheduleStore::row)
                        .findFirst());
    }

    private Schedule insert(Handle h, Draft draft, Instant now) {
        var cron = draft.timing() instanceof ScheduleTiming.Repeated(var line, var _)
                ? Optional.of(line)
                : Optional.empty();
        var zone = draft.timing() instanceof ScheduleTiming.Repeated(var _, var z)
                ? Optional.of(z.getId())
                : Optional.<String>empty();
        long id = h.createQuery("""
            insert into schedule (owner, channel, message_id, plan, cron, zone, missed, jitter, next_at, at)
            values (:owner, :channel, :wish, :plan, :cron, :zone, :missed, :jitter, :next, :at)
            returning id\
            """)
                .bind("owner", draft.owner().value())
                .bind("channel", draft.channel())
                .bind("wish", draft.idempotencyKey())
                .bind("plan", write(draft.plan()))
                .bind("cron", cron.map(Object::toString))
                .bind("zone", zone)
                .bind("missed", draft.missed().most())
                .bind("jitter", draft.jitter().toMillis())
                .bind("next", draft.next().toEpochMilli())
                .bind("at", now.toEpochMilli())
                .mapTo(Long.class)
                .one();
        var schedule = find(h, id).orElseThrow();
        due(h, schedule, Optional.of(draft.next()));
        alarm.set(h);
        return schedule;
    }

    private static void due(Handle h, Schedule schedule, Optional<Instant> next) {
        h.createUpdate("update schedule set next_at = :next, due_at = :due where id = :id")
                .bind("id", schedule.id())
                .bind("next", next.map(Instant::toEpochMilli))
                .bind("due", next.map(schedule::due).map(Instant::toEpochMilli))
                .execute();
    }

    @Override
    public Optional<Schedule> find(long id) {
        return readers.withHandle(h -> find(h, id));
    }

    private static Optional<Schedule> find(Handle h, long id) {
        return h.createQuery("select * from schedule where id = :id")
                .bind("id", id)
                .map(SqlScheduleStore::row)
                .findOne();
    }

    @Override
    public List<Schedule> all() {
        return readers.withHandle(h -> h.createQuery("select * from schedule order by id")
                .map(SqlScheduleStore::row)
                .list());
    }

    @Override
    public List<Schedule> due(Instant now) {
        return readers.withHandle(h -> h.createQuery("""
            select * from schedule where paused_at is null and due_at is not null and due_at <= :now
            order by due_at, id\
            """)
                .bind("now", now.toEpochMilli())
                .map(SqlScheduleStore::row)
                .list());
    }

    @Override
    public Optional<Instant> nextDue() {
        return readers.withHandle(SqlScheduleStore::nextDue);
    }

    static Optional<Instant> nextDue(Handle h) {
        return h.createQuery("select min(due_at) from schedule where paused_at is null and due_at is not null")
                .map((r, _) -> RunRowMapper.instant(r, 1))
                .one();
    }

    @Override
    public boolean pause(long id, Schedule.Paused paused) {
        return transactions.in(h -> h.createUpdate("""
            update schedule set paused_by = :by, paused_reason = :reason, paused_at = :at
            where id = :id and paused_at is null and next_at is not null\
            """)
                        .bind("id", id)
                        .bind("by", paused.by().value())
                        .bind("reason", paused.reason())
                        .bind("at", paused.since().toEpochMilli())
                        .execute()
                > 0);
    }

    @Override
    public boolean resume(long id, Optional<Instant> next) {
        boolean resumed = transactions.in(h -> {
            int rows = h.createUpdate("""
                update schedule set paused_by = null, paused_reason = null, paused_at = null
                where id = :id and paused_at is not null\
                """).bind("id", id).execute();
            if (rows > 0) {
                find(h, id).ifPresent(s -> due(h, s, next));
                alarm.set(h);
            }
            return rows > 0;
        });
        alarm.wakeUp();
        return resumed;
    }

    @Override
    public boolean remove(long id) {
        return transactions.in(h -> h.createUpdate("delete from schedule where id = :id")
                        .bind("id", id)
                        .execute()
                > 0);
    }

    @Override
    public boolean advance(Schedule schedule, Instant from, Optional<Instant> next, Optional<Schedule.Last> last) {
        return transactions.in(h -> {
            int rows = h.createUpdate("""
                update schedule set next_at = :next, due_at = :due, last_at = coalesce(:lastAt, last_at),
                  last_run = :lastRun, last_words = :lastWords
                where id = :id and next_at = :from\
                """)
                    .bind("id", schedule.id())
                    .bind("from", from.toEpochMilli())
                    .bind("next", next.map(Instant::toEpochMilli))
                    .bind("due", next.map(schedule::due).map(Instant::toEpochMilli))
                    .bind("lastAt", last.map(l -> l.time().toEpochMilli()))
                    .bind("lastRun", last.flatMap(Schedule.Last::run))
                    .bind("lastWords", last.map(Schedule.Last::words))
                    .execute();
            return rows > 0;
        });
    }

    /** How those are called who act when something is run by itself: with the times they act at. */
    public static Map<Person, String> names(Handle h, List<Person> schedules) {
        Map<Person, String> names = new HashMap<>();
        h.createQuery("select * from schedule where id in (<ids>)")
                .bindList(
                        "ids",
                        schedules.stream().map(p -> Long.parseLong(p.id())).toList())
                .map(SqlScheduleStore::row)
                .forEach(s -> names.put(
                        s.person(),
                        "schedule " + s.id() + (s.name().isEmpty() ? "" : " " + s.name()) + " ("
                                + s.timing().words() + ")"));
        schedules.forEach(p -> names.putIfAbsent(p, "schedule " + p.id()));
        return names;
    }

    private static Schedule row(ResultSet r, StatementContext context) throws SQLException {
        var next = RunRowMapper.instant(r, "next_at");
        var cron = RunRowMapper.text(r, "cron");
        // The time of one that comes once stays in its last time when it has come.
        var once = next.or(() -> last(r).map(Schedule.Last::time)).orElse(Instant.EPOCH);
        ScheduleTiming scheduleTiming = cron.isPresent()
                ? new ScheduleTiming.Repeated(cron.get(), ZoneId.of(r.getString("zone")))
                : new ScheduleTiming.Once(once);
        return new Schedule(
                r.getLong("id"),
                new Person(r.getString("owner")),
                r.getString("channel"),
                read(RunEventJson.tree(r.getString("plan"))),
                scheduleTiming,
                new MissedRun(r.getInt("missed")),
                Duration.ofMillis(r.getLong("jitter")),
                next,
                paused(r),
                last(r));
    }

    private static Optional<Schedule.Paused> paused(ResultSet r) throws SQLException {
        var since = RunRowMapper.instant(r, "paused_at");
        return since.isEmpty()
                ? Optional.empty()
                : Optional.of(new Schedule.Paused(
                        new Person(r.getString("paused_by")), r.getString("paused_reason"), since.get()));
    }

    private static Optional<Schedule.Last> last(ResultSet r) {
        try {
            var at = RunRowMapper.instant(r, "last_at");
            long run = r.getLong("last_run");
            var made = r.wasNull() ? Optional.<Long>empty() : Optional.of(run);
            var words = RunRowMapper.text(r, "last_words").orElse("");
            return at.map(t -> new Schedule.Last(t, made, words));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String write(SchedulePlan p) {
        var node = RunEventJson.JSON.createObjectNode();
        node.put("operation", p.operation()).put("environment", p.environment());
        p.playbook().ifPresent(b -> node.put("playbook", b));
        node.put("limit", p.limit()).put("check", p.check()).put("diff", p.diff());
        p.tags().forEach(node.putArray("tags")::add);
        node.set("variables", RunEventJson.JSON.valueToTree(p.variables()));
        if (!p.options().isNone()) {
            node.set("options", OptionsJson.write(p.options()));
        }
        p.task().ifPresent(t -> node.set("task", OptionsJson.write(t)));
        return node.put("name", p.name())
                .put("description", p.description())
                .put("receiver", p.receiver())
                .toString();
    }

    private static SchedulePlan read(JsonNode n) {
        var tags = new ArrayList<String>();
        n.path("tags").forEach(t -> tags.add(t.asText()));
        return new SchedulePlan(
                n.path("operation").asText(),
                n.path("environment").asText(),
                Optional.ofNullable(n.path("playbook").textValue()),
                n.path("limit").asText(),
                tags,
                n.path("check").asBoolean(),
                n.path("diff").asBoolean(),
                RunEventJson.JSON.convertValue(n.path("variables"), VARIABLES),
                n.path("name").asText(),
                n.path("description").asText(),
                n.path("receiver").asText(),
                OptionsJson.options(n.path("options")),
                OptionsJson.task(n.path("task")));
    }
}
