package dev.playcall.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.playcall.catalog.inventory.HostRegister;
import dev.playcall.catalog.inventory.RegisteredHost;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Person;
import dev.playcall.store.sql.RunEventJson;
import dev.playcall.store.sql.RunRowMapper;
import dev.playcall.store.sql.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;

/** Hosts that stand in no file, in SQL. */
final class SqlHostRegister implements HostRegister {
    private static final TypeReference<TreeMap<String, Object>> VARIABLES = new TypeReference<>() {};
    private static final TypeReference<TreeSet<String>> TAGS = new TypeReference<>() {};

    private static final String WRITE = """
        insert into registered_host (environment, name, address, port, "user", key, tags, variables, by, at)
        values (:environment, :name, :address, :port, :user, :key, :tags, :variables, :by, :at)
        on conflict (environment, name) do update set address = excluded.address, port = excluded.port,
          "user" = excluded."user", key = excluded.key, tags = excluded.tags,
          variables = excluded.variables, by = excluded.by, at = excluded.at\
        """;

    private final Transactions transactions;
    private final Jdbi readers;

    SqlHostRegister(Transactions transactions, Jdbi readers) {
        this.transactions = transactions;
        this.readers = readers;
    }

    @Override
    public long revision() {
        return readers.withHandle(SqlHostRegister::revision);
    }

    private static long revision(Handle h) {
        return h.createQuery("select n from registered_revision")
                .mapTo(Long.class)
                .one();
    }

    @Override
    public List<RegisteredHost> of(EnvironmentName environment) {
        return readers.withHandle(
                h -> h.createQuery("select * from registered_host where environment = :environment order by name")
                        .bind("environment", environment.value())
                        .map(SqlHostRegister::row)
                        .list());
    }

    @Override
    public boolean put(EnvironmentName environment, RegisteredHost host, Optional<RegisteredHost> before) {
        return transactions.in(h -> {
            if (!now(h, environment, host.name()).equals(before)) {
                return false;
            }
            write(h, environment, host);
            return true;
        });
    }

    private static Optional<RegisteredHost> now(Handle h, EnvironmentName environment, String host) {
        return h.createQuery("select * from registered_host where environment = :environment and name = :name")
                .bind("environment", environment.value())
                .bind("name", host)
                .map(SqlHostRegister::row)
                .findOne();
    }

    @Override
    public boolean putAll(EnvironmentName environment, List<RegisteredHost> hosts, long revision) {
        return transactions.in(h -> {
            if (revision(h) != revision) {
                return false;
            }
            var batch = h.prepareBatch(WRITE);
            hosts.forEach(host -> bind(batch, environment, host).add());
            batch.execute();
            return true;
        });
    }

    private static void write(Handle h, EnvironmentName environment, RegisteredHost host) {
        bind(h.createUpdate(WRITE), environment, host).execute();
    }

    private static <T extends SqlStatement<T>> T bind(T statement, EnvironmentName environment, RegisteredHost host) {
        return statement
                .bind("environment", environment.value())
                .bind("name", host.name())
                .bind("address", host.address())
                .bind("port", host.port())
                .bind("user", host.user())
                .bind("key", host.key())
                .bind("tags", json(host.tags()))
                .bind("variables", json(host.variables()))
                .bind("by", host.by().value())
                .bind("at", host.at().toEpochMilli());
    }

    @Override
    public boolean remove(EnvironmentName environment, String host) {
        return transactions.in(
                h -> h.createUpdate("delete from registered_host where environment = :environment and name = :name")
                                .bind("environment", environment.value())
                                .bind("name", host)
                                .execute()
                        > 0);
    }

    private static String json(Object value) {
        return RunEventJson.JSON.valueToTree(value).toString();
    }

    private static RegisteredHost row(ResultSet r, StatementContext context) throws SQLException {
        try {
            return new RegisteredHost(
                    r.getString("name"),
                    RunRowMapper.text(r, "address"),
                    RunRowMapper.number(r, "port").map(Long::intValue),
                    RunRowMapper.text(r, "user"),
                    RunRowMapper.text(r, "key"),
                    RunEventJson.JSON.readValue(r.getString("tags"), TAGS),
                    RunEventJson.JSON.readValue(r.getString("variables"), VARIABLES),
                    new Person(r.getString("by")),
                    RunRowMapper.instant(r, "at").orElseThrow());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a registered host cannot be read from the database", e);
        }
    }
}
