package dev.playcall.security.access;

import dev.playcall.domain.name.Person;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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

    /** Why nobody acts through this identity any more, or through whom it acts for; empty while somebody does. */
    default Optional<String> gone(Person person) {
        return Optional.empty();
    }

    /** Who is behind this identity now. */
    default Person human(Person person) {
        return chain(person).getLast();
    }

    /** One identity that stands for the human behind this one, whatever acts for them. */
    default Person representative(Person person) {
        return identities(human(person)).stream()
                .min(Comparator.comparing(Person::value))
                .orElse(person);
    }

    /**
     * Whether nobody can say which human this is: the holder of a token that belongs to no known person, a schedule of such a
     * token, and whoever is served on this machine without having logged in.
     */
    default boolean isUnknown(Person person) {
        var human = human(person);
        boolean acts = human.value().startsWith("token:")
                || human.value().startsWith("schedule:")
                || human.equals(Authorizer.LOCAL);
        return acts && identities(human).size() == 1;
    }

    /** Whether both are the same human. */
    default boolean same(Person a, Person b) {
        return a.equals(b) || identities(a).contains(b);
    }
}
