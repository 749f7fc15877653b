package dev.playcall.store;

import dev.playcall.domain.EnvironmentName;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.Progress;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.RunId;
import dev.playcall.domain.RunState;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.HostStatus;
import dev.playcall.journal.JournalEntry;
import dev.playcall.journal.RunPage;
import dev.playcall.journal.RunQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Runs and events in SQL. */
final class SqlEventStore implements EventStore {
    private final Jdbi writer;
    private final Jdbi readers;
    private final DueLanes due;
    private final Runnable nudge;

    /** @param nudge called after a commit that made work due */
    SqlEventStore(Jdbi writer, Jdbi readers, DueLanes due, Runnable nudge) {
        this.writer = writer;
        this.readers = readers;
        this.due = due;
        this.nudge = nudge;
    }

    @Override
    public Created create(RunEvent.Requested asked, Instant at) {
        var created = writer.inTransaction(h -> {
            var earlier = wish(h, asked);
            if (earlier.isPresent()) {
                return new Created.Existing(earlier.get());
            }
            var id = RunRows.insert(h, asked, at);
            var run = RunRows.find(h, id).orElseThrow();
            if (run.state() == RunState.QUEUED) {
                due.make(h, run.request().lock());
            }
            return new Created.New(run, new JournalEntry(RunRows.event(h, id, asked, at), at, asked, run));
        });
        nudge.run();
        return created;
    }

    private static Optional<Run> wish(Handle h, RunEvent.Requested asked) {
        return asked.origin()
                .messageId()
                .flatMap(
                        message -> h.createQuery("select * from run where channel = :channel and message_id = :message")
                                .bind("channel", asked.origin().channel())
                                .bind("message", message)
                                .map(Rows::run)
                                .findOne());
    }

    @Override
    public Appended append(RunId id, RunEvent event, Instant at) {
        var wake = new AtomicBoolean();
        Appended appended = writer.inTransaction(h -> {
            var before = RunRows.find(h, id);
            if (before.isEmpty()) {
                return new Appended.Unknown();
            }
            var after = before.get().after(event, at);
            if (after.isEmpty()) {
                return new Appended.Refused(before.get());
            }
            return new Appended.At(write(h, after.get(), event, at, wake));
        });
        if (wake.get()) {
            nudge.run();
        }
        return appended;
    }

    private JournalEntry write(Handle h, Run run, RunEvent event, Instant at, AtomicBoolean wake) {
        RunRows.update(h, run);
        if (run.state() == RunState.QUEUED) {
            due.make(h, run.request().lock());
            wake.set(true);
        }
        if (event instanceof RunEvent.Finished) {
            StatusRows.ended(h, run, RunRows.hosts(h, run.id()));
            StatusRows.settle(h, run);
            wake.set(!due.makeWaiting(h).isEmpty());
        }
        return new JournalEntry(RunRows.event(h, run.id(), event, at), at, event, run);
    }

    @Override
    public Optional<JournalEntry> claim(String lock, int maxRunning, String node, LogName log, Instant at) {
        return writer.inTransaction(h -> {
            var next = h.createQuery("""
                            select * from run where lock_name = :lock and state = 'queued'
                              and not exists (select 1 from run where lock_name = :lock and state = 'running')
                              and (select count(*) from run where state = 'running') < :max
                            order by priority desc, id limit 1""")
                    .bind("lock", lock)
                    .bind("max", maxRunning)
                    .map(Rows::run)
                    .findOne();
            return next.map(run -> start(h, run, node, log.of(run, at), at));
        });
    }

    private static JournalEntry start(Handle h, Run run, String node, String log, Instant at) {
        var event = new RunEvent.Started(node, log);
        var started = run.after(event, at).orElseThrow();
        RunRows.update(h, started);
        StatusRows.running(h, started, started.request().hosts());
        return new JournalEntry(RunRows.event(h, run.id(), event, at), at, event, started);
    }

    @Override
    public void progress(RunId run, Progress progress, List<HostResult> changed, Intake intake) {
        writer.useTransaction(h -> {
            RunRows.progress(h, run, progress, intake);
            RunRows.hosts(h, run, changed);
            if (!changed.isEmpty()) {
                var found = RunRows.find(h, run).orElseThrow();
                if (found.state() == RunState.RUNNING) {
                    StatusRows.running(
                            h, found, changed.stream().map(HostResult::host).toList());
                }
            }
        });
    }

    @Override
    public Intake intake(RunId run) {
        return readers.withHandle(
                h -> h.createQuery("select read_events, read_output, written_log from run where id = :id")
                        .bind("id", run.value())
                        .map((r, _) -> new Intake(r.getLong(1), r.getLong(2), r.getLong(3)))
                        .findOne()
                        .orElse(Intake.NONE));
    }

    @Override
    public Optional<Run> find(RunId run) {
        return readers.withHandle(h -> RunRows.find(h, run));
    }

    @Override
    public RunPage list(RunQuery query) {
        return readers.withHandle(h -> new RunSearch(query).page(h));
    }

    @Override
    public List<Run> queue() {
        return runs("""
                select * from run where state in ('queued', 'awaiting_approval')
                order by state desc, priority desc, id""");
    }

    @Override
    public List<Run> running() {
        return runs("select * from run where state = 'running' order by id");
    }

    private List<Run> runs(String sql) {
        return readers.withHandle(h -> h.createQuery(sql).map(Rows::run).list());
    }

    @Override
    public List<HostResult> hosts(RunId run) {
        return readers.withHandle(h -> RunRows.hosts(h, run));
    }

    @Override
    public List<JournalEntry> entries(RunId run) {
        return readers.withHandle(h -> h.createQuery("""
                        select run.*, event.sequence, event.at, event.type, event.body
                        from event join run on run.id = event.run where event.run = :run order by event.sequence""")
                .bind("run", run.value())
                .map(SqlEventStore::entry)
                .list());
    }

    @Override
    public List<JournalEntry> entriesAfter(long sequence, int max) {
        return readers.withHandle(h -> h.createQuery("""
                        select run.*, event.sequence, event.at, event.type, event.body
                        from event join run on run.id = event.run where event.sequence > :after
                        order by event.sequence limit :max""")
                .bind("after", sequence)
                .bind("max", max)
                .map(SqlEventStore::entry)
                .list());
    }

    private static JournalEntry entry(java.sql.ResultSet r, org.jdbi.v3.core.statement.StatementContext context)
            throws java.sql.SQLException {
        return new JournalEntry(
                r.getLong("sequence"),
                Instant.ofEpochMilli(r.getLong("at")),
                EventJson.read(r.getString("type"), r.getString("body")),
                Rows.run(r, context));
    }

    @Override
    public List<HostStatus> statuses(EnvironmentName environment) {
        return readers.withHandle(h -> StatusRows.of(h, environment));
    }

    @Override
    public List<Past> like(Run run, int max) {
        return readers.withHandle(h -> h.createQuery("""
                        select ended_at - started_at as took, results from run
                        where lock_name = :lock and environment = :environment and state = 'success'
                          and is_check = :check and host_limit = :limit
                        order by id desc limit :max""")
                .bind("lock", run.request().lock())
                .bind("environment", run.request().environment().value())
                .bind("check", run.request().check())
                .bind("limit", run.request().limit())
                .bind("max", max)
                .map((r, _) -> new Past(Duration.ofMillis(r.getLong("took")), r.getInt("results")))
                .list());
    }
}
