package dev.playcall.store.security;

import dev.playcall.domain.name.Person;
import dev.playcall.security.access.AllowanceStore;
import dev.playcall.store.sql.Dialect;
import dev.playcall.store.sql.Transactions;
import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** One time for each person: when all that was taken is paid for. */
record SqlAllowances(Transactions transactions, Jdbi readers) implements AllowanceStore {

    @Override
    public Duration take(Person person, int count, Duration each, Duration together) {
        return transactions.in(h -> {
            long taken = taken(h, person) + count * each.toMillis();
            long wait = taken - together.toMillis();
            if (wait <= 0) {
                keep(h, person, taken);
            }
            return Duration.ofMillis(Math.max(0, wait));
        });
    }

    @Override
    public void giveBack(Person person, int count, Duration each) {
        transactions.run(h -> keep(h, person, Math.max(0, taken(h, person) - count * each.toMillis())));
    }

    @Override
    public Duration taken(Person person) {
        return readers.withHandle(h -> Duration.ofMillis(taken(h, person)));
    }

    private static long taken(Handle h, Person person) {
        return h.createQuery("select paid_at - " + Dialect.of(h).now() + " from allowance where person = :person")
                .bind("person", person.value())
                .mapTo(Long.class)
                .findOne()
                .map(taken -> Math.max(0, taken))
                .orElse(0L);
    }

    private static void keep(Handle h, Person person, long taken) {
        h.createUpdate("insert into allowance (person, paid_at) values (:person, "
                        + Dialect.of(h).now() + " + :taken)"
                        + " on conflict (person) do update set paid_at = excluded.paid_at")
                .bind("person", person.value())
                .bind("taken", taken)
                .execute();
    }
}
