package dev.playcall.domain;

import dev.playcall.domain.name.Person;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * That somebody agreed.
 *
 * @param human stands for the human behind this identity and all others that are joined with it
 * @param identities all of them, as it was then
 */
public record Approval(Person by, Person human, Set<Person> identities, Instant at) {
    public Approval {
        var all = new LinkedHashSet<>(identities);
        all.add(by);
        all.add(human);
        identities = Collections.unmodifiableSet(all);
    }

    /** Whether both are of one human. */
    boolean isOfSame(Approval other) {
        return !Collections.disjoint(identities, other.identities);
    }
}
