package dev.playcall.security.access;

import dev.playcall.domain.name.Person;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Where it is kept which identities are one human. */
public interface LinkStore {

    /** Everybody who was joined with somebody. */
    List<Set<Person>> humans();

    /**
     * One identity says that another is also theirs. When the other has said so since then, both are joined, with all
     * that each was joined with before.
     *
     * @return whether they are joined now
     */
    boolean claim(Person by, Person other, Instant now, Instant since);

    /** Takes an identity out of its human; false when it was in none. */
    boolean leave(Person person);
}
