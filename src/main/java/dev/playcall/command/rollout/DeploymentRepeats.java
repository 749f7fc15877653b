package dev.playcall.command.rollout;

import dev.playcall.command.BatchCommand.RollBackDeployment;
import dev.playcall.command.RepeatReason;
import dev.playcall.command.Reply;
import dev.playcall.domain.Batch;
import dev.playcall.domain.Run;
import dev.playcall.domain.rollout.Deployment;
import dev.playcall.domain.rollout.Deployment.DeploymentState;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.Repeats;
import java.util.List;
import java.util.Optional;

/** What stands against doing a deployment again: somebody does it already, or has done it. */
record DeploymentRepeats(EventStore store) {

    /** Empty when it may be retried. */
    Optional<Reply> ofRetry(Deployment deployment, RepeatReason why) {
        return store.deployments().retried(deployment).flatMap(again -> {
            if (!state(again).isFinal()) {
                return Optional.of(faster(again));
            }
            var line = deployment + " was already retried by " + again + " ("
                    + state(again).word() + ")";
            return asked(why, line, "retry deployment " + deployment.id());
        });
    }

    /** Empty when nobody retries one of its waves alone at this moment. */
    Optional<Reply> ofWaves(List<Run> waves) {
        return waves.stream()
                .flatMap(w -> store.history().repeats(w.id()).stream()
                        .filter(r -> Repeats.isRetry(r) && !r.state().isFinal())
                        .map(r -> (Reply) new Reply.TooLate(
                                r,
                                r.id() + " already retries " + w.id() + ", a wave of it, and is "
                                        + r.state().label())))
                .findFirst();
    }

    /**
     * Empty when it may be rolled back. What took only the failed wave back, by itself, is not in the way when it has
     * ended.
     */
    Optional<Reply> ofRollback(Deployment deployment, RollBackDeployment command) {
        return store.deployments().rolledBack(deployment).flatMap(run -> {
            if (!run.state().isFinal()) {
                return Optional.of(new Reply.TooLate(
                        run,
                        run.id() + " already rolls back " + deployment + " and is "
                                + run.state().label()));
            }
            var words =
                    "rollback deployment " + deployment.id() + (command.with().isBlank() ? "" : " " + command.with());
            return deployment.isOwnRollback(run)
                    ? Optional.empty()
                    : asked(command.why(), done(deployment, run), words);
        });
    }

    private static String done(Deployment deployment, Run run) {
        return deployment + " was already rolled back by " + run.id() + " ("
                + run.state().label() + ")";
    }

    private static Optional<Reply> asked(RepeatReason why, String line, String words) {
        return why.confirmed()
                ? Optional.empty()
                : Optional.of(new Reply.Invalid(RepeatReason.CONFIRM, line, Optional.of(words + " --yes")));
    }

    /** Of two who asked at once, the answer for the second one. */
    Reply faster(Batch first) {
        return store.deployments()
                .ofBatch(first.id())
                .map(this::faster)
                .orElseGet(() -> new Reply.Conflict(first + " does this already"));
    }

    private Reply faster(Deployment first) {
        return new Reply.Conflict(first.batch().by().inText() + " was faster: " + first + " retries it and is "
                + state(first).word());
    }

    private DeploymentState state(Deployment deployment) {
        return deployment.state(store.batches().runs(deployment.batch().id()));
    }
}
