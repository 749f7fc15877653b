package dev.playcall.domain;

import dev.playcall.domain.name.Person;
import dev.playcall.domain.name.RunId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The person a run is attributed to, with their identities and what acted for them, as of the request. It is kept with the run and never changes after, whatever
 * becomes of accounts, tokens, schedules and links between identities.
 *
 * @param human whoever asked, or in whose name it was asked
 * @param identities every identity of that human, and what acted for them
 * @param through what it came through: {@code schedule:3}, {@code token:ci}, {@code retry:41},
 *     {@code rerun:41}, {@code batch:7}, {@code rollback:3}
 */
public record Provenance(Person human, Set<Person> identities, List<String> through) {
    private static final Pattern RERUN = Pattern.compile("rerun:[1-9]\\d{0,15}");
    private static final Pattern ROLLBACK = Pattern.compile("rollback:[1-9]\\d{0,15}");

    public Provenance {
        var all = new LinkedHashSet<>(identities);
        all.add(human);
        identities = Collections.unmodifiableSet(all);
        through = List.copyOf(through);
    }

    /** Somebody who asked for themselves, with one identity. */
    public static Provenance of(Person human) {
        return new Provenance(human, Set.of(human), List.of());
    }

    /** The same, having come through one thing more. */
    public Provenance through(String what) {
        if (through.contains(what)) {
            return this;
        }
        var all = new ArrayList<>(through);
        all.add(what);
        return new Provenance(human, identities, all);
    }

    /** The run that is run again as a whole; a retry is known by its request. */
    public Optional<RunId> rerunOf() {
        return number(RERUN).map(RunId::new);
    }

    /** The number of the deployment that is rolled back, all of it or one wave. */
    public Optional<Long> rollsBack() {
        return number(ROLLBACK);
    }

    private Optional<Long> number(Pattern kind) {
        return through.reversed().stream()
                .filter(t -> kind.matcher(t).matches())
                .findFirst()
                .map(t -> Long.parseLong(t.substring(t.indexOf(':') + 1)));
    }

    /** Whether one of these is an identity of whoever stands behind it. */
    public boolean isAny(Collection<Person> people) {
        return !Collections.disjoint(identities, people);
    }
}
