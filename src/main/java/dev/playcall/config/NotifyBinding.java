package dev.playcall.config;

import dev.playcall.config.Config.Secret;
import dev.playcall.config.Notify.Kind;
import dev.playcall.config.Notify.Receiver;
import dev.playcall.config.Notify.Route;
import dev.playcall.config.Notify.Source;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads {@code notify:}. A receiver that no route can reach is no mistake; a route to nobody is one. */
final class NotifyBinding {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,40}");
    private static final List<String> KINDS =
            List.of("slack", "discord", "webhook", "slack_webhook", "discord_webhook", "ntfy");
    private static final int DEEPEST = 10;

    private final Section notify;

    NotifyBinding(Section notify) {
        this.notify = notify;
    }

    Notify read() {
        var receivers = receivers();
        var route = notify.raw("route").filter(NotifyBinding::isFilled).map(_ -> {
            var section = notify.section("route");
            return route(section, "route", Optional.empty(), receivers.keySet(), 0);
        });
        return new Notify(receivers, route, sources());
    }

    private static boolean isFilled(Yaml yaml) {
        return !(yaml instanceof Yaml.Mapping m && m.entries().isEmpty())
                && !(yaml instanceof Yaml.Scalar s && s.isNull());
    }

    private SortedMap<String, Receiver> receivers() {
        var section = notify.section("receivers");
        var found = new TreeMap<String, Receiver>();
        section.entries().keySet().forEach(name -> {
            if (!NAME.matcher(name).matches()) {
                section.wrong(section.place(name), name, "a receiver has lower case letters, digits, - and _");
            }
            receiver(section, name).ifPresent(r -> found.put(name, r));
        });
        return found;
    }

    private static Optional<Receiver> receiver(Section receivers, String name) {
        var s = receivers.section(name);
        var said = KINDS.stream().filter(k -> s.raw(k).isPresent()).toList();
        if (said.size() != 1) {
            receivers.wrong(
                    receivers.place(name),
                    name,
                    "a receiver is exactly one of " + String.join(", ", KINDS) + " (try ops: { slack: C0123 })");
            KINDS.forEach(s::raw);
            List.of("secret", "token", "allow_private").forEach(s::raw);
            return Optional.empty();
        }
        var receiver = ofKind(s, said.getFirst());
        s.end();
        return receiver;
    }

    private static Optional<Receiver> ofKind(Section s, String kind) {
        if (kind.equals("slack") || kind.equals("discord")) {
            var pattern = kind.equals("slack") ? "[CDG][A-Z0-9]{1,30}" : "[0-9]{1,25}";
            return s.optionalValue(
                            kind,
                            t -> t.matches(pattern) ? Optional.of(t) : Optional.empty(),
                            "the id of a channel",
                            kind.equals("slack") ? "C0123ABCD" : "987654321")
                    .map(c -> new Receiver.Chat(kind, c));
        }
        boolean inside = s.flag("allow_private", false);
        var url = s.optionalValue(kind, NotifyBinding::address, "an address", "https://example.org/hook");
        return switch (kind) {
            case "webhook" -> {
                var secrets = s.texts("secret").stream().map(Secret::new).toList();
                yield url.map(u -> new Receiver.Webhook(u, secrets, inside));
            }
            case "ntfy" -> {
                var token = new Secret(s.text("token", ""));
                yield url.map(u -> new Receiver.Ntfy(u, token, inside));
            }
            default -> url.map(u -> new Receiver.ChatWebhook(kind.replace("_webhook", ""), u, inside));
        };
    }

    private static Optional<URI> address(String text) {
        try {
            var uri = URI.create(text);
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            return web && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What a branch does not say it has from the one above. */
    private Route route(Section s, String name, Optional<Route> above, Set<String> known, int depth) {
        var own = new ArrayList<>(s.texts("receivers"));
        s.optional("receiver").ifPresent(own::add);
        own.stream()
                .filter(r -> !known.contains(r))
                .forEach(r -> s.wrong(
                        s.place("receivers"),
                        own.size() == 1 ? "receiver" : "receivers",
                        "there is no receiver \"" + r + "\"; there are " + String.join(", ", known)));
        var receivers = own.isEmpty() ? above.map(Route::receivers).orElse(List.of()) : own;
        if (receivers.isEmpty()) {
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

    private SortedMap<String, Source> sources() {
        var section = notify.section("sources");
        var found = new TreeMap<String, Source>();
        section.entries().keySet().forEach(name -> {
            if (!NAME.matcher(name).matches()) {
                section.wrong(section.place(name), name, "a source has lower case letters, digits, - and _");
            }
            var s = section.section(name);
            var kind = s.oneOf("kind", "notices", "alertmanager", "grafana", "github");
            var source = new Source(kind(kind), new Secret(s.text("token", "")), new Secret(s.text("secret", "")));
            if (source.token().isEmpty() && source.secret().isEmpty()) {
                section.wrong(section.place(name), name, "a source needs a token or a secret, or anybody could post");
            }
            s.end();
            found.put(name, source);
        });
        return found;
    }

    private static Kind kind(String word) {
        return switch (word) {
            case "alertmanager", "grafana" -> Kind.ALERTMANAGER;
            case "github" -> Kind.GITHUB;
            default -> Kind.NOTICES;
        };
    }
}
