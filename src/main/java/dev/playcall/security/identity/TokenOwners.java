package dev.playcall.security.identity;

import dev.playcall.domain.name.Person;
import dev.playcall.security.access.People;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Behind a token stands whoever made it, and also whoever made one of that name that was revoked since. */
public final class TokenOwners implements People {
    private static final String TOKEN = "token:";

    private final People people;
    private final TokenStore tokens;

    public TokenOwners(People people, TokenStore tokens) {
        this.people = people;
        this.tokens = tokens;
    }

    @Override
    public Set<Person> identities(Person person) {
        var all = new LinkedHashSet<>(people.identities(person));
        if (person.value().startsWith(TOKEN)) {
            tokens.owners(person.id()).forEach(owner -> all.addAll(people.identities(owner)));
        }
        return all;
    }

    @Override
    public List<Person> chain(Person person) {
        return people.chain(person);
    }

    @Override
    public Optional<String> gone(Person person) {
        return people.gone(person);
    }

    @Override
    public boolean same(Person a, Person b) {
        return a.equals(b) || identities(a).contains(b) || identities(b).contains(a);
    }
}
