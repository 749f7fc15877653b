package dev.playcall.domain.rollout;

import dev.playcall.domain.Batch;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import dev.playcall.domain.name.RunId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A playbook that is rolled out over hosts: one batch, whose runs are the waves in their order.
 *
 * @param selection which hosts, as the person wrote it; empty for all
 * @param hosts how many it is for, those that no play is for aside
 * @param untouched the selected hosts that no play is for, which are in no wave
 * @param openWaves how many of its waves may begin
 * @param nextAt when the next wave begins by itself after a pause
 * @param stopped why nothing further starts, one line; empty while that is not so
 * @param exceeded whether it stopped because more hosts failed than {@code maxFailed} allows
 * @param rollbackRun the run that took the failed wave back by itself
 */
public record Deployment(
        long id,
        Batch batch,
        String name,
        String description,
        String selection,
        Rollout rollout,
        int hosts,
        List<String> untouched,
        int openWaves,
        Optional<Instant> nextAt,
        String stopped,
        boolean exceeded,
        Optional<RunId> rollbackRun) {

    /** How all of it stands. */
    public DeploymentState state(List<Run> waves) {
        if (waves.stream().anyMatch(r -> !r.state().isFinal())) {
            return open(waves);
        }
        if (exceeded) {
            return DeploymentState.FAILED;
        }
        return stopped.isEmpty() ? DeploymentState.COMPLETED : DeploymentState.CANCELLED;
    }

    private DeploymentState open(List<Run> waves) {
        if (waves.stream().noneMatch(r -> r.startedAt().isPresent())) {
            return DeploymentState.PENDING;
        }
        return held(waves).isPresent() ? DeploymentState.PAUSED : DeploymentState.RUNNING;
    }

    /** The wave that waits for a person or for its time, while no other one works. */
    public Optional<Run> held(List<Run> waves) {
        return waves.stream()
                .filter(r -> !r.state().isFinal())
                .findFirst()
                .filter(r -> r.state() == RunState.QUEUED && place(r) > openWaves);
    }

    /** Why this wave does not begin, one line. */
    public String holdLine(Run wave) {
        var where = "before wave " + place(wave)
                + wave.batch().map(p -> " of " + p.of()).orElse("");
        return nextAt.map(_ -> this + " pauses for " + rollout.pause().word() + " " + where)
                .orElse(this + " is paused " + where + "; continue with: resume deployment " + id);
    }

    /**
     * Which selected hosts are skipped, one line.
     *
     * @param named how many are named
     */
    public Optional<String> untouchedLine(int named) {
        return Rollout.untouchedLine(untouched, named);
    }

    /** Whether this run took the failed wave back by itself, so that nobody asked for it. */
    public boolean isOwnRollback(Run run) {
        return rollbackRun.equals(Optional.of(run.id()));
    }

    /** The hosts on which this rollback has begun, however it ended; empty for none. */
    public static Set<String> undone(Optional<Run> rollback) {
        return rollback.filter(r -> r.startedAt().isPresent())
                .map(r -> Set.copyOf(r.request().hosts()))
                .orElse(Set.of());
    }

    /** {@code rolled back by #12 (succeeded)}, or of its failed wave {@code wave rolled back by #12 (running)}. */
    public String rolledBackLine(Run by) {
        return (isOwnRollback(by) ? "wave " : "") + "rolled back by " + by.id() + " ("
                + by.state().label() + ")";
    }

    /** The number of a wave, from 1. */
    public static int place(Run wave) {
        return wave.batch().map(Batch.Place::number).orElse(1);
    }

    @Override
    public String toString() {
        return "deployment " + id;
    }

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
}
