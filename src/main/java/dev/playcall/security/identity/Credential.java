package dev.playcall.security.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** A secret of ours that somebody carries: 256 random bits, so a plain hash of it can be kept. Prints as [secret]. */
public record Credential(String reveal) {
    private static final int BYTES = 32;

    public static Credential random(String prefix, SecureRandom random) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new Credential(prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** What is kept of it. */
    public String hash() {
        return HexFormat.of().formatHex(digest(reveal));
    }

    /**
     * What a form of this holder has to bring back: follows from the secret, so another site, which can make a browser
     * send the secret but not read it, cannot know it.
     */
    public String proof() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest("form:" + reveal));
    }

    /** Compares without telling by the time it takes how much was right. */
    public boolean is(String text) {
        return MessageDigest.isEqual(digest(reveal), digest(text));
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "[secret]";
    }
}
