package dev.playcall.notify;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** That one receiver is to hear of one notice, as part of one group. */
public record Assignment(String receiver, String route, SortedMap<String, String> group, Timing timing) {
    public Assignment {
        group = Collections.unmodifiableSortedMap(new TreeMap<>(group));
    }
}
