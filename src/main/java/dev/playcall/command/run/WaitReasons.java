package dev.playcall.command.run;

import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.journal.EventStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Says what keeps runs from starting, for those who look on. */
public interface WaitReasons extends EventStore.Admission {
    /** Something that people hold back; {@code what} is how it is named to let it go on. */
    record Stop(String what, String line) {}

    /** What people hold back. */
    default List<Stop> stops(Predicate<EnvironmentName> seen) {
        return List.of();
    }

    /** The same, one line each. */
    default List<String> held(Predicate<EnvironmentName> seen) {
        return stops(seen).stream().map(Stop::line).toList();
    }

    /** Why nothing may be changed there at that time, by a freeze that is known now. */
    default Optional<String> frozen(EnvironmentName environment, Instant at) {
        return Optional.empty();
    }

    /** Every lock and freeze that holds now in environments that are seen, one line each. */
    List<String> closed(Predicate<EnvironmentName> seen);
}
