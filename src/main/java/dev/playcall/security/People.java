package dev.playcall.security;

import dev.playcall.domain.Person;
import java.util.Set;

/** Which identities belong to one human. Says nothing about rights: a link gives none. */
public interface People {

    /** Every identity of the human behind this one, itself among them. */
    Set<Person> identities(Person person);

    /** Whether both are the same human. */
    default boolean same(Person a, Person b) {
        return a.equals(b) || identities(a).contains(b);
    }
}
