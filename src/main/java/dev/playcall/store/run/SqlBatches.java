package dev.playcall.store.run;

import dev.playcall.domain.Batch;
import dev.playcall.domain.Origin;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.RunState;
import dev.playcall.domain.name.Person;
import dev.playcall.domain.name.RunId;
import dev.playcall.domain.rollout.Deployment;
import dev.playcall.journal.Batches;
import dev.playcall.journal.JournalEntry;
import dev.playcall.journal.RetriedAloneException;
import dev.playcall.store.sql.DueWork;
import dev.playcall.store.sql.IdempotencyNames;
import dev.playcall.store.sql.RunRowMapper;
import dev.playcall.store.sql.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** Requests over several environments, in SQL. */
final class SqlBatches implements Batches {
    private final Transactions transactions;
    private final Jdbi readers;
    private final DueWork due;
    private final Runnable wakeUp;

    public SqlBatches(Transactions transactions, Jdbi readers, DueWork due, Runnable wakeUp) {
        this.transactions = transactions;
        this.readers = readers;
        this.due = due;
        this.wakeUp = wakeUp;
    }

    @Override
    public Made create(BatchRequest request, List<RunEvent.Requested> asked, Instant at) {
        if (asked.isEmpty()) {
            throw new IllegalArgumentException("a batch has runs");
        }
        var made = transactions.in(h -> made(h, request.origin())
                .or(() -> RepeatGuard.batch(h, request.retryOf()))
                .map(b -> new Made(b, runs(h, b.id()), List.of()))
                .orElseGet(() -> insert(h, request, asked, at)));
        wakeUp.run();
        return made;
    }

    /** Inside somebody's transaction, for a request that was not recorded before. */
    Made insert(Handle h, BatchRequest request, List<RunEvent.Requested> asked, Instant at) {
        RepeatGuard.alone(h, asked).ifPresent(r -> {
            throw new RetriedAloneException(r);
        });
        var batch = insert(h, request, at);
        var runs = new ArrayList<Run>();
        var entries = new ArrayList<JournalEntry>();
        for (var one : asked) {
            var place = new Batch.Place(batch.id(), runs.size() + 1, asked.size(), request.onFailure());
            var created = RunDao.create(h, one.in(place), at, due);
            runs.add(created.run());
            entries.add(created.entry());
        }
        return new Made(batch, runs, entries);
    }

    private static Batch insert(Handle h, BatchRequest request, Instant at) {
        return h.createQuery("""
            insert into batch (on_failure, by, channel, message_id, retry_of, at)
            values (:onFailure, :by, :channel, :message, :retryOf, :at) returning *\
            """)
                .bind("onFailure", request.onFailure().word())
                .bind("by", request.by().value())
                .bind("channel", request.origin().channel())
                .bind("message", request.origin().messageId())
                .bind("retryOf", request.retryOf())
                .bind("at", at.toEpochMilli())
                .map(SqlBatches::row)
                .one();
    }

    @Override
    public Optional<Batch> find(long batch) {
        return readers.withHandle(h -> find(h, batch));
    }

    static Optional<Batch> find(Handle h, long batch) {
        return h.createQuery("select * from batch where id = :id")
                .bind("id", batch)
                .map(SqlBatches::row)
                .findOne();
    }

    @Override
    public Optional<Batch> made(Origin request) {
        return readers.withHandle(h -> made(h, request));
    }

    static Optional<Batch> made(Handle h, Origin request) {
        return request.messageId()
                .flatMap(m -> h.createQuery("select * from batch where channel = :channel and message_id in (<names>)")
                        .bind("channel", request.channel())
                        .bindList("names", IdempotencyNames.of(m))
                        .map(SqlBatches::row)
                        .findFirst());
    }

    @Override
    public List<Batch> list(long before, int max) {
        return readers.withHandle(
                h -> h.createQuery("select * from batch where id < :before order by id desc limit :max")
                        .bind("before", before)
                        .bind("max", max)
                        .map(SqlBatches::row)
                        .list());
    }

    @Override
    public List<Run> runs(long batch) {
        return readers.withHandle(h -> runs(h, batch));
    }

    static List<Run> runs(Handle h, long batch) {
        return h
                .createQuery("select * from run where batch = :batch order by batch_place")
                .bind("batch", batch)
                .map(RunRowMapper::readable)
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public Optional<String> waitsFor(Run run) {
        return Batches.super.waitsFor(run).map(line -> named(run, line)).or(() -> held(run));
    }

    /** People know a batch of waves as their deployment. */
    private String named(Run run, String line) {
        return run.batch()
                .flatMap(p -> deployment(p).map(d -> line.replace("in batch " + p.batch(), "in " + d)))
                .orElse(line);
    }

    private Optional<Deployment> deployment(Batch.Place place) {
        return readers.withHandle(h -> SqlDeployments.ofBatch(h, place.batch()));
    }

    private Optional<String> held(Run run) {
        return run.batch()
                .filter(p -> p.number() > 1)
                .flatMap(p -> deployment(p)
                        .filter(d -> d.held(List.of(run)).isPresent())
                        .map(d -> d.holdLine(run)));
    }

    /** The runs that do not begin any more because this one did not end well. */
    public static List<RunId> stopped(Handle h, Run ended) {
        boolean stops = ended.batch()
                .filter(p -> p.onFailure() == Batch.OnFailure.STOP && ended.state() != RunState.SUCCESS)
                .isPresent();
        return stops ? waitingBehind(h, ended) : List.of();
    }

    /** The runs of its batch that stand behind it and have not begun. */
    static List<RunId> waitingBehind(Handle h, Run ended) {
        return ended.batch()
                .map(p -> h.createQuery("""
                    select id from run where batch = :batch and batch_place > :place
                      and state in ('queued', 'awaiting_approval') order by batch_place\
                    """)
                        .bind("batch", p.batch())
                        .bind("place", p.number())
                        .mapTo(Long.class)
                        .map(RunId::new)
                        .list())
                .orElse(List.of());
    }

    /** The lock of the run whose turn it is now, where there is one. */
    public static Optional<String> next(Handle h, Run ended) {
        return ended.batch()
                .flatMap(p -> h.createQuery("""
                    select lock_name from run where batch = :batch and state = 'queued'
                    order by batch_place limit 1\
                    """)
                        .bind("batch", p.batch())
                        .mapTo(String.class)
                        .findOne());
    }

    public static String reason(Run ended) {
        var how = Set.of(RunState.CANCELLED, RunState.REJECTED, RunState.INTERRUPTED)
                        .contains(ended.state())
                ? "was " + ended.state().word()
                : ended.state().word().replace('_', ' ');
        return "batch " + ended.batch().map(Batch.Place::batch).orElse(0L) + " stopped after " + ended.id() + " "
                + ended.request().environment() + " " + how;
    }

    private static Batch row(ResultSet r, StatementContext context) throws SQLException {
        return new Batch(
                r.getLong("id"),
                Batch.OnFailure.of(r.getString("on_failure")).orElse(Batch.OnFailure.STOP),
                new Person(r.getString("by")),
                new Origin(r.getString("channel"), RunRowMapper.text(r, "message_id")),
                Instant.ofEpochMilli(r.getLong("at")),
                RunRowMapper.number(r, "retry_of"));
    }
}
