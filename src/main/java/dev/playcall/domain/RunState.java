package dev.playcall.domain;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** State of a run; {@link #word} is what is stored and promised, {@link #label} what people read. */
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

    /** Whether Ansible has not been started for it. */
    public boolean isWaiting() {
        return this == AWAITING_APPROVAL || this == QUEUED;
    }

    /** Whether nothing can follow. */
    public boolean isFinal() {
        return this != AWAITING_APPROVAL && this != QUEUED && this != RUNNING;
    }

    /** Whether it came to an end by itself, and not a good one. */
    public boolean isBad() {
        return this == FAILED || this == TIMED_OUT || this == INTERRUPTED;
    }

    /** As it is stored, filtered by and sent over HTTP: {@code timed_out}, {@code success}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As it is written for people: {@code timed out}, {@code succeeded}. */
    public String label() {
        return this == SUCCESS ? "succeeded" : word().replace('_', ' ');
    }

    /** As people type it: the label in one word, {@code timed_out}, {@code succeeded}. */
    public String typed() {
        return label().replace(' ', '_');
    }

    /** The state with this word, as it is stored or typed, if there is one. */
    public static Optional<RunState> of(String word) {
        return Arrays.stream(values())
                .filter(s -> s.word().equals(word) || s.typed().equals(word))
                .findFirst();
    }
}
