package dev.playcall.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
