package dev.playcall.domain;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** State of a run, written in lower case wherever it is shown or stored. */
public enum RunState {
    AWAITING_APPROVAL,
    QUEUED,
    RUNNING,
    SUCCESS,
    FAILED,
    CANCELLED,
    TIMED_OUT,
    INTERRUPTED,
    REJECTED,
    EXPIRED;

    /** Whether nothing can follow. */
    public boolean isFinal() {
        return this != AWAITING_APPROVAL && this != QUEUED && this != RUNNING;
    }

    /** Whether it came to an end by itself, and not a good one. */
    public boolean isBad() {
        return this == FAILED || this == TIMED_OUT || this == INTERRUPTED;
    }

    /** The word people read, {@code timed_out}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state with this word, if there is one. */
    public static Optional<RunState> of(String word) {
        return Arrays.stream(values()).filter(s -> s.word().equals(word)).findFirst();
    }
}
