package dev.playcall.security.access;

import dev.playcall.domain.name.Person;
import java.util.List;
import java.util.Optional;

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
}
