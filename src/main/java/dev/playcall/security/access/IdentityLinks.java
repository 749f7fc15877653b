package dev.playcall.security.access;

import dev.playcall.domain.name.Person;
import dev.playcall.security.access.Grants.Delegate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Who is one human: as the configuration has it, and as people said of themselves on both sides. */
public final class IdentityLinks implements People {
    /** How long a claim waits for the other side. */
    static final Duration TIMEOUT = Duration.ofHours(24);

    private final Supplier<List<Set<Person>>> configured;
    private final LinkStore store;
    private final Grants grants;
    private final Clock clock;

    /** @param grants says which identities only act for somebody, who is then the human behind them */
    public IdentityLinks(List<Set<Person>> configured, LinkStore store, Grants grants, Clock clock) {
        this(() -> configured, store, grants, clock);
    }

    /** @param configured who is one human as it is configured now */
    public IdentityLinks(Supplier<List<Set<Person>>> configured, LinkStore store, Grants grants, Clock clock) {
        this.configured = configured;
        this.store = store;
        this.grants = grants;
        this.clock = clock;
    }

    /** What came of a claim. */
    public enum Claim {
        JOINED,
        /** The other side has to say the same. */
        WAITING,
        ALREADY
    }

    @Override
    public Set<Person> identities(Person person) {
        var humans = Stream.concat(configured.get().stream(), store.humans().stream())
                .toList();
        var found = new LinkedHashSet<Person>();
        found.add(person);
        found.add(human(person));
        boolean grown = true;
        while (grown) {
            grown = false;
            for (var human : humans) {
                grown |= !Collections.disjoint(human, found) && found.addAll(human);
            }
        }
        return Collections.unmodifiableSet(found);
    }

    @Override
    public boolean same(Person a, Person b) {
        return a.equals(b) || identities(human(a)).contains(human(b));
    }

    @Override
    public List<Person> chain(Person person) {
        var chain = new ArrayList<Person>();
        Optional<Person> next = Optional.of(person);
        while (next.isPresent() && !chain.contains(next.get())) {
            chain.add(next.get());
            next = grants.delegate(next.get()).map(Delegate::owner);
        }
        return List.copyOf(chain);
    }

    @Override
    public Optional<String> gone(Person person) {
        return chain(person).stream().flatMap(p -> grants.gone(p).stream()).findFirst();
    }

    /** This person says that the other identity is also theirs. */
    public Claim claim(Person by, Person other) {
        if (same(by, other)) {
            return Claim.ALREADY;
        }
        var now = clock.instant();
        return store.claim(by, other, now, now.minus(TIMEOUT)) ? Claim.JOINED : Claim.WAITING;
    }

    /** Undoes what was said; what the configuration says stays. */
    public boolean leave(Person person) {
        return store.leave(person);
    }

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
}
