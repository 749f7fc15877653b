package dev.playcall.store.security;

import dev.playcall.domain.name.Person;
import dev.playcall.runner.queue.Hold;
import dev.playcall.runner.queue.HoldStore;
import dev.playcall.store.sql.ReleaseHold;
import dev.playcall.store.sql.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** What is held back, in SQL. */
final class SqlHoldStore implements HoldStore {
    private final Transactions transactions;
    private final Jdbi readers;
    private final ReleaseHold releaseHold;

    SqlHoldStore(Transactions transactions, Jdbi readers, ReleaseHold releaseHold) {
        this.transactions = transactions;
        this.readers = readers;
        this.releaseHold = releaseHold;
    }

    @Override
    public List<Hold> all() {
        return readers.withHandle(h -> h.createQuery("select * from hold order by since, kind, name")
                .map(SqlHoldStore::row)
                .list());
    }

    @Override
    public Optional<Hold> take(Hold hold) {
        return transactions.in(h -> {
            var other = h.createQuery("select * from hold where kind = :kind and name = :name")
                    .bind("kind", hold.kind().name())
                    .bind("name", hold.name())
                    .map(SqlHoldStore::row)
                    .findOne();
            if (other.isEmpty()) {
                insert(h, hold);
            }
            return other;
        });
    }

    private static void insert(Handle h, Hold hold) {
        h.createUpdate("""
            insert into hold (kind, name, holder, reason, since)
            values (:kind, :name, :holder, :reason, :since)\
            """)
                .bind("kind", hold.kind().name())
                .bind("name", hold.name())
                .bind("holder", hold.holder().value())
                .bind("reason", hold.reason())
                .bind("since", hold.since().toEpochMilli())
                .execute();
    }

    @Override
    public boolean release(Hold hold) {
        return releaseHold.by(
                h -> h.createUpdate("delete from hold where kind = :kind and name = :name and since = :since")
                        .bind("kind", hold.kind().name())
                        .bind("name", hold.name())
                        .bind("since", hold.since().toEpochMilli())
                        .execute());
    }

    private static Hold row(ResultSet r, StatementContext context) throws SQLException {
        return new Hold(
                Hold.Kind.valueOf(r.getString("kind")),
                r.getString("name"),
                new Person(r.getString("holder")),
                r.getString("reason"),
                Instant.ofEpochMilli(r.getLong("since")));
    }
}
