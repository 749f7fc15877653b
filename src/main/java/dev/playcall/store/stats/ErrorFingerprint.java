package dev.playcall.store.stats;

import dev.playcall.domain.HostResult;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A short name for one way to fail. */
public final class ErrorFingerprint {
    private ErrorFingerprint() {}

    public static String of(String playbook, HostResult host) {
        try {
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest((playbook + "|" + host.errorFingerprint()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
