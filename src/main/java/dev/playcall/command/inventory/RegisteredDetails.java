package dev.playcall.command.inventory;

import dev.playcall.catalog.inventory.RegisteredHost;
import dev.playcall.domain.Truncate;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Checks what has a meaning of its own among the variables of a registered host. */
final class RegisteredDetails {
    private static final String TAGS = "tags";

    private static final Map<String, Shape> SHAPES = Map.of(
            RegisteredHost.SERVER_UUID,
            new Shape("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}", "an id of letters, digits and . _ : -, at most 128 of them"),
            RegisteredHost.ARCHITECTURE,
            new Shape("[A-Za-z0-9_]{1,32}", "an architecture such as x86_64 or aarch64"),
            RegisteredHost.DISTRO,
            new Shape("[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}", "a distribution such as Debian or Rocky Linux"),
            RegisteredHost.STATUS,
            new Shape("[a-z][a-z0-9_-]{0,31}", "one word in small letters such as active or maintenance"));

    /** Variables that nobody asks for, where somebody may have meant a field. */
    private static final Map<String, String> SIMILAR = Map.of(
            "arch", RegisteredHost.ARCHITECTURE,
            "uuid", RegisteredHost.SERVER_UUID,
            "server_id", RegisteredHost.SERVER_UUID,
            "os", RegisteredHost.DISTRO,
            "distribution", RegisteredHost.DISTRO,
            "state", RegisteredHost.STATUS,
            "tag", TAGS,
            "group", TAGS,
            "groups", TAGS);

    private RegisteredDetails() {}

    /** Behind what was done: which variables may have been meant as a field; empty for none. */
    static String meant(RegisteredHost host) {
        return host.variables().keySet().stream()
                .filter(SIMILAR::containsKey)
                .sorted()
                .map(v -> ". " + v + " is only a variable; the field is called " + SIMILAR.get(v))
                .collect(Collectors.joining());
    }

    private record Shape(Pattern pattern, String words) {
        Shape(String pattern, String words) {
            this(Pattern.compile(pattern), words);
        }
    }

    /** What is wrong with one of them. */
    record Wrong(String field, String message) {}

    /** The first that is not what it should be; an empty text removes one and is right. */
    static Optional<Wrong> wrong(Map<String, Object> variables) {
        return RegisteredHost.DETAILS.stream()
                .flatMap(name -> Optional.ofNullable(variables.get(name)).flatMap(v -> wrong(name, v)).stream())
                .findFirst();
    }

    private static Optional<Wrong> wrong(String name, Object value) {
        var shape = SHAPES.get(name);
        boolean text = value instanceof String || value instanceof Number;
        if (shape == null || "".equals(value)) {
            return Optional.empty();
        }
        if (text && shape.pattern().matcher(value.toString()).matches()) {
            return Optional.empty();
        }
        return Optional.of(new Wrong(
                name, name + " must be " + shape.words() + ", not \"" + Truncate.quoted(value.toString()) + '"'));
    }

    /** Those of these hosts that have the id of another one of them or of a registered one, with the reason. */
    static Map<String, String> sameId(Collection<RegisteredHost> registered, Collection<RegisteredHost> hosts) {
        var now = hosts.stream().map(RegisteredHost::name).collect(Collectors.toSet());
        var owners = new HashMap<String, String>();
        registered.stream()
                .filter(h -> !now.contains(h.name()))
                .forEach(h -> id(h).ifPresent(id -> owners.putIfAbsent(id, h.name())));
        var reasons = new LinkedHashMap<String, String>();
        hosts.forEach(h -> id(h).ifPresent(id -> Optional.ofNullable(owners.putIfAbsent(id, h.name()))
                .ifPresent(other ->
                        reasons.put(h.name(), "the server_uuid " + id + " is that of " + other + " already"))));
        return reasons;
    }

    private static Optional<String> id(RegisteredHost host) {
        return host.detail(RegisteredHost.SERVER_UUID).map(id -> id.toLowerCase(Locale.ROOT));
    }
}
