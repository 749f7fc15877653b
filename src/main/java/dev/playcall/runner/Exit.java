package dev.playcall.runner;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The supervisor's exit record.
 *
 * @param code of the child, empty when a signal ended it
 * @param error why it did not start
 * @param cpu time on a processor of the child and everything below it
 * @param peakBytes memory of the largest process among them
 * @param remote commands on other machines that were at work when it was stopped, and that do not end with it
 */
public record Exit(
        OptionalInt code,
        OptionalInt signal,
        Why why,
        Optional<String> error,
        int remote,
        Optional<Duration> cpu,
        Optional<Long> peakBytes) {

    /** One that nobody measured. */
    public Exit(OptionalInt code, OptionalInt signal, Why why, Optional<String> error, int remote) {
        this(code, signal, why, error, remote, Optional.empty(), Optional.empty());
    }

    /** What made the child end. */
    public enum Why {
        EXITED,
        CANCELLED,
        TIMEOUT,
        NOT_STARTED
    }
}
