package dev.playcall.notify;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The signature of Standard Webhooks 1.0, for what we send and for what is sent to us. */
public final class StandardWebhook {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String PREFIX = "whsec_";

    private StandardWebhook() {}

    /** The key in a secret: Base64 behind {@code whsec_}, else the text itself. */
    public static byte[] key(String secret) {
        return secret.startsWith(PREFIX)
                ? Base64.getDecoder().decode(secret.substring(PREFIX.length()))
                : bytes(secret);
    }

    /** One entry of {@code webhook-signature}; {@code at} in seconds, as the header has it. */
    public static String sign(byte[] key, String id, String at, byte[] body) {
        return "v1," + Base64.getEncoder().encodeToString(hmac(key, bytes(id + "." + at + "."), body));
    }

    /** HMAC with SHA-256 over the parts, one after the other. */
    public static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            for (var part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot compute " + ALGORITHM, e);
        }
    }

    public static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
