package dev.playcall.notify.event;

import dev.playcall.config.RouteOptions;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** That one receiver is to hear of one notice, as part of one group. */
public record RoutedEvent(
        String receiver, String route, SortedMap<String, String> group, GroupTiming timing, RouteOptions manner) {
    /** For a route that tells everything as it comes. */
    public RoutedEvent(String receiver, String route, SortedMap<String, String> group, GroupTiming timing) {
        this(receiver, route, group, timing, RouteOptions.PLAIN);
    }

    public RoutedEvent {
        group = Collections.unmodifiableSortedMap(new TreeMap<>(group));
    }
}
