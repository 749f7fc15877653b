package dev.playcall.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Commands that start, cancel or retry one request over several environments. */
public sealed interface BatchCommand extends Command {

    /**
     * Starts the same in several environments, one after the other.
     *
     * @param environments in their order, or {@code all}
     * @param onFailure {@code stop} or {@code continue}; empty for stop
     * @param start what to start in each; its environment is empty
     */
    record StartBatch(List<String> environments, String onFailure, StartCommand start) implements BatchCommand {
        public StartBatch {
            environments = List.copyOf(environments);
        }

        @Override
        public String auditAction() {
            return "batch";
        }

        @Override
        public String subject() {
            return start.operation() + start.playbook().map(p -> " " + p).orElse("") + " "
                    + String.join(",", environments);
        }

        @Override
        public Map<String, String> auditDetails() {
            var details = new LinkedHashMap<>(start.auditDetails());
            details.put("environments", String.join(",", environments));
            details.put("on_failure", onFailure);
            return details;
        }
    }

    /** Commands about one rollout over many hosts. */
    sealed interface DeploymentCommand extends BatchCommand {
        /** The deployment; 0 for one that is to be made. */
        long deployment();

        @Override
        default String subject() {
            return "deployment " + deployment();
        }
    }

    /**
     * Rolls out a playbook over the hosts of one environment, in waves.
     *
     * @param name of the deployment; empty for none
     * @param rollout what is different from what is configured
     */
    record StartRollout(StartCommand start, String name, RolloutWords rollout) implements DeploymentCommand {
        @Override
        public long deployment() {
            return 0;
        }

        @Override
        public String auditAction() {
            return "rollout";
        }

        @Override
        public String subject() {
            return start.subject();
        }

        @Override
        public Optional<String> environmentName() {
            return start.environmentName();
        }

        @Override
        public Map<String, String> auditDetails() {
            var details = new LinkedHashMap<>(start.auditDetails());
            details.put("selection", start.limit().isBlank() ? "all" : start.limit());
            details.put("name", name);
            rollout.words().forEach(details::put);
            return details;
        }
    }

    /**
     * What somebody says of a rollout, as written; empty for what is configured.
     *
     * @param waves sizes divided by commas
     */
    record RolloutWords(String waves, String maxFailed, String pause, String rollback) {
        public static final RolloutWords NONE = new RolloutWords("", "", "", "");

        /** By the names of the configuration; what is not said is empty. */
        public Map<String, String> words() {
            var words = new LinkedHashMap<String, String>();
            words.put("waves", waves);
            words.put("max_failed", maxFailed);
            words.put("pause", pause);
            words.put("rollback", rollback);
            return words;
        }

        public boolean isNone() {
            return words().values().stream().allMatch(String::isBlank);
        }
    }

    /** Lets the next wave of a deployment begin. */
    record ResumeDeployment(long deployment) implements DeploymentCommand {
        @Override
        public String auditAction() {
            return "resume.deployment";
        }
    }

    /** Cancels what of a deployment has not ended. */
    record CancelDeployment(long deployment) implements DeploymentCommand {
        @Override
        public String auditAction() {
            return "cancel.deployment";
        }
    }

    /**
     * Rolls out again on the hosts where a deployment did not succeed, as a new deployment.
     *
     * @param variables those that have another value than before, as in {@link StartCommand#variables}
     */
    record RetryDeployment(long deployment, RepeatReason why, Map<String, Object> variables)
            implements DeploymentCommand {
        public RetryDeployment {
            variables = Map.copyOf(variables);
        }

        public RetryDeployment(long deployment, RepeatReason why) {
            this(deployment, why, Map.of());
        }

        public RetryDeployment(long deployment) {
            this(deployment, RepeatReason.SAME);
        }

        @Override
        public String auditAction() {
            return "retry.deployment";
        }

        @Override
        public Map<String, String> auditDetails() {
            var details = new LinkedHashMap<>(why.auditDetails());
            details.put("variables", RepeatReason.names(variables));
            return details;
        }
    }

    /**
     * Takes back the waves of a deployment that have begun, in one run.
     *
     * @param with the operation or playbook that does it; empty for the one of the deployment
     */
    record RollBackDeployment(long deployment, String with, RepeatReason why) implements DeploymentCommand {
        @Override
        public String auditAction() {
            return "rollback.deployment";
        }

        @Override
        public Map<String, String> auditDetails() {
            var details = new LinkedHashMap<>(why.auditDetails());
            details.put("rollback", with);
            return details;
        }
    }

    /** Cancels the runs of a batch that have not ended; with {@code rest} only those that have not started. */
    record CancelBatch(long batch, boolean rest) implements BatchCommand {
        @Override
        public String auditAction() {
            return "cancel.batch";
        }

        @Override
        public String subject() {
            return "batch " + batch + (rest ? ", runs not started" : "");
        }
    }

    /** Starts the runs of a batch that did not succeed again, as a new batch; with {@code rest} only those not started. */
    record RetryBatch(long batch, RepeatReason why, boolean rest) implements BatchCommand {
        public RetryBatch(long batch) {
            this(batch, RepeatReason.SAME);
        }

        public RetryBatch(long batch, RepeatReason why) {
            this(batch, why, false);
        }

        @Override
        public String auditAction() {
            return "retry.batch";
        }

        @Override
        public String subject() {
            return "batch " + batch + (rest ? ", runs not started" : "");
        }

        @Override
        public Map<String, String> auditDetails() {
            return why.auditDetails();
        }
    }
}
