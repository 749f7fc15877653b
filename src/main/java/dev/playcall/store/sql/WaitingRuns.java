package dev.playcall.store.sql;

import dev.playcall.domain.Run;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Reads the queue. Whatever changes a run that waits writes an event of it in the same transaction, so a row is read and parsed again
 * only when it has an event that was not there before: a page about a long queue costs little. For any thread.
 */
public final class WaitingRuns {
    /** Numbers bound at a time. */
    private static final int MOST_BOUND = 500;

    private final String order;
    private volatile Map<Long, Known> known = Map.of();

    /** A run as it was after its event of this number; empty when its row cannot be read. */
    private record Known(long event, Optional<Run> run) {}

    private record Row(long id, long event) {}

    /** @param order what an SQL "order by" says */
    public WaitingRuns(String order) {
        this.order = order;
    }

    /** Those that wait now, in order. */
    public List<Run> read(Handle h) {
        var rows = h.createQuery("select id, (select coalesce(max(sequence), 0) from event where event.run = run.id)"
                        + " from run where state in ('queued', 'awaiting_approval') order by " + order)
                .map((r, _) -> new Row(r.getLong(1), r.getLong(2)))
                .list();
        var before = known;
        var now = new HashMap<Long, Known>();
        var changed = new ArrayList<Row>();
        for (var row : rows) {
            var there = before.get(row.id());
            if (there != null && there.event() == row.event()) {
                now.put(row.id(), there);
            } else {
                changed.add(row);
            }
        }
        now.putAll(load(h, changed));
        known = now;
        return rows.stream()
                .flatMap(row -> Optional.ofNullable(now.get(row.id())).stream())
                .flatMap(k -> k.run().stream())
                .filter(run -> run.state().isWaiting())
                .toList();
    }

    private static Map<Long, Known> load(Handle h, List<Row> rows) {
        var loaded = new HashMap<Long, Known>();
        for (int from = 0; from < rows.size(); from += MOST_BOUND) {
            var some = rows.subList(from, Math.min(from + MOST_BOUND, rows.size()));
            var events = new HashMap<Long, Long>();
            some.forEach(row -> events.put(row.id(), row.event()));
            h.createQuery("select * from run where id in (<ids>)")
                    .bindList("ids", List.copyOf(events.keySet()))
                    .map((r, context) -> {
                        long id = r.getLong("id");
                        loaded.put(id, new Known(events.getOrDefault(id, 0L), RunRowMapper.readable(r, context)));
                        return id;
                    })
                    .list();
        }
        return loaded;
    }
}
