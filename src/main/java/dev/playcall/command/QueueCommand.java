package dev.playcall.command;

/** Commands that pause, resume, drain or cancel the queue or a part of it. */
public sealed interface QueueCommand extends Command {

    /** Starts nothing of this until it is resumed: {@code queue}, an environment or a playbook. */
    record Pause(String what, String reason) implements QueueCommand {
        @Override
        public String auditAction() {
            return "pause";
        }

        @Override
        public String subject() {
            return what + ": " + reason;
        }
    }

    /** Ends a pause; empty for the one of the whole queue. */
    record Resume(String what) implements QueueCommand {
        @Override
        public String auditAction() {
            return "resume";
        }

        @Override
        public String subject() {
            return what;
        }
    }

    /** Accepts no new runs until the queue is resumed. */
    record Drain(String reason) implements QueueCommand {
        @Override
        public String auditAction() {
            return "drain";
        }

        @Override
        public String subject() {
            return reason;
        }
    }

    /** Has a node take nothing from the queue until {@link UndrainNode}; what it executes goes on. */
    record DrainNode(String node, String reason) implements QueueCommand {
        @Override
        public String auditAction() {
            return "node.drain";
        }

        @Override
        public String subject() {
            return node + ": " + reason;
        }
    }

    /** Has a node take runs again. */
    record UndrainNode(String node) implements QueueCommand {
        @Override
        public String auditAction() {
            return "node.undrain";
        }

        @Override
        public String subject() {
            return node;
        }
    }

    /** Cancels every queued run that the caller may cancel. */
    record CancelQueue() implements QueueCommand {
        @Override
        public String auditAction() {
            return "cancel.queue";
        }

        @Override
        public String subject() {
            return "queue";
        }
    }
}
