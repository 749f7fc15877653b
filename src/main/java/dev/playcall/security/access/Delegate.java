package dev.playcall.security.access;

import dev.playcall.domain.name.Person;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Something that acts for a person and may never do more than they may, such as a token.
 *
 * @param permissions what it was made for
 */
public record Delegate(Person owner, Set<Permission> permissions) {
    public Delegate {
        permissions = permissions.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(permissions));
    }
}
