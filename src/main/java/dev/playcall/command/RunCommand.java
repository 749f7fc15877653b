package dev.playcall.command;

import dev.playcall.domain.name.RunId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Commands about one existing run, addressed by its number. */
public sealed interface RunCommand extends Command {
    RunId run();

    @Override
    default Optional<RunId> runId() {
        return Optional.of(run());
    }

    @Override
    default String subject() {
        return run().toString();
    }

    /** Cancels a run that is queued or running. */
    record Cancel(RunId run) implements RunCommand {
        @Override
        public String auditAction() {
            return "cancel";
        }
    }

    /**
     * Starts a failed run again on the hosts that are not done, otherwise unchanged.
     *
     * @param limit only those of them that it names, hosts and groups, comma-separated; empty for all of them
     * @param variables those that have another value than before, as in {@link StartCommand#variables}
     */
    record Retry(RunId run, RepeatReason why, String limit, Map<String, Object> variables) implements RunCommand {
        public Retry {
            variables = Map.copyOf(variables);
        }

        public Retry(RunId run, RepeatReason why) {
            this(run, why, "", Map.of());
        }

        public Retry(RunId run) {
            this(run, RepeatReason.SAME);
        }

        @Override
        public String auditAction() {
            return "retry";
        }

        @Override
        public Map<String, String> auditDetails() {
            var details = new LinkedHashMap<>(why.auditDetails());
            details.put("limit", limit);
            details.put("variables", RepeatReason.names(variables));
            return details;
        }
    }

    /** Starts the same run again on all its hosts, checked anew. */
    record Rerun(RunId run, RepeatReason why) implements RunCommand {
        public Rerun(RunId run) {
            this(run, RepeatReason.SAME);
        }

        @Override
        public String auditAction() {
            return "rerun";
        }

        @Override
        public Map<String, String> auditDetails() {
            return why.auditDetails();
        }
    }

    /** Approves exactly what a run would do. */
    record Approve(RunId run) implements RunCommand {
        @Override
        public String auditAction() {
            return "approve";
        }
    }

    /** Rejects a run, which ends it. */
    record Reject(RunId run, String reason) implements RunCommand {
        @Override
        public String auditAction() {
            return "reject";
        }

        @Override
        public Map<String, String> auditDetails() {
            return Map.of("reason", reason);
        }
    }

    /** Keeps a run, however old it gets. */
    record Pin(RunId run, String reason) implements RunCommand {
        @Override
        public String auditAction() {
            return "pin";
        }

        @Override
        public Map<String, String> auditDetails() {
            return Map.of("reason", reason);
        }
    }

    /** Lets the retention of the configuration apply to a run again. */
    record Unpin(RunId run) implements RunCommand {
        @Override
        public String auditAction() {
            return "unpin";
        }
    }

    /** Suspends the processes of a run. */
    record PauseRun(RunId run, String reason) implements RunCommand {
        @Override
        public String auditAction() {
            return "pause.run";
        }

        @Override
        public Map<String, String> auditDetails() {
            return Map.of("reason", reason);
        }
    }

    /** Lets a paused run continue. */
    record ResumeRun(RunId run) implements RunCommand {
        @Override
        public String auditAction() {
            return "resume.run";
        }
    }
}
