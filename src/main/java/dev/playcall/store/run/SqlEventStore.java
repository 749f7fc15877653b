package dev.playcall.store.run;

import dev.playcall.domain.HostResult;
import dev.playcall.domain.Origin;
import dev.playcall.domain.Progress;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.RunState;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.Batches;
import dev.playcall.journal.DeploymentStore;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.EventStore.DeployedVersion;
import dev.playcall.journal.EventStore.RunCompletion;
import dev.playcall.journal.EventStore.RunPage;
import dev.playcall.journal.History;
import dev.playcall.journal.HostStatus;
import dev.playcall.journal.JournalEntry;
import dev.playcall.journal.RunQuery;
import dev.playcall.journal.node.NodeStore;
import dev.playcall.store.notify.HostAlerts;
import dev.playcall.store.sql.DueWork;
import dev.playcall.store.sql.GroupCommit;
import dev.playcall.store.sql.IdempotencyNames;
import dev.playcall.store.sql.RunRowMapper;
import dev.playcall.store.sql.Transactions;
import dev.playcall.store.sql.WaitingRuns;
import dev.playcall.store.stats.DailyStats;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Runs and events in SQL. */
public final class SqlEventStore implements EventStore {
    /**
     * By number; who has a priority stands behind the last run that was asked for so many minutes before. Times alone would
     * not do: of two requests in the same moment the later number may bear the earlier time.
     */
    static final String TURN = """
        case when priority = 0 then id else 0.5 + coalesce((
          select earlier.id from run earlier where earlier.requested_at <= run.requested_at - run.priority * 60000
          order by earlier.id desc limit 1), 0) end, priority desc, id\
        """;

    private final Transactions transactions;
    private final GroupCommit together;
    private final Jdbi readers;
    private final DueWork due;
    private final Runnable wakeUp;
    private final WaitingRuns waiting = new WaitingRuns("state desc, " + TURN);
    private final SqlHistory history;
    private final SqlBatches batches;
    private final SqlDeployments deployments;
    private final SqlNodes nodes;

    /** @param wakeUp called after a commit that made work due */
    public SqlEventStore(Transactions transactions, Jdbi readers, DueWork due, Runnable wakeUp) {
        this.transactions = transactions;
        this.together = new GroupCommit(transactions);
        this.readers = readers;
        this.due = due;
        this.wakeUp = wakeUp;
        this.history = new SqlHistory(transactions, readers);
        this.batches = new SqlBatches(transactions, readers, due, wakeUp);
        this.deployments = new SqlDeployments(transactions, readers, batches, due, wakeUp);
        this.nodes = new SqlNodes(transactions, readers);
    }

    @Override
    public Created create(RunEvent.Requested asked, Instant at) {
        var created = together.in(h -> findByOrigin(h, asked.origin())
                .or(() -> RepeatGuard.run(h, asked))
                .<Created>map(Created.Existing::new)
                .orElseGet(() -> RunDao.create(h, asked, at, due)));
        if (created.run().state() == RunState.QUEUED) {
            wakeUp.run();
        }
        return created;
    }

    private static Optional<Run> findByOrigin(Handle h, Origin origin) {
        return origin.messageId()
                .flatMap(message -> h.createQuery(
                                "select * from run where channel = :channel and message_id in (<names>)")
                        .bind("channel", origin.channel())
                        .bindList("names", IdempotencyNames.of(message))
                        .map(RunRowMapper::run)
                        .findFirst());
    }

    @Override
    public Appended append(RunId id, RunEvent event, Instant at) {
        return append(id, event, RunCompletion.NONE, at);
    }

    @Override
    public List<Appended> append(List<RunId> runs, RunEvent event, Instant at) {
        var appended = transactions.in(h -> runs.stream()
                .map(run -> append(h, run, event, RunCompletion.NONE, at))
                .toList());
        if (appended.stream().anyMatch(SqlEventStore::wakes)) {
            wakeUp.run();
        }
        return appended;
    }

    @Override
    public Appended end(RunId id, RunEvent.Finished event, RunCompletion after, Instant at) {
        return append(id, event, after, at);
    }

    private Appended append(RunId id, RunEvent event, RunCompletion runCompletion, Instant at) {
        var appended = LockRefusal.unlessHeld(() -> transactions.in(h -> append(h, id, event, runCompletion, at)))
                .orElseGet(() -> find(id).<Appended>map(Appended.Refused::new).orElseGet(Appended.Unknown::new));
        if (wakes(appended)) {
            wakeUp.run();
        }
        return appended;
    }

    private Appended append(Handle h, RunId id, RunEvent event, RunCompletion runCompletion, Instant at) {
        var before = RunDao.find(h, id);
        if (before.isEmpty()) {
            return new Appended.Unknown();
        }
        var after = before.get().after(event, at);
        if (after.isEmpty()) {
            return new Appended.Refused(before.get());
        }
        boolean released =
                before.get().state() == RunState.RUNNING && after.get().state().isFinal();
        var entry = write(h, after.get(), event, at, released);
        if (!after.get().state().isFinal()) {
            return new Appended.At(entry, spread(h, before.get(), event, at));
        }
        ended(h, after.get(), released, runCompletion);
        return new Appended.At(entry, event instanceof RunEvent.Stopped ? List.of() : follow(h, after.get(), at));
    }

    /** What the end of a run means for the rest of its batch; in the same transaction, so that nothing can forget it. */
    private List<JournalEntry> follow(Handle h, Run ended, Instant at) {
        var gate = WaveGate.ended(h, ended, at, due);
        var stopped = gate.stops() ? SqlBatches.waitingBehind(h, ended) : SqlBatches.stopped(h, ended);
        if (stopped.isEmpty()) {
            SqlBatches.next(h, ended).ifPresent(lock -> due.make(h, lock));
        }
        var event = new RunEvent.Stopped(gate.stops() ? gate.reason() : SqlBatches.reason(ended));
        return Stream.concat(appendToAll(h, stopped, event, at), gate.rollback().stream())
                .toList();
    }

    /** Who agrees to one wave of a deployment agrees to all of it. */
    private List<JournalEntry> spread(Handle h, Run run, RunEvent event, Instant at) {
        return appendToAll(h, WaveGate.alsoAgreed(h, run, event), event, at).toList();
    }

    private Stream<JournalEntry> appendToAll(Handle h, List<RunId> runs, RunEvent event, Instant at) {
        return runs.stream()
                .map(run -> append(h, run, event, RunCompletion.NONE, at))
                .flatMap(a -> a instanceof Appended.At(var entry, var _) ? Stream.of(entry) : Stream.empty());
    }

    /** @param released whether it held its lock until now */
    private static void ended(Handle h, Run run, boolean released, RunCompletion after) {
        var hosts = released ? RunDao.hosts(h, run.id()) : List.<HostResult>of();
        if (released) {
            StatusDao.ended(h, run, hosts);
        }
        TextIndex.write(h, run, hosts, after.lines());
        DailyStats.ended(h, run, hosts, after);
    }

    private JournalEntry write(Handle h, Run run, RunEvent event, Instant at, boolean released) {
        RunDao.update(h, run);
        if (run.state() == RunState.QUEUED) {
            due.make(h, run.request().lock());
        }
        if (released) {
            due.makeNext(h);
        }
        return new JournalEntry(RunDao.event(h, run.id(), event, at), at, event, run);
    }

    private static boolean wakes(Appended appended) {
        return appended instanceof Appended.At(var entry, var _)
                && (entry.run().state() == RunState.QUEUED
                        || entry.run().state().isFinal());
    }

    @Override
    public Optional<JournalEntry> claim(
            String lock, int maxRunning, String node, LogName log, Admission admission, InstantSource clock) {
        return LockRefusal.unlessHeld(() ->
                        transactions.in(h -> NextRun.of(h, lock, maxRunning, node, admission, clock.instant())
                                .map(run -> start(h, run, node, log, clock.instant()))))
                .flatMap(claimed -> claimed);
    }

    private static JournalEntry start(Handle h, Run run, String node, LogName log, Instant at) {
        var event = new RunEvent.Started(node, log.of(run, at));
        var started = run.after(event, at).orElseThrow();
        RunDao.update(h, started);
        WaveGate.started(h, started);
        StatusDao.working(h, started, started.request().hosts());
        return new JournalEntry(RunDao.event(h, run.id(), event, at), at, event, started);
    }

    @Override
    public void progress(RunId id, Progress progress, List<HostResult> changed, Intake intake) {
        transactions.run(h -> {
            RunDao.progress(h, id, progress, intake);
            RunDao.hosts(h, id, changed);
            if (!changed.isEmpty()) {
                RunDao.find(h, id)
                        .filter(run -> run.state() == RunState.RUNNING)
                        .ifPresent(run -> StatusDao.working(
                                h, run, changed.stream().map(HostResult::host).toList()));
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
        return readers.withHandle(h -> RunDao.find(h, run));
    }

    @Override
    public RunPage list(RunQuery query) {
        return readers.withHandle(h -> new RunSearch(h, query).page());
    }

    @Override
    public OptionalLong count(RunQuery query) {
        return readers.withHandle(h -> new RunSearch(h, query).total());
    }

    @Override
    public List<Run> queue() {
        return readers.withHandle(waiting::read);
    }

    @Override
    public List<Run> running() {
        return readers.withHandle(NextRun::running);
    }

    @Override
    public Optional<Run> made(Origin request) {
        return readers.withHandle(h -> findByOrigin(h, request));
    }

    @Override
    public List<HostResult> hosts(RunId run) {
        return readers.withHandle(h -> RunDao.hosts(h, run));
    }

    @Override
    public List<HostResult> badHosts(RunId run) {
        return readers.withHandle(h -> RunDao.badHosts(h, run));
    }

    @Override
    public Map<RunId, List<HostResult>> hosts(Collection<RunId> runs, int most) {
        return readers.withHandle(h -> runs.stream().collect(Collectors.toMap(r -> r, r -> RunDao.hosts(h, r, most))));
    }

    @Override
    public List<JournalEntry> entries(RunId run) {
        return readers.withHandle(h -> RunEventDao.of(h, run));
    }

    @Override
    public List<JournalEntry> entriesAfter(long sequence, int max) {
        return readers.withHandle(h -> RunEventDao.after(h, sequence, max));
    }

    @Override
    public List<HostStatus> statuses(EnvironmentName environment) {
        return readers.withHandle(h -> StatusDao.of(h, environment));
    }

    @Override
    public int criticalAlerts(EnvironmentName environment, Set<String> servers) {
        return readers.withHandle(h -> HostAlerts.critical(h, environment, servers));
    }

    @Override
    public Batches batches() {
        return batches;
    }

    @Override
    public DeploymentStore deployments() {
        return deployments;
    }

    @Override
    public List<DeployedVersion> deployed(EnvironmentName environment, Optional<String> after, int most) {
        return readers.withHandle(h -> VersionDao.of(h, environment, after, most));
    }

    @Override
    public int countDeployed(EnvironmentName environment) {
        return readers.withHandle(h -> VersionDao.count(h, environment));
    }

    @Override
    public NodeStore nodes() {
        return nodes;
    }

    @Override
    public History history() {
        return history;
    }

    @Override
    public List<Past> like(Run run, int max) {
        long hosts = Math.max(run.progress().hosts(), run.request().hosts().size());
        return readers.withHandle(h -> h.createQuery("""
            select ended_at - started_at as took, results from (
              select * from run indexed by run_like
              where lock_name = :lock and environment = :environment and state = 'success'
                and is_check = :check and id < :id
              order by id desc limit 200) alike
            where host_limit = :limit or (:hosts > 0 and hosts * 2 >= :hosts and hosts <= :hosts * 2)
            order by id desc limit :max\
            """)
                .bind("lock", run.request().lock())
                .bind("environment", run.request().environment().value())
                .bind("check", run.request().check())
                .bind("limit", run.request().limit())
                .bind("hosts", hosts)
                .bind("id", run.id().value())
                .bind("max", max)
                .map((r, _) -> new Past(Duration.ofMillis(r.getLong("took")), r.getInt("results")))
                .list());
    }
}
