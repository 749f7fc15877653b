package dev.playcall.schedule;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Calls when something is due, on one node at a time, also after a crash. */
public interface Alarm {

    /** @param bell does what is due and says when something is due next; called from now on */
    void listen(Supplier<Optional<Instant>> bell);
}
