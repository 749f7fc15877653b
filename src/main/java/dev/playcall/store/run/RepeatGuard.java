package dev.playcall.store.run;

import dev.playcall.domain.Batch;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.store.sql.RunRowMapper;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What does the same thing again and has not ended. It is looked up in the transaction that would record another one, so
 * that of two people who press a button at once one starts it and the other one is shown it.
 */
final class RepeatGuard {
    private static final String OPEN = " and state in ('awaiting_approval', 'queued', 'running') order by id limit 1";

    private RepeatGuard() {}

    /** The unfinished run that retries the same run or rolls back the same deployment. */
    static Optional<Run> run(Handle h, RunEvent.Requested asked) {
        return asked.request()
                .retryOf()
                .flatMap(r -> run(h, "select * from run where retry_of = :of" + OPEN, r.value()))
                .or(() -> asked.provenance()
                        .rollsBack()
                        .flatMap(d -> run(h, "select * from run where rolls_back = :of" + OPEN, d)));
    }

    private static Optional<Run> run(Handle h, String sql, long of) {
        return h.createQuery(sql).bind("of", of).map(RunRowMapper::run).findFirst();
    }

    /** The unfinished run that retries one of those that are to be done again. */
    static Optional<Run> alone(Handle h, List<RunEvent.Requested> asked) {
        return asked.stream()
                .flatMap(a -> a.request().retryOf().stream())
                .flatMap(of -> run(h, "select * from run where retry_of = :of" + OPEN, of.value()).stream())
                .findFirst();
    }

    /** The batch with unfinished runs that retries this one. */
    static Optional<Batch> batch(Handle h, Optional<Long> retryOf) {
        return retryOf.flatMap(of ->
                h.createQuery("""
                    select id from batch b where retry_of = :of and exists (
                      select 1 from run r where r.batch = b.id and r.state in ('awaiting_approval', 'queued', 'running'))
                    order by id limit 1\
                    """).bind("of", of).mapTo(Long.class).findFirst().flatMap(id -> SqlBatches.find(h, id)));
    }
}
