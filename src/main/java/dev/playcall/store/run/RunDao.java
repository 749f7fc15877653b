package dev.playcall.store.run;

import dev.playcall.domain.Batch;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.Pause;
import dev.playcall.domain.Progress;
import dev.playcall.domain.Revision;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.RunState;
import dev.playcall.domain.format.NaturalOrder;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.EventStore.Created;
import dev.playcall.journal.EventStore.Intake;
import dev.playcall.journal.JournalEntry;
import dev.playcall.store.sql.ApprovalStateJson;
import dev.playcall.store.sql.DueWork;
import dev.playcall.store.sql.ProvenanceJson;
import dev.playcall.store.sql.RequestJson;
import dev.playcall.store.sql.RunEventJson;
import dev.playcall.store.sql.RunRowMapper;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Writing runs, events and host rows inside somebody's transaction. */
final class RunDao {
    /** Rows bound at a time. */
    static final int MOST_BOUND = 100;

    private RunDao() {}

    static RunId insert(Handle h, RunEvent.Requested asked, Instant at) {
        var request = asked.request();
        var draft = Run.of(new RunId(1), asked, at);
        long id = h.createQuery("""
            insert into run (state, operation, environment, playbook, lock_name, priority, is_check,
              host_limit, requested_by, channel, message_id, name, description, retry_of, rerun_of, rolls_back, request,
              requested_at, agreement, batch, batch_place, batch_size, batch_stops, provenance)
            values (:state, :operation, :environment, :playbook, :lock, :priority, :check, :limit, :by,
              :channel, :message, :name, :description, :retryOf, :rerunOf, :rollsBack, :request, :at, :agreement,
              :batch, :place, :size, :stops, :provenance)
            returning id\
            """)
                .bind("state", draft.state().word())
                .bind("operation", request.operation().value())
                .bind("environment", request.environment().value())
                .bind("playbook", request.playbook().map(p -> p.value()))
                .bind("lock", request.lock())
                .bind("priority", request.priority())
                .bind("check", request.check())
                .bind("limit", request.limit())
                .bind("by", asked.by().value())
                .bind("channel", asked.origin().channel())
                .bind("message", asked.origin().messageId())
                .bind("name", request.name())
                .bind("description", request.description())
                .bind("retryOf", request.retryOf().map(RunId::value))
                .bind("rerunOf", asked.provenance().rerunOf().map(RunId::value))
                .bind("rollsBack", asked.provenance().rollsBack())
                .bind("request", RequestJson.write(request).toString())
                .bind("at", at.toEpochMilli())
                .bind(
                        "agreement",
                        ApprovalStateJson.write(draft.approvalState()).toString())
                .bind("provenance", ProvenanceJson.write(asked.provenance()).toString())
                .bind("batch", asked.batch().map(Batch.Place::batch))
                .bind("place", asked.batch().map(Batch.Place::number))
                .bind("size", asked.batch().map(Batch.Place::of))
                .bind("stops", asked.batch().map(p -> p.onFailure() == Batch.OnFailure.STOP))
                .mapTo(Long.class)
                .one();
        return new RunId(id);
    }

    /** A new run with all that belongs to it, its wake-up included. */
    public static Created.New create(Handle h, RunEvent.Requested asked, Instant at, DueWork due) {
        var id = insert(h, asked, at);
        var run = find(h, id).orElseThrow();
        if (run.state() == RunState.QUEUED) {
            due.make(h, run.request().lock());
        }
        TextIndex.write(h, run, List.of(), List.of());
        return new Created.New(run, new JournalEntry(event(h, id, asked, at), at, asked, run));
    }

    public static Optional<Run> find(Handle h, RunId id) {
        return h.createQuery("select * from run where id = :id")
                .bind("id", id.value())
                .map(RunRowMapper::run)
                .findOne();
    }

    /** Writes what events change of a run. */
    public static void update(Handle h, Run run) {
        h.createUpdate("""
            update run set state = :state, started_at = :started, ended_at = :ended,
              approved_by = :approved, agreement = :agreement, cancelled_by = :cancelled, exit_code = :exit, reason = :reason,
              node = :node, log = :log, paused_by = :pausedBy, paused_at = :pausedAt,
              paused_reason = :pausedReason, paused_millis = :stood, revision = :revision
            where id = :id\
            """)
                .bind("id", run.id().value())
                .bind("state", run.state().word())
                .bind("started", run.startedAt().map(Instant::toEpochMilli))
                .bind("ended", run.endedAt().map(Instant::toEpochMilli))
                .bind("approved", run.approvedBy().map(p -> p.value()))
                .bind("agreement", ApprovalStateJson.write(run.approvalState()).toString())
                .bind("cancelled", run.cancelledBy().map(p -> p.value()))
                .bind("exit", run.exitCode())
                .bind("reason", run.reason())
                .bind("node", run.node())
                .bind("log", run.log())
                .bind("pausedBy", run.paused().map(p -> p.by().value()))
                .bind("pausedAt", run.paused().map(p -> p.since().toEpochMilli()))
                .bind("pausedReason", run.paused().map(Pause::reason))
                .bind("stood", run.pausedTotal().toMillis())
                .bind("revision", run.revision().map(Revision::text))
                .execute();
    }

    public static long event(Handle h, RunId run, RunEvent event, Instant at) {
        return h.createQuery("""
            insert into event (run, at, type, body) values (:run, :at, :type, :body)
            returning sequence\
            """)
                .bind("run", run.value())
                .bind("at", at.toEpochMilli())
                .bind("type", event.word())
                .bind("body", RunEventJson.body(event))
                .mapTo(Long.class)
                .one();
    }

    public static void progress(Handle h, RunId run, Progress p, Intake intake) {
        int rows = h.createUpdate("""
            update run set results = :results, expected = :expected, play = :play, task = :task,
              hosts = :hosts, hosts_ok = :ok, hosts_changed = :changed, hosts_failed = :failed,
              hosts_unreachable = :unreachable, hosts_skipped = :skipped,
              read_events = :readEvents, read_output = :readOutput, written_log = :writtenLog
            where id = :id\
            """)
                .bind("id", run.value())
                .bind("results", p.results())
                .bind("expected", p.expected())
                .bind("play", p.play())
                .bind("task", p.task())
                .bind("hosts", p.hosts())
                .bind("ok", p.ok())
                .bind("changed", p.changed())
                .bind("failed", p.failed())
                .bind("unreachable", p.unreachable())
                .bind("skipped", p.skipped())
                .bind("readEvents", intake.events())
                .bind("readOutput", intake.output())
                .bind("writtenLog", intake.log())
                .execute();
        if (rows != 1) {
            throw new IllegalStateException("there is no run " + run);
        }
    }

    /** @param results written some at a time, since what is bound of a thousand hosts takes megabytes */
    public static void hosts(Handle h, RunId run, List<HostResult> results) {
        if (results.isEmpty()) {
            return;
        }
        var batch = h.prepareBatch("""
            insert into host_result (run, host, outcome, ok, changed, unreachable, failed, skipped, rescued,
              ignored, failed_task, message, duration, version, added, connection, latency, started)
            values (:run, :host, :outcome, :ok, :changed, :unreachable, :failed, :skipped, :rescued, :ignored,
              :task, :message, :duration, :version, :added, :connection, :latency, :started)
            on conflict (run, host) do update set outcome = excluded.outcome, ok = excluded.ok,
              changed = excluded.changed, unreachable = excluded.unreachable, failed = excluded.failed,
              skipped = excluded.skipped, rescued = excluded.rescued, ignored = excluded.ignored,
              failed_task = excluded.failed_task, message = excluded.message, duration = excluded.duration,
              version = excluded.version, added = excluded.added, connection = excluded.connection,
              latency = excluded.latency, started = excluded.started\
            """);
        for (var r : results) {
            batch.bind("run", run.value())
                    .bind("host", r.host())
                    .bind("outcome", r.outcome().word())
                    .bind("ok", r.stats().ok())
                    .bind("changed", r.stats().changed())
                    .bind("unreachable", r.stats().unreachable())
                    .bind("failed", r.stats().failed())
                    .bind("skipped", r.stats().skipped())
                    .bind("rescued", r.stats().rescued())
                    .bind("ignored", r.stats().ignored())
                    .bind("task", r.failedTask())
                    .bind("message", r.message())
                    .bind("duration", r.duration().toMillis())
                    .bind("version", r.versions().after())
                    .bind("added", r.added())
                    .bind("connection", r.connection())
                    .bind("latency", r.access().latencyMillis())
                    .bind("started", r.started().map(Instant::toEpochMilli))
                    .add();
            if (batch.size() == MOST_BOUND) {
                batch.execute();
            }
        }
        batch.execute();
    }

    /** At most so many, bad ones first. */
    public static List<HostResult> hosts(Handle h, RunId run, int most) {
        return h.createQuery("""
            select * from host_result where run = :run
            order by outcome in ('failed', 'unreachable') desc, host limit :most\
            """)
                .bind("run", run.value())
                .bind("most", most)
                .map(RunRowMapper::host)
                .list();
    }

    public static List<HostResult> hosts(Handle h, RunId run) {
        return byName(h, "select * from host_result where run = :run", run);
    }

    public static List<HostResult> badHosts(Handle h, RunId run) {
        return byName(h, "select * from host_result where run = :run and outcome in ('failed', 'unreachable')", run);
    }

    private static List<HostResult> byName(Handle h, String query, RunId run) {
        return h.createQuery(query).bind("run", run.value()).map(RunRowMapper::host).stream()
                .sorted(Comparator.comparing(HostResult::host, NaturalOrder.NAMES))
                .toList();
    }
}
