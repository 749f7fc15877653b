package dev.playcall.domain;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What would run, as hashes: one for each part that people know by name. Two equal seals stand for the same deed.
 *
 * @param parts hash by part: {@code playbooks}, {@code inventory/production}, {@code request}
 */
public record Seal(SortedMap<String, String> parts) {
    public Seal {
        parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
    }

    /** The parts that are not the same in the other one. */
    public SortedMap<String, String> differing(Seal other) {
        var different = new TreeMap<>(parts);
        different.putAll(other.parts);
        different.keySet().removeIf(part -> {
            var here = parts.get(part);
            return here != null && here.equals(other.parts.get(part));
        });
        return different;
    }

    /** Eight digits that people can compare. */
    public String brief() {
        return "%08x".formatted(parts.hashCode());
    }
}
