package dev.playcall.security.identity;

import dev.playcall.domain.name.Person;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a program identifies itself with. Its secret is shown once and kept only as a hash.
 *
 * @param owner who made it; it may never do more than this person
 * @param scopes names of the permissions it was made for
 */
public record ApiToken(
        String name, Person owner, Set<String> scopes, Instant created, Instant expires, Optional<Instant> used) {
    public ApiToken {
        scopes = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(scopes));
    }

    /** Who this is by the command handler. */
    public Person person() {
        return new Person("token:" + name);
    }
}
