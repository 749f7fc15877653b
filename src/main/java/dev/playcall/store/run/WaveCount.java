package dev.playcall.store.run;

import org.jdbi.v3.core.Handle;

/**
 * How many hosts of a deployment have begun, and how many of them failed or were unreachable. A host that a wave left
 * unfinished counts as failed; so does each host of a wave that ended badly without a result of any host.
 */
record WaveCount(int bad, int begun) {
    static WaveCount of(Handle h, long batch) {
        return h.createQuery("""
            select coalesce(sum(case when bad = 0 and state not in ('success', 'running') then servers else bad end), 0),
              coalesce(sum(servers), 0)
            from (
              select run.state, cast(json_extract(run.request, '$.servers') as integer) as servers, (
                select count(*) from host_result r where r.run = run.id and (r.outcome in ('failed', 'unreachable')
                  or (run.state not in ('success', 'running') and r.outcome in ('pending', 'incomplete')))) as bad
              from run where run.batch = :batch and run.started_at is not null) waves\
            """)
                .bind("batch", batch)
                .map((r, _) -> new WaveCount(r.getInt(1), r.getInt(2)))
                .one();
    }
}
