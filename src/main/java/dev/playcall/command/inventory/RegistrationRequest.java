package dev.playcall.command.inventory;

import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.inventory.InventoryNames;
import dev.playcall.catalog.inventory.RegisteredGroups;
import dev.playcall.catalog.inventory.RegisteredHost;
import dev.playcall.catalog.variable.VariableNames;
import dev.playcall.command.HostCommand;
import dev.playcall.domain.Truncate;
import dev.playcall.domain.name.Person;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reads what is said of a host that is registered. Nothing of it may become an option of a program or a template. */
final class RegistrationRequest {
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9:][A-Za-z0-9.:_-]{0,252}(%[A-Za-z0-9]{1,15})?");
    private static final Pattern USER = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,63}");
    private static final int MOST_TAGS = 50;
    private static final int LONGEST = 16_000;

    private final HostCommand.RegisterHost command;
    private final Environment environment;
    private final Predicate<String> isKey;

    RegistrationRequest(HostCommand.RegisterHost command, Environment environment, Predicate<String> isKey) {
        this.command = command;
        this.environment = environment;
        this.isKey = isKey;
    }

    sealed interface Parsed {
        record Valid(RegisteredHost host) implements Parsed {}

        record Invalid(String field, String message, Optional<String> remedy) implements Parsed {}
    }

    Parsed read(Optional<RegisteredHost> before, Person by, Instant at) {
        var old = before.filter(_ -> command.mode() == HostCommand.RegisterHost.Mode.CHANGE);
        return wrongName()
                .or(this::wrongConnection)
                .or(this::wrongKey)
                .or(this::wrongTags)
                .or(this::wrongVariables)
                .or(this::wrongDetails)
                .orElseGet(() -> new Parsed.Valid(new RegisteredHost(
                        command.host(),
                        changed(command.address(), old.flatMap(RegisteredHost::address)),
                        changed(
                                        command.port(),
                                        old.flatMap(RegisteredHost::port).map(Object::toString))
                                .map(Integer::valueOf),
                        changed(command.user(), old.flatMap(RegisteredHost::user)),
                        changed(command.key(), old.flatMap(RegisteredHost::key)),
                        tags(old),
                        variables(old),
                        by,
                        at)));
    }

    /** What is said counts, and an empty text takes away what was there. */
    private static Optional<String> changed(Optional<String> now, Optional<String> before) {
        return now.isPresent() ? now.filter(v -> !v.isEmpty()) : before;
    }

    private SortedMap<String, Object> variables(Optional<RegisteredHost> old) {
        var all = new TreeMap<String, Object>(
                old.<Map<String, Object>>map(RegisteredHost::variables).orElse(Map.of()));
        all.putAll(command.variables());
        all.values().removeIf(""::equals);
        return all;
    }

    private static Optional<Parsed> wrong(String field, String message, String remedy) {
        return Optional.of(
                new Parsed.Invalid(field, message, Optional.of(remedy).filter(r -> !r.isEmpty())));
    }

    private Optional<Parsed> wrongName() {
        return InventoryNames.wrongHost(command.host(), environment).flatMap(why -> wrong("name", why, ""));
    }

    private SortedSet<String> tags(Optional<RegisteredHost> old) {
        return command.tags()
                .map(TreeSet::new)
                .or(() -> old.map(o -> new TreeSet<>(o.tags())))
                .orElseGet(TreeSet::new);
    }

    private Optional<Parsed> wrongConnection() {
        if (isBad(command.address(), ADDRESS)) {
            return wrong("address", quoted(command.address()) + " is not an address", "address=10.0.0.9");
        }
        if (isBad(command.port(), Pattern.compile("[1-9]\\d{0,4}"))
                || command.port()
                        .filter(p -> !p.isEmpty() && Integer.parseInt(p) > 65_535)
                        .isPresent()) {
            return wrong("port", quoted(command.port()) + " is not a port", "port=22");
        }
        if (isBad(command.user(), USER)) {
            return wrong("user", quoted(command.user()) + " is not the name of a user", "user=deploy");
        }
        return Optional.empty();
    }

    private Optional<Parsed> wrongKey() {
        return command.key().filter(k -> !k.isEmpty() && !isKey.test(k)).isPresent()
                ? wrong(
                        "key",
                        "no private key named " + quoted(command.key()) + " in " + environment.name(),
                        "secret set " + Truncate.quoted(command.key().orElse("")) + " " + environment.name()
                                + " --kind ssh_key")
                : Optional.empty();
    }

    private static boolean isBad(Optional<String> value, Pattern pattern) {
        return value.filter(v -> !v.isEmpty() && !pattern.matcher(v).matches()).isPresent();
    }

    private static String quoted(Optional<String> text) {
        return '"' + Truncate.quoted(text.orElse("")) + '"';
    }

    private Optional<Parsed> wrongTags() {
        var tags = command.tags().orElse(List.of());
        if (tags.size() > MOST_TAGS) {
            return wrong("tags", "a host has at most " + MOST_TAGS + " tags", "");
        }
        return tags.stream()
                .flatMap(t -> wrongTag(t, command.host(), environment).stream())
                .findFirst()
                .flatMap(why -> wrong("tags", why, "tags=web,canary"));
    }

    static Optional<String> wrongTag(String tag, String host, Environment environment) {
        return InventoryNames.wrongGroup(tag, environment)
                .or(() -> RegisteredGroups.field(tag, environment)
                        .map(f -> "groups that begin with " + tag.replaceFirst("_.+", "_") + " are made of the field "
                                + f + ": give that instead of the tag " + tag))
                .or(() -> tag.equals(host)
                        ? Optional.of("a tag is a group name, and Ansible would confuse it with the host " + host)
                        : Optional.empty());
    }

    private Optional<Parsed> wrongDetails() {
        return RegisteredDetails.wrong(command.variables()).flatMap(w -> wrong(w.field(), w.message(), ""));
    }

    private Optional<Parsed> wrongVariables() {
        for (var name : command.variables().keySet()) {
            var why = VariableNames.refusal(name);
            if (why.isPresent()) {
                return wrong(
                        "variables." + Truncate.quoted(name),
                        "\"" + Truncate.quoted(name) + "\" " + why.get(),
                        name.startsWith("ansible_")
                                ? "connection settings are address=, port=, user= and key=; the rest belongs in"
                                        + " group_vars"
                                : "");
            }
        }
        for (var variable : command.variables().entrySet()) {
            var why = UnusableValue.in(variable.getValue());
            if (why.isPresent()) {
                var name = Truncate.quoted(variable.getKey());
                return wrong("variables." + name, "the variable " + name + " has " + why.get(), "");
            }
        }
        return command.variables().toString().length() > LONGEST
                ? wrong("variables", "the variables are longer than " + LONGEST + " characters", "")
                : Optional.empty();
    }
}
