package dev.playcall.chat.card;

import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import dev.playcall.domain.name.Person;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Who ended a run by not agreeing to it, as its reason says. */
final class Rejection {
    private static final Pattern REJECTED = Pattern.compile("rejected by ([a-z]+:[^\\s:]+)");

    private Rejection() {}

    static Optional<Person> by(Run run) {
        var by = REJECTED.matcher(run.reason());
        return run.state() == RunState.REJECTED && by.lookingAt()
                ? Optional.of(new Person(by.group(1)))
                : Optional.empty();
    }

    /** A text about the run, in which whoever rejected or cancelled it stands by name. */
    static String named(Run run, String text, Function<Person, String> names) {
        return Stream.concat(by(run).stream(), run.cancelledBy().stream())
                .reduce(text, (t, p) -> p.namedIn(t, names.apply(p)), (_, t) -> t);
    }
}
