package dev.playcall.security.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells whether a secret is still the one it was, to those who may not know it: a hash with a key that is itself kept
 * closed. Without the key nobody can try out guesses.
 */
final class SecretStamps {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String ABOUT = "key of stamps";
    private static final int KEY_BYTES = 32;

    private final Keyring keyring;
    private final KeyFile file;

    SecretStamps(Keyring keyring) {
        this.keyring = keyring;
        this.file = keyring.beside("stamps.key");
    }

    String of(SecretRef ref, String value) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key(), ALGORITHM));
            var text = ref + "\0" + value;
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot compute " + ALGORITHM, e);
        }
    }

    /** Without its old key nothing compares equal any more, which voids what was agreed and opens nothing. */
    private byte[] key() {
        return kept().orElseGet(() -> {
            var fresh = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(fresh);
            keep(fresh);
            return fresh;
        });
    }

    private Optional<byte[]> kept() {
        return file.read()
                .flatMap(closed -> keyring.decrypt(closed.strip(), ABOUT))
                .map(Base64.getDecoder()::decode);
    }

    private void keep(byte[] key) {
        file.write(keyring.encrypt(Base64.getEncoder().encodeToString(key), ABOUT));
    }

    /** Closes the key with the newest of the keyring, before the older ones are forgotten. */
    void renew() {
        kept().ifPresent(this::keep);
    }
}
