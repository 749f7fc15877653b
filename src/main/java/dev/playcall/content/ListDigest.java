package dev.playcall.content;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A hash of several things, each with its length before it, so that no two lists look the same. */
public final class ListDigest {
    private static final int BRIEF = 8;

    private final MessageDigest sum;

    public ListDigest() {
        try {
            sum = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    public void add(String text) {
        add(text.getBytes(StandardCharsets.UTF_8));
    }

    public void add(byte[] bytes) {
        sum.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        sum.update(bytes);
    }

    /** Sixteen digits of it. To be called once. */
    public String brief() {
        return HexFormat.of().formatHex(sum.digest(), 0, BRIEF);
    }
}
