package dev.playcall.command;

import dev.playcall.domain.Run;
import java.util.Optional;

/** What the desk says. Everything but {@link Accepted} and {@link Again} means that nothing was done. */
public sealed interface Reply {

    /** It is recorded and will happen, or has happened: the run as it stands. */
    record Accepted(Run run) implements Reply {}

    /** The same wish was accepted before; this is its run. */
    record Again(Run run) implements Reply {}

    /**
     * Something in it is wrong.
     *
     * @param field which part, in the words of the API: {@code environment}, {@code limit}, {@code variables.version}
     * @param message one line that says what is wrong
     * @param remedy what would be right, as a text to type where possible
     */
    record Invalid(String field, String message, Optional<String> remedy) implements Reply {
        /** Both in one line. */
        public String line() {
            return message + remedy.map(r -> " — " + r).orElse("");
        }
    }

    record NotFound(String message) implements Reply {}

    /** It cannot be done any more; {@code run} is how it stands. */
    record TooLate(Run run, String message) implements Reply {}

    record Denied(String message) implements Reply {}
}
