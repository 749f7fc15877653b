package dev.playcall.domain.rollout;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a deployment stands. */
public enum DeploymentState {
    /** Nothing has begun. */
    PENDING,
    RUNNING,
    /** Between two waves. */
    PAUSED,
    /** Every wave has ended, and no more hosts failed than may. */
    COMPLETED,
    /** More hosts failed than may. */
    FAILED,
    CANCELLED;

    public boolean isFinal() {
        return switch (this) {
            case PENDING, RUNNING, PAUSED -> false;
            case COMPLETED, FAILED, CANCELLED -> true;
        };
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one with this word, if there is one. */
    public static Optional<DeploymentState> of(String word) {
        return Arrays.stream(values()).filter(s -> s.word().equals(word)).findFirst();
    }
}
