package dev.playcall.command;

import dev.playcall.domain.RunId;
import dev.playcall.security.SecretKind;
import dev.playcall.security.SecretRef;
import dev.playcall.security.SecretText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A wish as somebody wrote it: nothing in it has been checked yet. */
public sealed interface Command {

    /**
     * Start an operation.
     *
     * @param playbook for {@code play}; elsewhere it comes from the catalogue
     * @param limit hosts and groups with commas between them, empty for all
     * @param variables as written; numbers and flags may come as text
     * @param override why it has to be done in spite of a lock or a freeze; empty when they count
     */
    record Start(
            String operation,
            String environment,
            Optional<String> playbook,
            String limit,
            List<String> tags,
            boolean check,
            boolean diff,
            Map<String, Object> variables,
            String name,
            String description,
            String override)
            implements Command {
        public Start {
            tags = List.copyOf(tags);
            variables = Map.copyOf(variables);
        }

        /** A wish that respects locks and freezes. */
        public Start(
                String operation,
                String environment,
                Optional<String> playbook,
                String limit,
                List<String> tags,
                boolean check,
                boolean diff,
                Map<String, Object> variables,
                String name,
                String description) {
            this(operation, environment, playbook, limit, tags, check, diff, variables, name, description, "");
        }

        /** The same wish with other variables. */
        public Start with(Map<String, Object> others) {
            return new Start(
                    operation, environment, playbook, limit, tags, check, diff, others, name, description, override);
        }

        /** The same wish, whatever lock or freeze there is. */
        public Start overriding(String reason) {
            return new Start(
                    operation, environment, playbook, limit, tags, check, diff, variables, name, description, reason);
        }
    }

    /** Stop a run, whether it waits or works. */
    record Cancel(RunId run) implements Command {}

    /** Only the failed and unreachable hosts of a run that ended badly, otherwise the same. */
    record Retry(RunId run) implements Command {}

    /** The same request again, checked anew. */
    record Rerun(RunId run) implements Command {}

    /** The caller says that this person is also them; {@code slack:U0123} as written. */
    record Link(String person) implements Command {}

    /** This person is nobody else any more. */
    record Unlink(String person) implements Command {}

    /** Agree to exactly what a run would do. */
    record Approve(RunId run) implements Command {}

    /** Refuse to agree, which ends it. */
    record Reject(RunId run, String reason) implements Command {}

    /** Let nobody else change an environment. {@code time} is how long, empty until it is unlocked. */
    record Lock(String environment, String reason, Optional<Duration> time) implements Command {}

    /** Take a lock away. */
    record Unlock(String environment) implements Command {}

    /** What is done about the secrets that are kept. */
    sealed interface OnSecrets extends Command {}

    /** Keep a secret, in place of the one of this name; the value never came through a channel. */
    record SetSecret(SecretRef ref, SecretKind kind, SecretText value) implements OnSecrets {}

    record RemoveSecret(SecretRef ref) implements OnSecrets {}

    /** Close all of them with a new key and forget the old one. */
    record RotateSecrets() implements OnSecrets {}
}
