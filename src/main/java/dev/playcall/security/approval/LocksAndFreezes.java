package dev.playcall.security.approval;

import dev.playcall.config.FreezeWindow;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Person;
import dev.playcall.security.access.NamePatterns;
import dev.playcall.security.access.People;
import dev.playcall.security.approval.LockStore.EnvironmentLock;
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
public final class LocksAndFreezes {
    private final LockStore locks;
    private final Supplier<List<FreezeWindow>> freezes;
    private final Function<EnvironmentName, List<FreezeWindow>> here;
    private final People people;
    private final Clock clock;

    /** @param here the freezes in the file of an environment, as they are now */
    public LocksAndFreezes(
            LockStore locks,
            Supplier<List<FreezeWindow>> freezes,
            Function<EnvironmentName, List<FreezeWindow>> here,
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
    public Optional<LockOrFreeze> against(Person person, EnvironmentName environment) {
        Optional<LockOrFreeze> locked =
                lock(environment).filter(l -> !people.same(l.holder(), person)).map(LockOrFreeze.Locked::new);
        return locked.or(() -> frozen(environment, clock.instant()).map(f -> f));
    }

    /** The lock of this environment that holds now. */
    public Optional<EnvironmentLock> lock(EnvironmentName environment) {
        return locks.find(environment).filter(l -> !l.isOver(clock.instant()));
    }

    /** Everything that is closed of these, whoever asks. */
    public List<LockOrFreeze> all(Collection<EnvironmentName> environments) {
        return environments.stream()
                .flatMap(e -> Stream.<LockOrFreeze>concat(
                        lock(e).map(LockOrFreeze.Locked::new).stream(), frozen(e, clock.instant()).stream()))
                .toList();
    }

    /** Why nothing may be changed there at that time, by a freeze that is known now. */
    public Optional<String> frozenBecause(EnvironmentName environment, Instant at) {
        return frozen(environment, at).map(f -> f.freeze().reason());
    }

    /** Of several freezes the one that ends last. */
    private Optional<LockOrFreeze.Frozen> frozen(EnvironmentName environment, Instant at) {
        return Stream.concat(freezes.get().stream(), here.apply(environment).stream())
                .filter(f ->
                        f.environments().isEmpty() || NamePatterns.anyMatches(f.environments(), environment.value()))
                .flatMap(f -> f.window().end(at).stream().map(end -> new LockOrFreeze.Frozen(environment, f, end)))
                .max(Comparator.comparing(LockOrFreeze.Frozen::end));
    }

    /** Why nothing may be changed in an environment at present. */
    public sealed interface LockOrFreeze {

        /** Somebody locked it. */
        record Locked(EnvironmentLock lock) implements LockOrFreeze {}

        /** It is frozen until then. */
        record Frozen(EnvironmentName environment, FreezeWindow freeze, Instant end) implements LockOrFreeze {}

        /** When it ends by itself. */
        default Optional<Instant> until() {
            return switch (this) {
                case Locked(var lock) -> lock.until();
                case Frozen(var _, var _, var end) -> Optional.of(end);
            };
        }

        /** One line: who or what, why, and until when. */
        default String line(Function<Person, String> name, Function<Instant, String> time) {
            return switch (this) {
                case Locked(var lock) ->
                    lock.environment() + " is locked by " + name.apply(lock.holder())
                            + lock.until().map(u -> " until " + time.apply(u)).orElse("") + ": " + lock.reason();
                case Frozen(var environment, var freezeWindow, var end) ->
                    environment + " is frozen until " + time.apply(end) + ": " + freezeWindow.reason();
            };
        }
    }
}
