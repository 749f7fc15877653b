package dev.playcall.store;

import dev.playcall.catalog.inventory.EnvironmentRecords;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.runner.queue.Hold;
import dev.playcall.store.sql.Transactions;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What is known of environments, in the tables of those who know it. */
final class SqlEnvironmentRecords implements EnvironmentRecords {
    private static final List<String> BY_ENVIRONMENT = List.of(
            "registered_host",
            "host_status",
            "host_last",
            "deployed",
            "environment_lock",
            "chat_subscription",
            "host_agent");

    private final Transactions transactions;

    SqlEnvironmentRecords(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public boolean knows(EnvironmentName environment) {
        return transactions.in(
                h -> BY_ENVIRONMENT.stream().anyMatch(table -> count(h, table, "environment", "", environment) > 0));
    }

    @Override
    public void rename(EnvironmentName from, EnvironmentName to) {
        transactions.run(h -> {
            h.createUpdate("update offer set environment = :to where environment = :from")
                    .bind("from", from.value())
                    .bind("to", to.value())
                    .execute();
            BY_ENVIRONMENT.forEach(table -> move(h, table, "environment", "", from, to));
            move(h, "hold", "name", " and kind = '" + Hold.Kind.ENVIRONMENT.name() + "'", from, to);
        });
    }

    /** What an earlier environment of the new name left behind goes, unless there is nothing to put in its place. */
    private static void move(
            Handle h, String table, String column, String and, EnvironmentName from, EnvironmentName to) {
        if (count(h, table, column, and, from) == 0) {
            return;
        }
        h.createUpdate("delete from " + table + " where " + column + " = :to" + and)
                .bind("to", to.value())
                .execute();
        h.createUpdate("update " + table + " set " + column + " = :to where " + column + " = :from" + and)
                .bind("from", from.value())
                .bind("to", to.value())
                .execute();
    }

    private static int count(Handle h, String table, String column, String and, EnvironmentName name) {
        return h.createQuery("select count(*) from " + table + " where " + column + " = :name" + and)
                .bind("name", name.value())
                .mapTo(Integer.class)
                .one();
    }
}
