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
    /** With which every run of its environment becomes another user on the hosts. */
    BECOME_PASSWORD,
    /** With which every run of its environment logs in over ssh. */
    SSH_PASSWORD,
    /** What of a receiver of notifications is secret; it is set and removed with the receiver, and no run gets it. */
    RECEIVER;

    /** Those that people set by themselves. */
    public static List<SecretKind> settable() {
        return Arrays.stream(values()).filter(k -> k != RECEIVER).toList();
    }

    /** Those that people set, as they are written, in one sentence. */
    public static String words() {
        var words = settable().stream().map(SecretKind::word).toList();
        return String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.getLast();
    }

    /** Whether a value is what somebody would type at a prompt. */
    boolean isPassword() {
        return this == VAULT_PASSWORD || this == BECOME_PASSWORD || this == SSH_PASSWORD;
    }

    /** Whether runs get it without asking for it by name. */
    boolean isForRuns() {
        return this == SSH_KEY || isPassword();
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
