package dev.playcall.boot.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.config.Config;
import dev.playcall.config.NotifyConfig;
import dev.playcall.config.ReceiverConfig;
import dev.playcall.config.RouteOptions;
import dev.playcall.config.binding.NotifyFragment;
import dev.playcall.config.yaml.ConfigException;
import dev.playcall.config.yaml.Problem;
import dev.playcall.notify.routing.RouteTree;
import dev.playcall.notify.routing.RoutingStore;
import dev.playcall.security.secret.SecretRef;
import dev.playcall.security.secret.SecretService;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Receivers and routes as they are kept, put beside those of the file. What the file says comes first: a receiver of the
 * same name is left out, and so is whatever cannot be used, each with the reason.
 */
final class StoredRouting {
    /** What names of kept routes begin with; their number follows. */
    static final String ROUTE = "page.";

    /** What the root of all is called when there are kept routes. */
    static final String ROOT = "all";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> SECRET =
            Set.of("apprise", "webhook", "slack_webhook", "discord_webhook", "ntfy", "apprise_api", "secret", "token");

    private final RoutingStore store;
    private final SecretService secrets;

    StoredRouting(RoutingStore store, SecretService secrets) {
        this.store = store;
        this.secrets = secrets;
    }

    /**
     * All receivers and routes.
     *
     * @param misfits what was left out and why, a line each
     */
    record Merged(NotifyConfig config, List<String> misfits) {
        Merged {
            misfits = List.copyOf(misfits);
        }
    }

    /** A definition, with what is secret of it apart; {@code hidden} is empty when nothing is. */
    record Parts(String open, String hidden) {}

    Merged over(Config config) {
        var file = config.notifications();
        var misfits = new ArrayList<String>();
        var receivers = new TreeMap<>(file.receivers());
        for (var kept : store.receivers()) {
            if (file.receivers().containsKey(kept.name())) {
                misfits.add("the stored receiver " + kept.name()
                        + " is ignored: the configuration file defines one of this name");
                continue;
            }
            try {
                receivers.put(kept.name(), NotifyFragment.receiver(kept.name(), definition(kept), config.home()));
            } catch (ConfigException e) {
                misfits.add("the stored receiver " + kept.name() + " is ignored: " + line(e));
            }
        }
        return new Merged(with(file, receivers, routes(receivers.keySet(), misfits)), misfits);
    }

    private List<NotifyConfig.Route> routes(Set<String> receivers, List<String> misfits) {
        var routes = new ArrayList<NotifyConfig.Route>();
        for (var kept : store.routes()) {
            try {
                routes.add(route(ROUTE + kept.id(), kept.definition(), receivers));
            } catch (ConfigException e) {
                misfits.add("the stored route " + ROUTE + kept.id() + " is ignored: " + line(e));
            }
        }
        return routes;
    }

    /** Kept routes are asked first, and those of the file behind them, as if the file were one of them. */
    private static NotifyConfig with(
            NotifyConfig file, SortedMap<String, ReceiverConfig> receivers, List<NotifyConfig.Route> routes) {
        var root = routes.isEmpty()
                ? file.route()
                : Optional.of(root(
                        Stream.concat(routes.stream(), file.route().stream()).toList()));
        return new NotifyConfig(receivers, root, file.sources(), file.inhibit(), file.actions(), file.failing());
    }

    private static NotifyConfig.Route root(List<NotifyConfig.Route> below) {
        return new NotifyConfig.Route(
                "",
                ROOT,
                List.of(),
                List.of(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                RouteOptions.PLAIN,
                below);
    }

    /**
     * A route that was understood whole.
     *
     * @throws ConfigException with everything that is wrong
     */
    static NotifyConfig.Route route(String name, String definition, Set<String> receivers) {
        var route = NotifyFragment.route(name, definition, receivers);
        var none = NotifyConfig.NONE;
        var alone = new NotifyConfig(
                none.receivers(), Optional.of(route), none.sources(), none.inhibit(), none.actions(), none.failing());
        if (RouteTree.of(alone) instanceof RouteTree.Built.Invalid(var wrong)) {
            throw new ConfigException(wrong.stream()
                    .map(w -> new Problem("page", w.replaceFirst("^.*?notify\\.page\\.[0-9]+\\.", "")))
                    .toList());
        }
        return route;
    }

    /** The definition of a kept receiver with its secrets. */
    private String definition(RoutingStore.StoredReceiver kept) {
        var open = object(kept.definition());
        secrets.ofReceiver(ref(kept.name()))
                .map(s -> object(s.reveal()))
                .ifPresent(hidden -> hidden.properties().forEach(e -> {
                    if (e.getKey().equals("email.password")) {
                        open.withObjectProperty("email").set("password", e.getValue());
                    } else {
                        open.set(e.getKey(), e.getValue());
                    }
                }));
        return open.toString();
    }

    static SecretRef ref(String receiver) {
        return SecretRef.global("receiver." + receiver);
    }

    /** Takes out what is secret; in its place there is null. */
    static Parts parts(Map<String, Object> fields) {
        ObjectNode open = JSON.valueToTree(fields);
        var hidden = JSON.createObjectNode();
        for (var key : SECRET) {
            if (open.has(key)) {
                hidden.set(key, open.get(key));
                open.putNull(key);
            }
        }
        if (open.get("email") instanceof ObjectNode mail && mail.has("password")) {
            hidden.set("email.password", mail.get("password"));
            mail.putNull("password");
        }
        return new Parts(open.toString(), hidden.isEmpty() ? "" : hidden.toString());
    }

    static String json(Map<String, Object> fields) {
        return JSON.valueToTree(fields).toString();
    }

    /** What is kept as a section of the file, with the names of environment variables in place of secrets. */
    String yaml() {
        var lines = new ArrayList<String>();
        lines.add("notify:");
        lines.add("  receivers:");
        for (var kept : store.receivers()) {
            lines.add("    " + kept.name() + ": " + exported(kept));
        }
        var routes = store.routes();
        if (!routes.isEmpty()) {
            lines.add("  # Stored routes are tried before notify.route, whose own receivers are notified besides.");
            lines.add(
                    "  # As routes below it they are used instead of its receivers: name those as well where needed.");
            lines.add("  route:");
            lines.add("    routes:");
            routes.forEach(r -> lines.add("      - " + r.definition()));
        }
        return String.join("\n", lines) + "\n";
    }

    private static String exported(RoutingStore.StoredReceiver kept) {
        var open = object(kept.definition());
        var name = kept.name().toUpperCase(Locale.ROOT).replace('-', '_') + "_";
        for (var key : SECRET) {
            if (open.has(key)) {
                open.put(key, "${" + name + key.toUpperCase(Locale.ROOT) + "}");
            }
        }
        if (open.get("email") instanceof ObjectNode mail && mail.has("password")) {
            mail.put("password", "${" + name + "PASSWORD}");
        }
        return open.toString();
    }

    private static ObjectNode object(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new ConfigException(List.of(new Problem("page", "it cannot be read")));
        }
    }

    static String line(ConfigException e) {
        return e.problems().stream().map(Problem::message).collect(Collectors.joining("; "));
    }
}
