package dev.playcall.store.run;

import dev.playcall.domain.Batch;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.RunState;
import dev.playcall.domain.name.RunId;
import dev.playcall.domain.rollout.Deployment;
import dev.playcall.journal.JournalEntry;
import dev.playcall.store.sql.DueWork;
import dev.playcall.store.sql.RunEventJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * What a deployment does when a wave of it ends, inside the transaction that ends it.
 *
 * @param reason why nothing further starts; empty when it goes on
 * @param rollback the run that takes the wave back
 */
record WaveGate(String reason, Optional<JournalEntry> rollback) {
    private static final WaveGate OPEN = new WaveGate("", Optional.empty());
    /** A person ended the wave, or it never was one. */
    private static final Set<RunState> NOT_WORKED = Set.of(RunState.CANCELLED, RunState.REJECTED, RunState.EXPIRED);

    boolean stops() {
        return !reason.isEmpty();
    }

    /** The wave may have been let begin by its time: from now on it is one of those that have begun. */
    static void started(Handle h, Run run) {
        run.batch()
                .ifPresent(p -> h.createUpdate("""
                    update deployment set open_waves = max(open_waves, :place), next_at = null where batch = :batch\
                    """)
                        .bind("place", p.number())
                        .bind("batch", p.batch())
                        .execute());
    }

    static WaveGate ended(Handle h, Run wave, Instant at, DueWork due) {
        return wave.batch()
                .flatMap(p -> SqlDeployments.ofBatch(h, p.batch()))
                .filter(d -> d.stopped().isEmpty())
                .map(d -> NOT_WORKED.contains(wave.state()) ? halted(h, d, wave) : counted(h, d, wave, at, due))
                .orElse(OPEN);
    }

    private static WaveGate halted(Handle h, Deployment d, Run wave) {
        if (wave.state() == RunState.CANCELLED) {
            var by = wave.cancelledBy().map(p -> " by " + p.inText()).orElse("");
            return stop(h, d, d + " was cancelled" + by + begun(h, wave), false);
        }
        var how = wave.state() == RunState.EXPIRED
                ? "has expired"
                : "was " + wave.state().word();
        return stop(h, d, d + " stopped: " + wave.id() + ", " + place(wave) + ", " + how, false);
    }

    /** Waves are cancelled from the last one on, so the one that ends first says nothing of where it stood. */
    private static String begun(Handle h, Run wave) {
        long batch = wave.batch().map(Batch.Place::batch).orElse(0L);
        long begun = waves(h, batch, "started_at is not null");
        boolean in = wave.startedAt().isPresent() || waves(h, batch, "state = 'running'") > 0;
        return begun == 0
                ? " before its first wave"
                : (in ? " in wave " : " after wave ")
                        + begun
                        + wave.batch().map(p -> " of " + p.of()).orElse("");
    }

    private static long waves(Handle h, long batch, String which) {
        return h.createQuery("select count(*) from run where batch = :batch and " + which)
                .bind("batch", batch)
                .mapTo(Long.class)
                .one();
    }

    private static String place(Run wave) {
        return wave.batch().map(p -> "wave " + p.number() + " of " + p.of()).orElse("");
    }

    private static WaveGate counted(Handle h, Deployment d, Run wave, Instant at, DueWork due) {
        var count = WaveCount.of(h, d.batch().id());
        var most = d.rollout().maxFailed();
        if (!most.isExceeded(count.bad(), count.begun())) {
            pause(h, d, at);
            return OPEN;
        }
        var stopped = stop(
                h,
                d,
                d + " stopped after " + place(wave) + ": " + count.bad() + " of " + count.begun()
                        + (count.begun() == 1 ? " host" : " hosts") + " failed, more than the allowed " + most,
                true);
        return new WaveGate(stopped.reason(), rollback(h, d, wave, at, due));
    }

    private static WaveGate stop(Handle h, Deployment d, String why, boolean exceeded) {
        h.createUpdate("update deployment set stopped = :why, exceeded = :exceeded, next_at = null where id = :id")
                .bind("why", why)
                .bind("exceeded", exceeded)
                .bind("id", d.id())
                .execute();
        return new WaveGate(why, Optional.empty());
    }

    private static void pause(Handle h, Deployment d, Instant at) {
        var time = d.rollout().pause().time();
        if (!time.isZero()) {
            h.createUpdate("update deployment set next_at = :at where id = :id")
                    .bind("at", at.plus(time).toEpochMilli())
                    .bind("id", d.id())
                    .execute();
        }
    }

    /** As it was checked and agreed to when the deployment was asked for. */
    private static Optional<JournalEntry> rollback(Handle h, Deployment d, Run wave, Instant at, DueWork due) {
        var body = h.createQuery("select event from deployment_rollback where deployment = :id and wave = :wave")
                .bind("id", d.id())
                .bind("wave", Deployment.place(wave))
                .mapTo(String.class)
                .findOne();
        return body.map(b -> {
            var asked = (RunEvent.Requested) RunEventJson.read("requested", b);
            var created = RunDao.create(h, asked.through("rollback:" + d.id()), at, due);
            h.createUpdate("update deployment set rollback_run = :run where id = :id")
                    .bind("run", created.run().id().value())
                    .bind("id", d.id())
                    .execute();
            return created.entry();
        });
    }

    /** The other waves of its deployment that are agreed to with this event. */
    static List<RunId> alsoAgreed(Handle h, Run run, RunEvent event) {
        if (!(event instanceof RunEvent.Approved)) {
            return List.of();
        }
        return h.createQuery("""
            select id from run where batch = :batch and id <> :run and state = 'awaiting_approval'
              and exists (select 1 from deployment d where d.batch = run.batch) order by batch_place\
            """)
                .bind("batch", run.batch().map(Batch.Place::batch).orElse(0L))
                .bind("run", run.id().value())
                .mapTo(Long.class)
                .map(RunId::new)
                .list();
    }
}
