package dev.playcall.runner;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The supervisor's exit record.
 *
 * @param code of the child, empty when a signal ended it
 * @param error why it did not start
 * @param remote commands on other machines that were at work when it was stopped, and that do not end with it
 */
public record Exit(OptionalInt code, OptionalInt signal, Why why, Optional<String> error, int remote) {

    /** What made the child end. */
    public enum Why {
        EXITED,
        CANCELLED,
        TIMEOUT,
        NOT_STARTED
    }
}
