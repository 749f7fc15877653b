package dev.playcall.security.access;

import dev.playcall.domain.name.Person;
import java.time.Duration;

/** How many runs somebody may still request, counted for all gateways on a database. Times are those of the database. */
public interface AllowanceStore {

    /**
     * Takes some, all or none.
     *
     * @param each what one costs: after that time, one more may be taken
     * @param together how much time may be taken at once
     * @return how long to wait until so many can be taken; zero when they were
     */
    Duration take(Person person, int count, Duration each, Duration together);

    /** Gives some back. */
    void giveBack(Person person, int count, Duration each);

    /** How much time is taken now. */
    Duration taken(Person person);
}
