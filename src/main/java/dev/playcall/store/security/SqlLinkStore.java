package dev.playcall.store.security;

import dev.playcall.domain.name.Person;
import dev.playcall.security.access.IdentityLinks.LinkStore;
import dev.playcall.store.sql.Transactions;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Who is one human, in SQL. */
final class SqlLinkStore implements LinkStore {
    private final Transactions transactions;
    private final Jdbi readers;

    SqlLinkStore(Transactions transactions, Jdbi readers) {
        this.transactions = transactions;
        this.readers = readers;
    }

    @Override
    public List<Set<Person>> humans() {
        Map<Long, Set<Person>> humans = new TreeMap<>();
        readers.useHandle(h -> h.createQuery("select person, human from person_human order by human, person")
                .map((r, _) -> humans.computeIfAbsent(r.getLong("human"), _ -> new HashSet<>())
                        .add(new Person(r.getString("person"))))
                .list());
        return List.copyOf(humans.values());
    }

    @Override
    public boolean claim(Person by, Person other, Instant now, Instant since) {
        return transactions.in(h -> {
            h.createUpdate("delete from person_claim where at < :since")
                    .bind("since", since.toEpochMilli())
                    .execute();
            if (take(h, other, by)) {
                take(h, by, other);
                join(h, by, other);
                return true;
            }
            h.createUpdate("""
                insert into person_claim (person, other, at) values (:person, :other, :at)
                on conflict (person, other) do update set at = excluded.at\
                """)
                    .bind("person", by.value())
                    .bind("other", other.value())
                    .bind("at", now.toEpochMilli())
                    .execute();
            return false;
        });
    }

    private static boolean take(Handle h, Person by, Person other) {
        return h.createUpdate("delete from person_claim where person = :person and other = :other")
                        .bind("person", by.value())
                        .bind("other", other.value())
                        .execute()
                == 1;
    }

    private static void join(Handle h, Person a, Person b) {
        var first = human(h, a).or(() -> human(h, b)).orElseGet(() -> next(h));
        human(h, b)
                .filter(other -> !other.equals(first))
                .ifPresent(other -> h.createUpdate("update person_human set human = :first where human = :other")
                        .bind("first", first)
                        .bind("other", other)
                        .execute());
        for (var person : List.of(a, b)) {
            h.createUpdate("insert into person_human (person, human) values (:person, :human) on conflict do nothing")
                    .bind("person", person.value())
                    .bind("human", first)
                    .execute();
        }
    }

    private static Optional<Long> human(Handle h, Person person) {
        return h.createQuery("select human from person_human where person = :person")
                .bind("person", person.value())
                .mapTo(Long.class)
                .findOne();
    }

    private static long next(Handle h) {
        return h.createQuery("select coalesce(max(human), 0) + 1 from person_human")
                .mapTo(Long.class)
                .one();
    }

    @Override
    public boolean leave(Person person) {
        return transactions.in(h -> h.createUpdate("delete from person_human where person = :person")
                        .bind("person", person.value())
                        .execute()
                == 1);
    }
}
