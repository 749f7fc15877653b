package dev.playcall.store;

import dev.playcall.agent.HostAgentStore;
import dev.playcall.domain.agent.HostAgent;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.store.sql.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Agents in SQL. */
final class SqlHostAgents implements HostAgentStore {
    private static final String WRITE = """
        insert into host_agent (environment, host, server_uuid, version, first_seen, last_seen, interval)
        values (:environment, :host, :server_uuid, :version, :first_seen, :last_seen, :interval)
        on conflict (environment, host) do update set server_uuid = excluded.server_uuid, version = excluded.version,
          last_seen = excluded.last_seen, interval = excluded.interval\
        """;

    private final Transactions transactions;
    private final Jdbi readers;

    SqlHostAgents(Transactions transactions, Jdbi readers) {
        this.transactions = transactions;
        this.readers = readers;
    }

    @Override
    public List<HostAgent> all() {
        return readers.withHandle(h ->
                h.createQuery("select * from host_agent").map((r, _) -> row(r)).list());
    }

    @Override
    public void save(Collection<HostAgent> agents) {
        transactions.run(h -> {
            var batch = h.prepareBatch(WRITE);
            agents.forEach(a -> batch.bind("environment", a.environment().value())
                    .bind("host", a.host())
                    .bind("server_uuid", a.serverId())
                    .bind("version", a.version())
                    .bind("first_seen", a.firstSeen().toEpochMilli())
                    .bind("last_seen", a.lastSeen().toEpochMilli())
                    .bind("interval", a.interval().toMillis())
                    .add());
            batch.execute();
        });
    }

    @Override
    public void forget(Instant before) {
        transactions.run(h -> h.createUpdate("delete from host_agent where last_seen < :before")
                .bind("before", before.toEpochMilli())
                .execute());
    }

    @Override
    public void forget(EnvironmentName environment, String host) {
        transactions.run(h -> h.createUpdate("delete from host_agent where environment = :environment and host = :host")
                .bind("environment", environment.value())
                .bind("host", host)
                .execute());
    }

    private static HostAgent row(ResultSet r) throws SQLException {
        return new HostAgent(
                new EnvironmentName(r.getString("environment")),
                r.getString("host"),
                r.getString("server_uuid"),
                r.getString("version"),
                Instant.ofEpochMilli(r.getLong("first_seen")),
                Instant.ofEpochMilli(r.getLong("last_seen")),
                Duration.ofMillis(r.getLong("interval")));
    }
}
