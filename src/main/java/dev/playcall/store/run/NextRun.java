package dev.playcall.store.run;

import dev.playcall.domain.Run;
import dev.playcall.journal.EventStore.Admission;
import dev.playcall.journal.node.Node;
import dev.playcall.store.sql.Dialect;
import dev.playcall.store.sql.RunRowMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Finds the run of a lock that starts next, inside the transaction that starts it. */
final class NextRun {
    /** What was requested on a node with other files is taken by one that has them, as long as there is one. */
    private static final String CONTENT = """
        and (content in ('', (select n.content from node n where n.name = :node))
          or not exists (select 1 from node n where n.content = run.content and n.last_seen > <now> - :down
            and not exists (select 1 from hold where hold.kind = 'NODE' and hold.name = n.name)))\
        """;

    /**
     * A run that was requested just now is left to a node that works on fewer runs, has the same files and labels and is not drained.
     * After that time, whoever looks first takes it: the other one may have no place.
     */
    private static final String FEWEST = """
        and (requested_at < :fresh or not exists (
          select 1 from node n join node me on me.name = :node
          where n.name <> me.name and n.content = me.content and n.labels = me.labels and n.stopped = 0
            and n.last_seen > <now> - :down
            and not exists (select 1 from hold where hold.kind = 'NODE' and hold.name = n.name)
            and (select count(*) from run o where o.state = 'running' and o.node = n.name)
              < (select count(*) from run o where o.state = 'running' and o.node = me.name)))\
        """;

    private static final Duration FRESH = Duration.ofMillis(500);

    private NextRun() {}

    /**
     * @param maxRunning how many runs may work on this node at a time, of all locks
     * @param node that would take it
     */
    static Optional<Run> of(Handle h, String lock, int maxRunning, String node, Admission admission, Instant at) {
        var now = admission.snapshot();
        var held = now.held();
        if (held.all()) {
            return Optional.empty();
        }
        var elsewhere = now.elsewhere(() -> SqlNodes.labels(h, node));
        boolean alone = Dialect.of(h).hasOneGateway();
        var waiting = h.createQuery("""
            select * from run where lock_name = :lock and state = 'queued'
              and environment not in (<environments>) and coalesce(playbook, '') not in (<playbooks>)
              and not exists (select 1 from run where lock_name = :lock and state = 'running')
              and not exists (select 1 from hold where hold.kind = 'NODE' and hold.name = :node)
              and (select count(*) from run where state = 'running' <here>) < :max <content>
              and not exists (select 1 from run b where b.batch = run.batch and b.batch_place < run.batch_place
                and b.state in ('awaiting_approval', 'queued', 'running'))
              and not exists (select 1 from deployment d where d.batch = run.batch
                and d.open_waves < run.batch_place and (d.next_at is null or d.next_at > :at))
            order by\
            """.replace("<here>", alone ? "" : "and node = :node").replace(
                                "<content>",
                                alone
                                        ? ""
                                        : (CONTENT + FEWEST)
                                                .replace("<now>", Dialect.of(h).now()))
                        + " " + SqlEventStore.TURN)
                .bind("lock", lock)
                .bind("node", node)
                .bind("down", Node.DOWN_AFTER.toMillis())
                .bind("max", maxRunning)
                .bind("at", at.toEpochMilli())
                .bind("fresh", at.minus(FRESH).toEpochMilli())
                .bindList("environments", named(held.environments(), elsewhere.environments()))
                .bindList("playbooks", named(held.playbooks(), elsewhere.playbooks()))
                .map(RunRowMapper::readable);
        var working = running(h);
        try (var runs = waiting.stream()) {
            return runs.flatMap(Optional::stream)
                    .filter(run -> now.waitsFor(run, working).isEmpty())
                    .findFirst();
        }
    }

    /** With one that nothing has, because SQL knows no empty list. */
    private static List<String> named(Set<String> held, Set<String> elsewhere) {
        var names = new ArrayList<>(held);
        names.addAll(elsewhere);
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
