package dev.playcall.domain;

import dev.playcall.domain.name.Person;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One request over several environments, whose runs are done one after the other.
 *
 * @param retryOf the batch of which this one does again what did not end well
 */
public record Batch(long id, OnFailure onFailure, Person by, Origin origin, Instant at, Optional<Long> retryOf) {

    /** What becomes of the rest when one run does not end well. */
    public enum OnFailure {
        STOP,
        CONTINUE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The one with this word, if there is one. */
        public static Optional<OnFailure> of(String word) {
            return List.of(values()).stream().filter(o -> o.word().equals(word)).findFirst();
        }
    }

    /**
     * The place of a run in its batch.
     *
     * @param number from 1
     * @param of how many runs there are
     */
    public record Place(long batch, int number, int of, OnFailure onFailure) {
        public Place {
            if (batch < 1 || number < 1 || number > of) {
                throw new IllegalArgumentException("there is no place " + number + " of " + of + " in batch " + batch);
            }
        }

        /** Whether its batch is shown where it is. */
        public boolean isFirst() {
            return number == 1;
        }

        @Override
        public String toString() {
            return number + " of " + of + " in batch " + batch;
        }
    }

    /** How all of it stands: it works as long as one run of it may still do something. */
    public static RunState state(List<Run> runs) {
        if (runs.stream().anyMatch(r -> !r.state().isFinal())) {
            boolean begun = runs.stream().anyMatch(r -> r.startedAt().isPresent());
            return begun ? RunState.RUNNING : waiting(runs);
        }
        if (runs.stream().allMatch(r -> r.state() == RunState.SUCCESS)) {
            return RunState.SUCCESS;
        }
        return runs.stream().allMatch(r -> r.state() == RunState.SUCCESS || r.state() == RunState.CANCELLED)
                ? RunState.CANCELLED
                : RunState.FAILED;
    }

    private static RunState waiting(List<Run> runs) {
        return runs.stream()
                .map(Run::state)
                .filter(s -> !s.isFinal())
                .findFirst()
                .orElse(RunState.QUEUED);
    }

    @Override
    public String toString() {
        return "batch " + id;
    }
}
