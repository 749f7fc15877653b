package dev.playcall.web.http;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * A part of the gateway that can be asked how it is.
 *
 * @param name {@code database}, {@code runner}, or the name of a chat platform
 * @param look says what is wrong with it, if anything; asked on the thread of whoever wants to know
 */
public record ReadinessCheck(String name, Supplier<Optional<Problem>> look) {

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
