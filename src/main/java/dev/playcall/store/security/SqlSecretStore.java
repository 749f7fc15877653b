package dev.playcall.store.security;

import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Person;
import dev.playcall.security.secret.SecretInfo;
import dev.playcall.security.secret.SecretKind;
import dev.playcall.security.secret.SecretRef;
import dev.playcall.security.secret.SecretStore;
import dev.playcall.store.sql.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Sealed secrets in SQL. */
final class SqlSecretStore implements SecretStore {
    private final Transactions transactions;
    private final Jdbi readers;

    SqlSecretStore(Transactions transactions, Jdbi readers) {
        this.transactions = transactions;
        this.readers = readers;
    }

    @Override
    public List<Encrypted> all() {
        return readers.withHandle(h -> h.createQuery("select * from secret order by environment, name")
                .map((r, _) -> row(r))
                .list());
    }

    private static Encrypted row(ResultSet r) throws SQLException {
        var ref = SecretRef.of(new EnvironmentName(r.getString("environment")), r.getString("name"));
        var info = new SecretInfo(
                ref,
                SecretKind.of(r.getString("kind")).orElse(SecretKind.TEXT),
                new Person(r.getString("set_by")),
                Instant.ofEpochMilli(r.getLong("set_at")));
        return new Encrypted(info, r.getString("sealed"));
    }

    @Override
    public void put(Encrypted secret) {
        transactions.run(h -> put(h, secret));
    }

    private static void put(Handle h, Encrypted secret) {
        var info = secret.info();
        h.createUpdate("""
            insert into secret (environment, name, kind, sealed, set_by, set_at)
            values (:environment, :name, :kind, :sealed, :by, :at)
            on conflict (environment, name) do update set kind = excluded.kind,
              sealed = excluded.sealed, set_by = excluded.set_by, set_at = excluded.set_at\
            """)
                .bind("environment", info.ref().scope())
                .bind("name", info.ref().name())
                .bind("kind", info.kind().word())
                .bind("sealed", secret.text())
                .bind("by", info.by().value())
                .bind("at", info.at().toEpochMilli())
                .execute();
    }

    @Override
    public boolean remove(SecretRef ref) {
        return transactions.in(
                        h -> h.createUpdate("delete from secret where environment = :environment and name = :name")
                                .bind("environment", ref.scope())
                                .bind("name", ref.name())
                                .execute())
                > 0;
    }

    @Override
    public Map<String, String> once() {
        return readers.withHandle(h -> h.createQuery("select id, sealed from secret_once")
                .setMapKeyColumn("id")
                .setMapValueColumn("sealed")
                .collectInto(new org.jdbi.v3.core.generic.GenericType<Map<String, String>>() {}));
    }

    @Override
    public void putOnce(String id, String encrypted, Instant at) {
        transactions.run(h -> h.createUpdate("insert into secret_once (id, sealed, at) values (:id, :sealed, :at)")
                .bind("id", id)
                .bind("sealed", encrypted)
                .bind("at", at.toEpochMilli())
                .execute());
    }

    @Override
    public void removeOnce(Set<String> ids) {
        transactions.run(h -> ids.forEach(id -> h.createUpdate("delete from secret_once where id = :id")
                .bind("id", id)
                .execute()));
    }

    @Override
    public void sweepOnce(Set<String> inUse, Instant before) {
        transactions.run(h -> h
                .createQuery("select id from secret_once where at < :before")
                .bind("before", before.toEpochMilli())
                .mapTo(String.class)
                .list()
                .stream()
                .filter(id -> !inUse.contains(id))
                .forEach(id -> h.createUpdate("delete from secret_once where id = :id")
                        .bind("id", id)
                        .execute()));
    }

    @Override
    public void replace(List<Encrypted> named, Map<String, String> once) {
        transactions.run(h -> {
            named.forEach(s -> put(h, s));
            once.forEach((id, text) -> h.createUpdate("update secret_once set sealed = :sealed where id = :id")
                    .bind("id", id)
                    .bind("sealed", text)
                    .execute());
        });
    }
}
