package dev.playcall.store.notify;

import dev.playcall.domain.name.Person;
import dev.playcall.notify.routing.RoutingStore;
import dev.playcall.store.sql.Transactions;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Receivers and routes that were made while Playcall works, in SQL. */
final class SqlRoutingStore implements RoutingStore {
    private final Transactions transactions;
    private final Jdbi readers;

    SqlRoutingStore(Transactions transactions, Jdbi readers) {
        this.transactions = transactions;
        this.readers = readers;
    }

    @Override
    public List<StoredReceiver> receivers() {
        return readers.withHandle(h -> h.createQuery("select * from notify_receiver order by name")
                .map((r, _) -> new StoredReceiver(
                        r.getString("name"),
                        r.getString("definition"),
                        new Person(r.getString("made_by")),
                        Instant.ofEpochMilli(r.getLong("made_at"))))
                .list());
    }

    @Override
    public void put(StoredReceiver receiver) {
        transactions.in(h -> h.createUpdate("""
            insert into notify_receiver (name, definition, made_by, made_at)
            values (:name, :definition, :by, :at)
            on conflict (name) do update
            set definition = excluded.definition, made_by = excluded.made_by, made_at = excluded.made_at\
            """)
                .bind("name", receiver.name())
                .bind("definition", receiver.definition())
                .bind("by", receiver.by().value())
                .bind("at", receiver.at().toEpochMilli())
                .execute());
    }

    @Override
    public boolean removeReceiver(String name) {
        return transactions.in(h -> h.createUpdate("delete from notify_receiver where name = :name")
                        .bind("name", name)
                        .execute()
                > 0);
    }

    @Override
    public List<StoredRoute> routes() {
        return readers.withHandle(h -> h.createQuery("select * from notify_route order by id")
                .map((r, _) -> new StoredRoute(
                        r.getLong("id"),
                        r.getString("definition"),
                        new Person(r.getString("made_by")),
                        Instant.ofEpochMilli(r.getLong("made_at"))))
                .list());
    }

    @Override
    public long add(String definition, Person by, Instant at) {
        return transactions.in(h -> h.createQuery("""
            insert into notify_route (definition, made_by, made_at)
            values (:definition, :by, :at) returning id\
            """)
                .bind("definition", definition)
                .bind("by", by.value())
                .bind("at", at.toEpochMilli())
                .mapTo(Long.class)
                .one());
    }

    @Override
    public boolean removeRoute(long id) {
        return transactions.in(h -> h.createUpdate("delete from notify_route where id = :id")
                        .bind("id", id)
                        .execute()
                > 0);
    }
}
