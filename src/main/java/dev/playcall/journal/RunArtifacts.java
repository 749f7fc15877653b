package dev.playcall.journal;

import dev.playcall.domain.name.RunId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The playbook and the task results in the run directories, as long as those are kept. */
public interface RunArtifacts {
    RunArtifacts NONE = new RunArtifacts() {
        @Override
        public Optional<String> playbook(RunId run) {
            return Optional.empty();
        }

        @Override
        public Optional<String> ansibleSettings(RunId run) {
            return Optional.empty();
        }

        @Override
        public Optional<String> slices(RunId run) {
            return Optional.empty();
        }

        @Override
        public List<Task> tasks(RunId run) {
            return List.of();
        }

        @Override
        public List<String> messages(RunId run) {
            return List.of();
        }
    };

    /** The playbook as it was when the run began; without the roles and files it includes. */
    Optional<String> playbook(RunId run);

    /** How Ansible was set for the run, each value with where it came from, one line; empty for no playbook. */
    Optional<String> ansibleSettings(RunId run);

    /** Into how many slices its hosts were divided, {@code 2}, or why into one only; empty where nobody wanted several. */
    Optional<String> slices(RunId run);

    /** Every task in the order in which it began. */
    List<Task> tasks(RunId run);

    /** What tasks that succeeded said as their message, in that order; at most 4,000 characters of each. */
    List<String> messages(RunId run);

    /** What one task did on all hosts; {@code took} is from its first start to its last result. */
    record Task(String name, int ok, int changed, int failed, int skipped, Duration took) {
        /** Whether it had the same results. */
        boolean isLike(Task other) {
            return ok == other.ok && changed == other.changed && failed == other.failed && skipped == other.skipped;
        }
    }
}
