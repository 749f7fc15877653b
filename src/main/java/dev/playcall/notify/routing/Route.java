package dev.playcall.notify.routing;

import dev.playcall.config.RouteOptions;
import dev.playcall.notify.event.GroupTiming;
import dev.playcall.notify.event.Matcher;
import java.util.List;

/**
 * One branch of the tree that decides who is told.
 *
 * @param name its path in the configuration, as people find it there
 * @param match every condition has to hold; none means everything
 * @param receivers who is told when no branch below takes it
 * @param goOn whether the branches beside it are asked too
 * @param groupBy labels whose values make a group of their own; empty puts everything of this route in one
 */
public record Route(
        String name,
        List<Matcher> match,
        List<String> receivers,
        boolean goOn,
        List<String> groupBy,
        GroupTiming timing,
        RouteOptions options,
        List<Route> routes) {
    /** One that tells everything as it comes. */
    public Route(
            String name,
            List<Matcher> match,
            List<String> receivers,
            boolean goOn,
            List<String> groupBy,
            GroupTiming timing,
            List<Route> routes) {
        this(name, match, receivers, goOn, groupBy, timing, RouteOptions.PLAIN, routes);
    }

    public Route {
        match = List.copyOf(match);
        receivers = List.copyOf(receivers);
        groupBy = List.copyOf(groupBy);
        routes = List.copyOf(routes);
    }
}
