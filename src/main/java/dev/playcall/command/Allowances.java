package dev.playcall.command;

import dev.playcall.domain.name.Person;
import java.time.Duration;
import java.util.Optional;

/** How much more somebody may ask for. */
@FunctionalInterface
public interface Allowances {
    /** Empty when they may ask for as much as they like. */
    Optional<Left> left(Person person);

    /**
     * {@code left} of {@code most}.
     *
     * @param more how long until there is one more; nothing when all are there
     */
    record Left(int most, long left, Duration more) {}
}
