package dev.playcall.security.access;

import dev.playcall.domain.name.Person;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rights that are kept elsewhere than in the configuration: those of accounts and tokens. Asked for every decision. */
@FunctionalInterface
public interface Grants {
    List<Grant> current();

    /** For whom this one acts, when it is not somebody of its own. */
    default Optional<Delegate> delegate(Person person) {
        return Optional.empty();
    }

    /** Why nobody acts through this identity any more: a token that was revoked, an account that was removed. */
    default Optional<String> gone(Person person) {
        return Optional.empty();
    }

    /**
     * Something that acts for a person and may never do more than they may, such as a token.
     *
     * @param permissions what it was made for
     */
    record Delegate(Person owner, Set<Permission> permissions) {
        public Delegate {
            permissions = permissions.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(permissions));
        }
    }
}
