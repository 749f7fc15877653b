package dev.playcall.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What would run, as hashes: one for each part that people know by name. Two equal digests mean that exactly the same would run.
 *
 * @param parts hash by part: {@code playbooks}, {@code inventory/production}, {@code request}
 */
public record ContentDigest(SortedMap<String, String> parts) {
    public ContentDigest {
        parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
    }

    /** With more parts. */
    public ContentDigest and(SortedMap<String, String> more) {
        var all = new TreeMap<>(parts);
        all.putAll(more);
        return new ContentDigest(all);
    }

    /** The parts that are not the same in the other one. */
    public SortedMap<String, String> differing(ContentDigest other) {
        var different = new TreeMap<>(parts);
        different.putAll(other.parts);
        different.keySet().removeIf(part -> {
            var here = parts.get(part);
            return here != null && here.equals(other.parts.get(part));
        });
        return different;
    }

    /** Twelve digits that people can compare: the beginning of a hash of all parts. */
    public String brief() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            parts.forEach((part, hash) -> digest.update((part + "=" + hash + "\n").getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
