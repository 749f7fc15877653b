package dev.playcall.runner.directory;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The supervisor's exit record.
 *
 * @param code of the child, empty when a signal ended it
 * @param error why it did not start
 * @param cpu time on a processor of the child and everything below it
 * @param peakBytes memory of the largest process among them
 * @param full whether the disk of the run directory had no room when it ended badly
 * @param remote commands on other machines that were at work when it was stopped, and that do not end with it
 * @param ended when the last of its processes was gone
 * @param limit that it has met, should it have failed
 */
public record ExitRecord(
        OptionalInt code,
        OptionalInt signal,
        Why why,
        Optional<String> error,
        boolean full,
        int remote,
        Optional<Duration> cpu,
        Optional<Long> peakBytes,
        Optional<Instant> ended,
        Optional<ExceededLimit> limit) {

    /** One that nobody measured. */
    public ExitRecord(OptionalInt code, OptionalInt signal, Why why, Optional<String> error, int remote) {
        this(
                code,
                signal,
                why,
                error,
                false,
                remote,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** What made the child end. */
    public enum Why {
        EXITED,
        CANCELLED,
        TIMEOUT,
        LIMIT,
        NOT_STARTED,
        /** Its machine did not reach the database for too long. */
        FENCED,
        /** It ran on another host, and nobody knows how it ended there. */
        LOST
    }

    /**
     * The limit ({@code ansible.limits}) that a run has met.
     *
     * @param name as in the configuration: {@code memory}, {@code cpu}, {@code processes} or {@code open_files}
     * @param value in bytes, percent or as a number
     * @param each whether it holds for each process, and not for all of a run together
     */
    public record ExceededLimit(String name, long value, boolean each) {}
}
