package dev.playcall.notify.routing;

import dev.playcall.config.NotifyConfig;
import dev.playcall.config.RouteOptions;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the configuration says of who is told of what.
 *
 * @param root the tree of routes
 * @param actions what can be done about what a source reports, by the source's name
 * @param channels the channel of each receiver that is one
 * @param failing what happens when a receiver takes nothing
 */
public record NotificationRules(
        Optional<Route> root,
        List<Inhibition> inhibit,
        SortedMap<String, List<RouteOptions.Suggestion>> actions,
        SortedMap<String, String> channels,
        NotifyConfig.Failing failing) {
    public NotificationRules {
        inhibit = List.copyOf(inhibit);
        actions = Collections.unmodifiableSortedMap(new TreeMap<>(actions));
        channels = Collections.unmodifiableSortedMap(new TreeMap<>(channels));
    }

    /** With the usual for receivers that take nothing. */
    public NotificationRules(
            Optional<Route> root,
            List<Inhibition> inhibit,
            SortedMap<String, List<RouteOptions.Suggestion>> actions,
            SortedMap<String, String> channels) {
        this(root, inhibit, actions, channels, NotifyConfig.Failing.USUAL);
    }

    /** Nothing but these routes. */
    public static NotificationRules of(Optional<Route> root) {
        return new NotificationRules(root, List.of(), new TreeMap<>(), new TreeMap<>());
    }

    /** Every branch by its name. */
    public Map<String, Route> byName() {
        var found = new HashMap<String, Route>();
        root.ifPresent(r -> collect(r, found));
        return found;
    }

    private static void collect(Route route, Map<String, Route> found) {
        found.put(route.name(), route);
        route.routes().forEach(r -> collect(r, found));
    }
}
