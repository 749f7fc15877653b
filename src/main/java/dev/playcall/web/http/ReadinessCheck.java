package dev.playcall.web.http;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A part of the gateway that can be asked how it is.
 *
 * @param name {@code database}, {@code runner}, or the name of a chat platform
 * @param look says what is wrong with it, if anything; asked on the thread of whoever wants to know
 * @param activity when it last did its work, of one that works by itself
 */
public record ReadinessCheck(String name, Supplier<Optional<Problem>> look, Supplier<Activity> activity) {
    private static final Activity NONE = new Activity(Optional.empty(), Optional.empty());

    /** One that does not work by itself. */
    public ReadinessCheck(String name, Supplier<Optional<Problem>> look) {
        this(name, look, () -> NONE);
    }

    /**
     * Of work that is done again and again.
     *
     * @param lastOk when it last went well
     * @param failingSince since when it does not, should that be so
     */
    public record Activity(Optional<Instant> lastOk, Optional<Instant> failingSince) {}

    /** What is wrong, in one line without secrets: it is told to whoever asks. */
    public record Problem(String text, Weight weight) {
        /** Without this part the gateway cannot do its work. */
        public static Problem stops(String text) {
            return new Problem(text, Weight.STOPS);
        }

        /** The rest goes on working. */
        public static Problem degrades(String text) {
            return new Problem(text, Weight.DEGRADES);
        }
    }

    /** What a problem means for the whole. */
    public enum Weight {
        STOPS,
        DEGRADES
    }

    /** A part that the gateway cannot do without, and that can only say whether it is well. */
    public static ReadinessCheck needed(String name, Supplier<Optional<String>> problem) {
        return new ReadinessCheck(name, () -> problem.get().map(Problem::stops));
    }
}
