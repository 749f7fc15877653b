package dev.playcall.command;

import dev.playcall.security.secret.SecretKind;
import dev.playcall.security.secret.SecretRef;
import dev.playcall.security.secret.SecretText;

/** Commands that store and remove secrets and rotate the encryption keys. */
public sealed interface SecretCommand extends Command {

    /** Saves a secret, in place of one of the same name; the value never came through a channel. */
    record SetSecret(SecretRef ref, SecretKind kind, SecretText value) implements SecretCommand {
        @Override
        public String auditAction() {
            return "secret.set";
        }

        @Override
        public String subject() {
            return ref.toString();
        }
    }

    /** Removes a secret. */
    record RemoveSecret(SecretRef ref) implements SecretCommand {
        @Override
        public String auditAction() {
            return "secret.remove";
        }

        @Override
        public String subject() {
            return ref.toString();
        }
    }

    /**
     * Gives the hosts that an ssh key reaches a new one, and keeps that in its place.
     *
     * @param limit which hosts; empty for all
     */
    record RotateKey(SecretRef ref, String limit) implements SecretCommand {
        @Override
        public String auditAction() {
            return "secret.rotate-key";
        }

        @Override
        public String subject() {
            return ref + (limit.isBlank() ? "" : " on " + limit);
        }
    }

    /** Encrypts all secrets with a new key and deletes the old one. */
    record RotateSecrets() implements SecretCommand {
        @Override
        public String auditAction() {
            return "secret.rotate";
        }

        @Override
        public String subject() {
            return "";
        }
    }
}
