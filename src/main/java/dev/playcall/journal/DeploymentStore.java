package dev.playcall.journal;

import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.rollout.Deployment;
import dev.playcall.domain.rollout.Deployment.DeploymentState;
import dev.playcall.domain.rollout.Rollout;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Deployments. Their waves are the runs of a batch; what happens after a wave is decided in the transaction that ends it,
 * so that nothing can forget it: whether the next one may begin, whether the rest is cancelled, and whether the wave is
 * taken back.
 */
public interface DeploymentStore {

    /**
     * What is asked for besides the batch.
     *
     * @param selection which hosts, as the person wrote it; empty for all
     * @param untouched the selected hosts that no play is for
     * @param rollbacks what takes each wave back, in the order of the waves; empty for none
     */
    record DeploymentRequest(
            String name,
            String description,
            String selection,
            Rollout rollout,
            List<String> untouched,
            List<RunEvent.Requested> rollbacks) {
        public DeploymentRequest {
            untouched = List.copyOf(untouched);
            rollbacks = List.copyOf(rollbacks);
        }
    }

    /** See {@link Batches#create}. */
    Batches.Made create(
            DeploymentRequest deployment, Batches.BatchRequest request, List<RunEvent.Requested> waves, Instant at);

    Optional<Deployment> find(long deployment);

    Optional<Deployment> ofBatch(long batch);

    /** The newest deployment that retries this one. */
    Optional<Deployment> retried(Deployment deployment);

    /** The newest run that took back this deployment or a wave of it, by itself or because somebody asked for it. */
    Optional<Run> rolledBack(Deployment deployment);

    /**
     * Lets the next wave begin.
     *
     * @return false when no wave is held, as after somebody else was faster
     */
    boolean resume(long deployment);

    /**
     * Which deployments are wanted.
     *
     * @param search part of the name or the description, in any case; empty for all
     * @param environments those that are seen; empty for all
     * @param from how many are passed over, the newest first
     */
    record DeploymentQuery(
            Optional<DeploymentState> state, String search, Optional<Set<String>> environments, int from, int max) {}

    /** Some deployments, the newest first, and how many there are in all. */
    record DeploymentPage(List<Deployment> deployments, int total) {
        public DeploymentPage {
            deployments = List.copyOf(deployments);
        }
    }

    DeploymentPage list(DeploymentQuery query);
}
