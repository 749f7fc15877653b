package dev.playcall.command;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Commands that lock an environment and unlock it. */
public sealed interface LockCommand extends Command {
    String environment();

    @Override
    default String subject() {
        return environment();
    }

    @Override
    default Optional<String> environmentName() {
        return Optional.of(environment());
    }

    /** Lets nobody else change an environment; an empty {@code time} holds until it is unlocked. */
    record Lock(String environment, String reason, Optional<Duration> time) implements LockCommand {
        @Override
        public String auditAction() {
            return "lock";
        }

        @Override
        public Map<String, String> auditDetails() {
            return Map.of("reason", reason, "for", time.map(Object::toString).orElse(""));
        }
    }

    /** Removes the lock. */
    record Unlock(String environment) implements LockCommand {
        @Override
        public String auditAction() {
            return "unlock";
        }
    }
}
