package dev.playcall.store.run;

import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.name.RunId;
import dev.playcall.domain.rollout.Deployment;
import dev.playcall.domain.rollout.Rollout;
import dev.playcall.journal.Batches;
import dev.playcall.journal.DeploymentStore;
import dev.playcall.store.sql.DueWork;
import dev.playcall.store.sql.RolloutJson;
import dev.playcall.store.sql.RunEventJson;
import dev.playcall.store.sql.RunRowMapper;
import dev.playcall.store.sql.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Deployments in SQL. */
final class SqlDeployments implements DeploymentStore {
    /** As {@link Deployment#state} says it. */
    private static final String STATE = """
        case when exists (select 1 from run r where r.batch = d.batch and r.state in ('awaiting_approval', 'queued', 'running'))
          then case
            when not exists (select 1 from run r where r.batch = d.batch and r.started_at is not null) then 'pending'
            when (select r.state = 'queued' and r.batch_place > d.open_waves from run r where r.batch = d.batch
              and r.state in ('awaiting_approval', 'queued', 'running') order by r.batch_place limit 1) then 'paused'
            else 'running' end
          when d.exceeded = 1 then 'failed' when d.stopped = '' then 'completed' else 'cancelled' end\
        """;

    private final Transactions transactions;
    private final Jdbi readers;
    private final SqlBatches batches;
    private final DueWork due;
    private final Runnable wakeUp;

    SqlDeployments(Transactions transactions, Jdbi readers, SqlBatches batches, DueWork due, Runnable wakeUp) {
        this.transactions = transactions;
        this.readers = readers;
        this.batches = batches;
        this.due = due;
        this.wakeUp = wakeUp;
    }

    @Override
    public Batches.Made create(
            DeploymentRequest deployment, Batches.BatchRequest request, List<RunEvent.Requested> waves, Instant at) {
        var made = transactions.in(h -> SqlBatches.made(h, request.origin())
                .or(() -> RepeatGuard.batch(h, request.retryOf()))
                .map(b -> new Batches.Made(b, SqlBatches.runs(h, b.id()), List.of()))
                .orElseGet(() -> insert(h, deployment, request, waves, at)));
        wakeUp.run();
        return made;
    }

    private Batches.Made insert(
            Handle h,
            DeploymentRequest deployment,
            Batches.BatchRequest request,
            List<RunEvent.Requested> waves,
            Instant at) {
        var made = batches.insert(h, request, waves, at);
        var id = row(h, made.batch().id(), deployment, waves);
        for (int i = 0; i < deployment.rollbacks().size(); i++) {
            h.createUpdate("insert into deployment_rollback (deployment, wave, event) values (:id, :wave, :event)")
                    .bind("id", id)
                    .bind("wave", i + 1)
                    .bind("event", RunEventJson.body(deployment.rollbacks().get(i)))
                    .execute();
        }
        return made;
    }

    private static long row(Handle h, long batch, DeploymentRequest asked, List<RunEvent.Requested> waves) {
        boolean pauses = !asked.rollout().pause().word().equals("none");
        return h.createQuery("""
            insert into deployment (batch, name, description, words, selection, rollout, hosts, untouched, open_waves)
            values (:batch, :name, :description, :words, :selection, :rollout, :hosts, :untouched, :open) returning id\
            """)
                .bind("batch", batch)
                .bind("name", asked.name())
                .bind("description", asked.description())
                .bind("words", (asked.name() + " " + asked.description()).toLowerCase(Locale.ROOT))
                .bind("selection", asked.selection())
                .bind("rollout", RolloutJson.write(asked.rollout()))
                .bind(
                        "hosts",
                        waves.stream().mapToInt(w -> w.request().servers()).sum())
                .bind("untouched", RolloutJson.names(asked.untouched()))
                .bind("open", pauses ? 1 : Rollout.MOST_WAVES)
                .mapTo(Long.class)
                .one();
    }

    @Override
    public Optional<Deployment> find(long deployment) {
        return readers.withHandle(h -> h.createQuery("select * from deployment where id = :id")
                .bind("id", deployment)
                .map((r, _) -> row(h, r))
                .findOne());
    }

    @Override
    public Optional<Deployment> ofBatch(long batch) {
        return readers.withHandle(h -> ofBatch(h, batch));
    }

    static Optional<Deployment> ofBatch(Handle h, long batch) {
        return h.createQuery("select * from deployment where batch = :batch")
                .bind("batch", batch)
                .map((r, _) -> row(h, r))
                .findOne();
    }

    @Override
    public Optional<Deployment> retried(Deployment deployment) {
        return readers.withHandle(h -> h.createQuery("""
            select d.* from batch b join deployment d on d.batch = b.id where b.retry_of = :batch order by b.id desc limit 1\
            """)
                .bind("batch", deployment.batch().id())
                .map((r, _) -> row(h, r))
                .findFirst());
    }

    @Override
    public Optional<Run> rolledBack(Deployment deployment) {
        return readers.withHandle(
                h -> h.createQuery("select * from run where rolls_back = :id order by id desc limit 1")
                        .bind("id", deployment.id())
                        .map(RunRowMapper::run)
                        .findFirst());
    }

    @Override
    public boolean resume(long deployment) {
        var lock = transactions.in(h -> h.createQuery("""
            update deployment set open_waves = open_waves + 1, next_at = null where id = :id and exists (
              select 1 from run r where r.batch = deployment.batch and r.state = 'queued'
                and r.batch_place = deployment.open_waves + 1
                and not exists (select 1 from run b where b.batch = r.batch and b.batch_place < r.batch_place
                  and b.state in ('awaiting_approval', 'queued', 'running')))
            returning (select lock_name from run where batch = deployment.batch limit 1)\
            """)
                .bind("id", deployment)
                .mapTo(String.class)
                .findOne()
                .map(l -> {
                    due.make(h, l);
                    return l;
                }));
        wakeUp.run();
        return lock.isPresent();
    }

    @Override
    public DeploymentPage list(DeploymentQuery query) {
        return readers.withHandle(h -> {
            int total = bound(h, "select count(*) from deployment d " + where(query), query)
                    .mapTo(Integer.class)
                    .one();
            var page = bound(
                            h,
                            "select d.* from deployment d " + where(query)
                                    + " order by d.id desc limit :max offset :from",
                            query)
                    .bind("max", query.max())
                    .bind("from", query.from())
                    .map((r, _) -> row(h, r))
                    .list();
            return new DeploymentPage(page, total);
        });
    }

    private static String where(DeploymentQuery query) {
        return "where (:search = '' or instr(d.words, :search) > 0)"
                + query.state().map(_ -> " and " + STATE + " = :state").orElse("")
                + query.environments()
                        .map(e -> e.isEmpty()
                                ? " and false"
                                : " and not exists (select 1 from run r where r.batch = d.batch"
                                        + " and r.environment not in (<environments>))")
                        .orElse("");
    }

    private static org.jdbi.v3.core.statement.Query bound(Handle h, String sql, DeploymentQuery query) {
        var bound = h.createQuery(sql).bind("search", query.search().toLowerCase(Locale.ROOT));
        query.state().ifPresent(s -> bound.bind("state", s.word()));
        query.environments()
                .filter(e -> !e.isEmpty())
                .ifPresent((Set<String> e) -> bound.bindList("environments", List.copyOf(e)));
        return bound;
    }

    private static Deployment row(Handle h, ResultSet r) throws SQLException {
        var rollout = RolloutJson.read(r.getString("rollout"));
        return new Deployment(
                r.getLong("id"),
                SqlBatches.find(h, r.getLong("batch")).orElseThrow(),
                r.getString("name"),
                r.getString("description"),
                r.getString("selection"),
                rollout,
                r.getInt("hosts"),
                RolloutJson.names(r.getString("untouched")),
                r.getInt("open_waves"),
                RunRowMapper.instant(r, "next_at"),
                r.getString("stopped"),
                r.getBoolean("exceeded"),
                RunRowMapper.number(r, "rollback_run").map(RunId::new));
    }
}
