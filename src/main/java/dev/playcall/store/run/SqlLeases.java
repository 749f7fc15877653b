package dev.playcall.store.run;

import dev.playcall.journal.node.NodeStore.LeaseStore;
import dev.playcall.store.sql.Dialect;
import dev.playcall.store.sql.Transactions;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Leases in SQL. */
record SqlLeases(Transactions transactions) implements LeaseStore {

    @Override
    public Set<String> renew(String node, Collection<String> names, Duration length) {
        return transactions.in(h ->
                names.stream().filter(name -> take(h, name, node, length)).collect(Collectors.toUnmodifiableSet()));
    }

    private static boolean take(Handle h, String name, String node, Duration length) {
        var now = Dialect.of(h).now();
        return h.createUpdate("insert into lease (name, node, held_until) values (:name, :node, " + now + " + :length)"
                                + " on conflict (name) do update set node = excluded.node, held_until = excluded.held_until"
                                + " where lease.node = excluded.node or lease.held_until < " + now)
                        .bind("name", name)
                        .bind("node", node)
                        .bind("length", length.toMillis())
                        .execute()
                == 1;
    }

    @Override
    public void release(String node) {
        transactions.run(h -> h.createUpdate("delete from lease where node = :node")
                .bind("node", node)
                .execute());
    }

    @Override
    public void releaseOthers(String node) {
        transactions.run(h -> h.createUpdate("delete from lease where node <> :node")
                .bind("node", node)
                .execute());
    }
}
