package dev.playcall.notify.routing;

import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.NotifyStore.RoutedEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Asks the tree of routes who is to hear of a notice. Pure: what is tested with it is what is done. */
public final class Routing {
    private final Supplier<Optional<Route>> root;

    public Routing(Optional<Route> root) {
        this(() -> root);
    }

    /** @param root the tree as it is configured now */
    public Routing(Supplier<Optional<Route>> root) {
        this.root = root;
    }

    /** Each receiver once, with the first branch that names it; empty when nobody is to hear of it. */
    public List<RoutedEvent> of(NotificationEvent event) {
        return of(event.labels());
    }

    /** The same for labels alone. */
    public List<RoutedEvent> of(Map<String, String> labels) {
        Map<String, RoutedEvent> found = new LinkedHashMap<>();
        root.get().ifPresent(r -> walk(r, labels, found));
        return List.copyOf(found.values());
    }

    private static boolean walk(Route route, Map<String, String> labels, Map<String, RoutedEvent> found) {
        if (!route.match().stream().allMatch(m -> m.matches(labels))) {
            return false;
        }
        boolean taken = false;
        for (var below : route.routes()) {
            if (walk(below, labels, found)) {
                taken = true;
                if (!below.goOn()) {
                    break;
                }
            }
        }
        if (!taken) {
            route.receivers().forEach(r -> found.putIfAbsent(r, assign(r, route, labels)));
        }
        return true;
    }

    private static RoutedEvent assign(String receiver, Route route, Map<String, String> labels) {
        var group = new TreeMap<String, String>();
        route.groupBy()
                .forEach(l -> group.put(l, Optional.ofNullable(labels.get(l)).orElse("")));
        return new RoutedEvent(receiver, route.name(), group, route.timing(), route.options());
    }

    /** Every branch with what it decided, for those who want to know why. */
    public List<String> explain(Map<String, String> labels) {
        var lines = new ArrayList<String>();
        root.get().ifPresentOrElse(r -> explain(r, labels, 0, lines), () -> lines.add("notify.route is not set"));
        return lines;
    }

    private static boolean explain(Route route, Map<String, String> labels, int depth, List<String> lines) {
        var failing = route.match().stream().filter(m -> !m.matches(labels)).findFirst();
        var indent = "  ".repeat(depth);
        if (failing.isPresent()) {
            lines.add(indent + "✗ " + route.name() + ": not " + failing.get());
            return false;
        }
        int at = lines.size();
        boolean taken = false;
        for (var below : route.routes()) {
            if (explain(below, labels, depth + 1, lines)) {
                taken = true;
                if (!below.goOn()) {
                    break;
                }
            }
        }
        var conditions = route.match().isEmpty()
                ? "everything"
                : String.join(", ", route.match().stream().map(Object::toString).toList());
        lines.add(
                at,
                indent + "✓ " + route.name() + ": " + conditions
                        + (taken ? "" : " → " + String.join(", ", route.receivers())));
        return true;
    }
}
