package dev.playcall.security;

import dev.playcall.config.Freeze;
import dev.playcall.domain.EnvironmentName;
import dev.playcall.domain.Person;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What is closed to changes, by locks that people hold and by freezes of the configuration. */
public final class Closures {
    private final LockStore locks;
    private final Supplier<List<Freeze>> freezes;
    private final Function<EnvironmentName, List<Freeze>> here;
    private final People people;
    private final Clock clock;

    /** Where no environment has freezes of its own. */
    public Closures(LockStore locks, List<Freeze> freezes, People people, Clock clock) {
        this(locks, () -> freezes, _ -> List.of(), people, clock);
    }

    /** @param here the freezes in the file of an environment, as they are now */
    public Closures(
            LockStore locks,
            Supplier<List<Freeze>> freezes,
            Function<EnvironmentName, List<Freeze>> here,
            People people,
            Clock clock) {
        this.locks = locks;
        this.freezes = freezes;
        this.here = here;
        this.people = people;
        this.clock = clock;
    }

    /** Who is one human with whom. */
    public People people() {
        return people;
    }

    public LockStore locks() {
        return locks;
    }

    /** What keeps this person from changing that environment now. A lock does not keep out whoever holds it. */
    public Optional<Closure> against(Person person, EnvironmentName environment) {
        Optional<Closure> locked =
                lock(environment).filter(l -> !people.same(l.holder(), person)).map(Closure.Locked::new);
        return locked.or(() -> frozen(environment, clock.instant()).map(f -> f));
    }

    /** The lock of this environment that holds now. */
    public Optional<EnvironmentLock> lock(EnvironmentName environment) {
        return locks.find(environment).filter(l -> !l.isOver(clock.instant()));
    }

    /** Everything that is closed of these, whoever asks. */
    public List<Closure> all(Collection<EnvironmentName> environments) {
        return environments.stream()
                .flatMap(e -> Stream.<Closure>concat(
                        lock(e).map(Closure.Locked::new).stream(), frozen(e, clock.instant()).stream()))
                .toList();
    }

    /** Why nothing may be changed there at that time, by a freeze that is known now. */
    public Optional<String> frozenBecause(EnvironmentName environment, Instant at) {
        return frozen(environment, at).map(f -> f.freeze().reason());
    }

    /** Of several freezes the one that ends last. */
    private Optional<Closure.Frozen> frozen(EnvironmentName environment, Instant at) {
        return Stream.concat(freezes.get().stream(), here.apply(environment).stream())
                .filter(f -> f.environments().isEmpty() || Names.anyMatches(f.environments(), environment.value()))
                .flatMap(f -> f.window().end(at).stream().map(end -> new Closure.Frozen(environment, f, end)))
                .max(Comparator.comparing(Closure.Frozen::end));
    }
}
