package dev.playcall.notify.routing;

import dev.playcall.config.NotifyConfig;
import dev.playcall.notify.event.GroupTiming;
import dev.playcall.notify.event.Matcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the tree of routes out of the configuration, with every condition understood. */
public final class RouteTree {
    private RouteTree() {}

    /** The tree, or everything that is wrong with it, each with its place. */
    public sealed interface Built {
        record Valid(Optional<Route> root) implements Built {}

        record Invalid(List<String> problems) implements Built {
            public Invalid {
                problems = List.copyOf(problems);
            }
        }
    }

    public static Built of(NotifyConfig notifyConfig) {
        var problems = new ArrayList<String>();
        var root = notifyConfig.route().map(r -> route(r, problems));
        return problems.isEmpty() ? new Built.Valid(root) : new Built.Invalid(problems);
    }

    private static Route route(NotifyConfig.Route r, List<String> problems) {
        var match = new ArrayList<Matcher>();
        for (var text : r.match()) {
            switch (Matcher.parse(text)) {
                case Matcher.Parsed.Valid(var matcher) -> match.add(matcher);
                case Matcher.Parsed.Invalid(var why) ->
                    problems.add(r.place() + ": notify." + r.name() + ".match: \"" + text + "\" " + why);
            }
        }
        var usual = GroupTiming.USUAL;
        var groupTiming = new GroupTiming(
                r.hold().orElse(usual.hold()),
                r.interval().orElse(usual.interval()),
                r.repeat().orElse(usual.repeat()));
        var below = r.routes().stream().map(b -> route(b, problems)).toList();
        return new Route(
                r.name(),
                match,
                r.receivers(),
                r.goOn(),
                r.groupBy().orElse(List.of()),
                groupTiming,
                r.options(),
                below);
    }
}
