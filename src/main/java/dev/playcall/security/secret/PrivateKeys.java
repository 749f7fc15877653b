package dev.playcall.security.secret;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Tells whether a text is a private key that ssh can use without asking anybody. */
final class PrivateKeys {
    private static final String OPENSSH = "-----BEGIN OPENSSH PRIVATE KEY-----";
    private static final byte[] UNLOCKED = "openssh-key-v1\0\0\0\0\u0004none".getBytes(StandardCharsets.ISO_8859_1);

    private PrivateKeys() {}

    /** Why it cannot be used, if it cannot. */
    static Optional<String> refusal(String text) {
        var key = text.strip();
        if (!key.startsWith("-----BEGIN ") || !key.contains("PRIVATE KEY-----")) {
            return Optional.of("is not a private key (it starts with -----BEGIN OPENSSH PRIVATE KEY-----)");
        }
        boolean locked = key.startsWith(OPENSSH) ? !isUnlocked(key) : key.contains("ENCRYPTED");
        return locked
                ? Optional.of("has a passphrase, and nobody is there to type it (ssh-keygen -p -N '' -f FILE takes it"
                        + " away from a copy; it is kept encrypted here)")
                : Optional.empty();
    }

    private static boolean isUnlocked(String key) {
        var body = key.lines().filter(l -> !l.startsWith("-----")).map(String::strip);
        try {
            var bytes = Base64.getDecoder().decode(body.reduce("", String::concat));
            return java.util.Arrays.mismatch(bytes, UNLOCKED) == UNLOCKED.length;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
