package dev.playcall.config.binding;

import dev.playcall.config.NotifyConfig;
import dev.playcall.config.NotifyConfig.Route;
import dev.playcall.config.Quantities;
import dev.playcall.config.RouteOptions;
import dev.playcall.config.Section;
import dev.playcall.config.yaml.Yaml;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads {@code notify:}. A receiver that no route can reach is no mistake; a route to nobody is one. */
final class NotifyBinding {
    private static final int DEEPEST = 10;
    private static final Duration SHORTEST_GIVE_UP = Duration.ofSeconds(10);
    private static final Duration LONGEST_GIVE_UP = Duration.ofHours(24);

    private final Section notify;
    private final Path home;

    /** @param home the folder that relative paths count from */
    NotifyBinding(Section notify, Path home) {
        this.notify = notify;
        this.home = home;
    }

    NotifyConfig read() {
        var receivers = new ReceiverBinding(notify, home).read();
        var route = notify.raw("route").filter(NotifyBinding::isFilled).map(_ -> {
            var section = notify.section("route");
            return route(section, "route", Optional.empty(), receivers.keySet(), 0);
        });
        var actions = new TreeMap<String, List<RouteOptions.Suggestion>>();
        var sources = new SourceBinding(notify).read(actions);
        return new NotifyConfig(
                receivers,
                route,
                sources,
                RouteOptionsBinding.inhibitions(notify),
                actions,
                failing(receivers.keySet()));
    }

    private NotifyConfig.Failing failing(Set<String> receivers) {
        var giveUpAfter = notify.optionalValue(
                        "give_up_after",
                        t -> Quantities.duration(t)
                                .filter(d -> d.compareTo(SHORTEST_GIVE_UP) >= 0 && d.compareTo(LONGEST_GIVE_UP) <= 0),
                        "a time from 10s to 24h",
                        "5m")
                .orElse(NotifyConfig.Failing.USUAL.giveUpAfter());
        var fallback = notify.optionalValue(
                "fallback",
                t -> Optional.of(t).filter(receivers::contains),
                "a receiver" + (receivers.isEmpty() ? "" : " (there are " + String.join(", ", receivers) + ")"),
                receivers.stream().findFirst().orElse("ops"));
        return new NotifyConfig.Failing(giveUpAfter, fallback);
    }

    private static boolean isFilled(Yaml yaml) {
        return !(yaml instanceof Yaml.Mapping m && m.entries().isEmpty())
                && !(yaml instanceof Yaml.Scalar s && s.isNull());
    }

    /** What a branch does not say it has from the one above. */
    Route route(Section s, String name, Optional<Route> above, Set<String> known, int depth) {
        var own = new ArrayList<>(s.texts("receivers"));
        s.optional("receiver").ifPresent(own::add);
        own.stream()
                .filter(r -> !known.contains(r))
                .forEach(r -> s.wrong(
                        s.place("receivers"),
                        own.size() == 1 ? "receiver" : "receivers",
                        "there is no receiver \"" + r + "\"; "
                                + (known.isEmpty()
                                        ? "add one to notify.receivers"
                                        : "there are " + String.join(", ", known))));
        var receivers = own.isEmpty() ? above.map(Route::receivers).orElse(List.of()) : own;
        // What no branch of such a root takes, nobody is told.
        if (receivers.isEmpty() && !(depth == 0 && s.raw("routes").isPresent())) {
            s.wrong(s.place("receiver"), "receiver", "a route needs one (try receiver: ops)");
        }
        var branch = new Route(
                s.place("match"),
                name,
                s.texts("match"),
                receivers,
                s.flag("continue", false),
                s.raw("group_by").isPresent() ? Optional.of(s.texts("group_by")) : above.flatMap(Route::groupBy),
                time(s, "wait").or(() -> above.flatMap(Route::hold)),
                time(s, "interval").or(() -> above.flatMap(Route::interval)),
                time(s, "repeat").or(() -> above.flatMap(Route::repeat)),
                new RouteOptionsBinding(known).read(s, above.map(Route::options).orElseGet(RouteOptionsBinding::usual)),
                List.of());
        var below = depth < DEEPEST ? branches(s, branch, known, depth) : List.<Route>of();
        s.end();
        return new Route(
                branch.place(),
                name,
                branch.match(),
                receivers,
                branch.goOn(),
                branch.groupBy(),
                branch.hold(),
                branch.interval(),
                branch.repeat(),
                branch.options(),
                below);
    }

    private List<Route> branches(Section s, Route above, Set<String> known, int depth) {
        var found = new ArrayList<Route>();
        for (var section : s.items("routes")) {
            var name = above.name() + ".routes[" + found.size() + "]";
            found.add(route(section, name, Optional.of(above), known, depth + 1));
        }
        return found;
    }

    private static Optional<Duration> time(Section s, String key) {
        return s.optionalValue(key, Quantities::duration, "a time", "30s");
    }
}
