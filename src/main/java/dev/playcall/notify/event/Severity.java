package dev.playcall.notify.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The severity of an event, in ascending order. */
public enum Severity {
    INFO,
    WARNING,
    ERROR,
    CRITICAL;

    /** As it is written everywhere. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The severity of this word, if there is one. */
    public static Optional<Severity> of(String word) {
        var wanted = word.strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(s -> s.word().equals(wanted)).findFirst();
    }
}
