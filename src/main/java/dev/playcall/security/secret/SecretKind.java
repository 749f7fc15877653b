package dev.playcall.security.secret;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a secret is for. */
public enum SecretKind {
    /** Fills variables of playbooks. */
    TEXT,
    /** A private key that every run of its environment may log in with. */
    SSH_KEY,
    /** A private key with which playbooks, inventories and roles are fetched; no run gets it. */
    GIT_KEY,
    /** Opens what ansible-vault closed; its name is the vault id. */
    VAULT_PASSWORD,
    /** What of a receiver of notifications is secret; it is set and removed with the receiver, and no run gets it. */
    RECEIVER;

    /** Those that people set by themselves. */
    public static List<SecretKind> settable() {
        return Arrays.stream(values()).filter(k -> k != RECEIVER).toList();
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of this word, also with a dash: {@code ssh-key}. */
    public static Optional<SecretKind> of(String word) {
        var plain = word.toLowerCase(Locale.ROOT).replace('-', '_');
        return Arrays.stream(values()).filter(k -> k.word().equals(plain)).findFirst();
    }
}
