package dev.playcall.store;

import dev.playcall.config.SettingsStore;
import dev.playcall.domain.name.Person;
import dev.playcall.store.sql.Transactions;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** What was set while Playcall works, in SQL. */
final class SqlAdjustments implements SettingsStore {
    private final Transactions transactions;
    private final Jdbi readers;

    SqlAdjustments(Transactions transactions, Jdbi readers) {
        this.transactions = transactions;
        this.readers = readers;
    }

    @Override
    public List<Adjusted> all() {
        return readers.withHandle(h -> h.createQuery("select name, value, by, at from setting order by name")
                .map((r, _) -> new Adjusted(
                        r.getString("name"),
                        r.getString("value"),
                        new Person(r.getString("by")),
                        Instant.ofEpochMilli(r.getLong("at"))))
                .list());
    }

    @Override
    public void set(Adjusted adjusted) {
        transactions.in(h -> h.createUpdate("""
                        insert into setting (name, value, by, at) values (:name, :value, :by, :at)
                        on conflict (name) do update set value = excluded.value, by = excluded.by, at = excluded.at""")
                .bind("name", adjusted.key())
                .bind("value", adjusted.value())
                .bind("by", adjusted.by().value())
                .bind("at", adjusted.at().toEpochMilli())
                .execute());
    }

    @Override
    public boolean reset(String key) {
        return transactions.in(h -> h.createUpdate("delete from setting where name = :name")
                        .bind("name", key)
                        .execute()
                > 0);
    }
}
