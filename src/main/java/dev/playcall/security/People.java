package dev.playcall.security;

import dev.playcall.domain.Person;
import java.util.List;
import java.util.Set;

/** Which identities belong to one human. Says nothing about rights: a link gives none. */
public interface People {

    /** Every identity of the human behind this one, itself among them. */
    Set<Person> identities(Person person);

    /**
     * This one, whoever it acts for, whoever that one acts for, and so on: of a schedule that was made with a token the
     * schedule, the token and its owner. The last is the human.
     */
    default List<Person> chain(Person person) {
        return List.of(person);
    }

    /** Who is behind this identity now. */
    default Person human(Person person) {
        return chain(person).getLast();
    }

    /** Whether both are the same human. */
    default boolean same(Person a, Person b) {
        return a.equals(b) || identities(a).contains(b);
    }
}
