package dev.playcall.store.security;

import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Person;
import dev.playcall.security.approval.LockStore;
import dev.playcall.security.approval.LockStore.EnvironmentLock;
import dev.playcall.store.sql.ReleaseHold;
import dev.playcall.store.sql.RunRowMapper;
import dev.playcall.store.sql.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** Locks of environments in SQL. */
final class SqlLockStore implements LockStore {
    private final Transactions transactions;
    private final Jdbi readers;
    private final ReleaseHold releaseHold;

    SqlLockStore(Transactions transactions, Jdbi readers, ReleaseHold releaseHold) {
        this.transactions = transactions;
        this.readers = readers;
        this.releaseHold = releaseHold;
    }

    @Override
    public Optional<EnvironmentLock> find(EnvironmentName environment) {
        return readers.withHandle(h -> find(h, environment));
    }

    private static Optional<EnvironmentLock> find(Handle h, EnvironmentName environment) {
        return h.createQuery("select * from environment_lock where environment = :environment")
                .bind("environment", environment.value())
                .map(SqlLockStore::row)
                .findOne();
    }

    @Override
    public Optional<EnvironmentLock> take(EnvironmentLock lock, Set<Person> own) {
        return transactions.in(h -> {
            var other = find(h, lock.environment()).filter(l -> !l.isOver(lock.since()) && !own.contains(l.holder()));
            if (other.isEmpty()) {
                write(h, lock);
            }
            return other;
        });
    }

    private static void write(Handle h, EnvironmentLock lock) {
        h.createUpdate("""
            insert into environment_lock (environment, holder, reason, since, until)
            values (:environment, :holder, :reason, :since, :until)
            on conflict (environment) do update set holder = excluded.holder, reason = excluded.reason,
              since = excluded.since, until = excluded.until\
            """)
                .bind("environment", lock.environment().value())
                .bind("holder", lock.holder().value())
                .bind("reason", lock.reason())
                .bind("since", lock.since().toEpochMilli())
                .bind("until", lock.until().map(Instant::toEpochMilli))
                .execute();
    }

    /** What waited for it may go on at once. */
    @Override
    public boolean release(EnvironmentLock lock) {
        return releaseHold.by(
                h -> h.createUpdate("delete from environment_lock where environment = :environment and since = :since"
                                + " and holder = :holder")
                        .bind("environment", lock.environment().value())
                        .bind("since", lock.since().toEpochMilli())
                        .bind("holder", lock.holder().value())
                        .execute());
    }

    @Override
    public List<EnvironmentLock> all() {
        return readers.withHandle(h -> h.createQuery("select * from environment_lock order by environment")
                .map(SqlLockStore::row)
                .list());
    }

    private static EnvironmentLock row(ResultSet r, StatementContext context) throws SQLException {
        return new EnvironmentLock(
                new EnvironmentName(r.getString("environment")),
                new Person(r.getString("holder")),
                r.getString("reason"),
                Instant.ofEpochMilli(r.getLong("since")),
                RunRowMapper.instant(r, "until"));
    }
}
