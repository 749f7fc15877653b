package dev.playcall.store.run;

import dev.playcall.domain.Run;
import dev.playcall.journal.EventStore.Admission;
import dev.playcall.store.sql.RunRowMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Finds the run of a lock that starts next, inside the transaction that starts it. */
final class NextRun {
    private NextRun() {}

    /** @param maxRunning how many runs may work at a time, of all locks */
    static Optional<Run> of(Handle h, String lock, int maxRunning, Admission admission, Instant at) {
        var now = admission.snapshot();
        var held = now.held();
        if (held.all()) {
            return Optional.empty();
        }
        var waiting = h.createQuery("""
            select * from run where lock_name = :lock and state = 'queued'
              and environment not in (<environments>) and coalesce(playbook, '') not in (<playbooks>)
              and not exists (select 1 from run where lock_name = :lock and state = 'running')
              and (select count(*) from run where state = 'running') < :max
              and not exists (select 1 from run b where b.batch = run.batch and b.batch_place < run.batch_place
                and b.state in ('awaiting_approval', 'queued', 'running'))
              and not exists (select 1 from deployment d where d.batch = run.batch
                and d.open_waves < run.batch_place and (d.next_at is null or d.next_at > :at))
            order by\
            """ + " " + SqlEventStore.TURN)
                .bind("lock", lock)
                .bind("max", maxRunning)
                .bind("at", at.toEpochMilli())
                .bindList("environments", named(held.environments()))
                .bindList("playbooks", named(held.playbooks()))
                .map(RunRowMapper::readable);
        var working = running(h);
        try (var runs = waiting.stream()) {
            return runs.flatMap(Optional::stream)
                    .filter(run -> now.waitsFor(run, working).isEmpty())
                    .findFirst();
        }
    }

    /** With one that nothing has, because SQL knows no empty list. */
    private static List<String> named(Set<String> held) {
        var names = new ArrayList<>(held);
        names.add("-");
        return names;
    }

    static List<Run> running(Handle h) {
        return h
                .createQuery("select * from run where state = 'running' order by id")
                .map(RunRowMapper::readable)
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }
}
