package dev.playcall.notify;

import dev.playcall.config.Manner;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** That one receiver is to hear of one notice, as part of one group. */
public record Assignment(String receiver, String route, SortedMap<String, String> group, Timing timing, Manner manner) {
    /** For a route that tells everything as it comes. */
    public Assignment(String receiver, String route, SortedMap<String, String> group, Timing timing) {
        this(receiver, route, group, timing, Manner.PLAIN);
    }

    public Assignment {
        group = Collections.unmodifiableSortedMap(new TreeMap<>(group));
    }
}
