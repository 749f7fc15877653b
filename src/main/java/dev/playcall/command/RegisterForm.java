package dev.playcall.command;

import dev.playcall.catalog.Environment;
import dev.playcall.catalog.InventoryNames;
import dev.playcall.catalog.RegisteredHost;
import dev.playcall.catalog.VariableNames;
import dev.playcall.domain.Person;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reads what is said of a host that is registered. Nothing of it may become an option of a program or a template. */
final class RegisterForm {
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9:][A-Za-z0-9.:_-]{0,252}(%[A-Za-z0-9]{1,15})?");
    private static final Pattern USER = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,63}");
    private static final int MOST_TAGS = 50;
    private static final int LONGEST = 16_000;

    private final Command.RegisterHost wish;
    private final Environment environment;
    private final Predicate<String> isKey;

    RegisterForm(Command.RegisterHost wish, Environment environment, Predicate<String> isKey) {
        this.wish = wish;
        this.environment = environment;
        this.isKey = isKey;
    }

    sealed interface Read {
        record Good(RegisteredHost host) implements Read {}

        record Wrong(String field, String message, Optional<String> remedy) implements Read {}
    }

    Read read(Optional<RegisteredHost> before, Person by, Instant at) {
        var old = before.filter(_ -> wish.way() == Command.RegisterHost.Way.CHANGE);
        return wrongName()
                .or(this::wrongConnection)
                .or(this::wrongTags)
                .or(this::wrongVariables)
                .orElseGet(() -> new Read.Good(new RegisteredHost(
                        wish.host(),
                        said(wish.address(), old.flatMap(RegisteredHost::address)),
                        said(wish.port(), old.flatMap(RegisteredHost::port).map(Object::toString))
                                .map(Integer::valueOf),
                        said(wish.user(), old.flatMap(RegisteredHost::user)),
                        said(wish.key(), old.flatMap(RegisteredHost::key)),
                        new TreeSet<>(wish.tags()
                                .orElse(old.<List<String>>map(o -> List.copyOf(o.tags()))
                                        .orElse(List.of()))),
                        variables(old),
                        by,
                        at)));
    }

    /** What is said counts, and an empty text takes away what was there. */
    private static Optional<String> said(Optional<String> now, Optional<String> before) {
        return now.isPresent() ? now.filter(v -> !v.isEmpty()) : before;
    }

    private SortedMap<String, Object> variables(Optional<RegisteredHost> old) {
        var all = new TreeMap<String, Object>(
                old.<Map<String, Object>>map(RegisteredHost::variables).orElse(Map.of()));
        all.putAll(wish.variables());
        all.values().removeIf(""::equals);
        return all;
    }

    private static Optional<Read> wrong(String field, String message, String remedy) {
        return Optional.of(new Read.Wrong(field, message, Optional.of(remedy).filter(r -> !r.isEmpty())));
    }

    private Optional<Read> wrongName() {
        return InventoryNames.wrongHost(wish.host(), environment).flatMap(why -> wrong("name", why, ""));
    }

    private Optional<Read> wrongConnection() {
        if (isBad(wish.address(), ADDRESS)) {
            return wrong("address", quoted(wish.address()) + " is not an address", "address=10.0.0.9");
        }
        if (isBad(wish.port(), Pattern.compile("[1-9]\\d{0,4}"))
                || wish.port()
                        .filter(p -> !p.isEmpty() && Integer.parseInt(p) > 65_535)
                        .isPresent()) {
            return wrong("port", quoted(wish.port()) + " is not a port", "port=22");
        }
        if (isBad(wish.user(), USER)) {
            return wrong("user", quoted(wish.user()) + " is not the name of a user", "user=deploy");
        }
        return wish.key().filter(k -> !k.isEmpty() && !isKey.test(k)).isPresent()
                ? wrong(
                        "key",
                        "no private key is called " + quoted(wish.key()) + " in " + environment.name(),
                        "secret set " + ScheduleTerms.cut(wish.key().orElse("")) + " " + environment.name()
                                + " --kind ssh_key")
                : Optional.empty();
    }

    private static boolean isBad(Optional<String> value, Pattern pattern) {
        return value.filter(v -> !v.isEmpty() && !pattern.matcher(v).matches()).isPresent();
    }

    private static String quoted(Optional<String> text) {
        return '"' + ScheduleTerms.cut(text.orElse("")) + '"';
    }

    private Optional<Read> wrongTags() {
        var tags = wish.tags().orElse(List.of());
        if (tags.size() > MOST_TAGS) {
            return wrong("tags", "a host has at most " + MOST_TAGS + " tags", "");
        }
        return tags.stream()
                .flatMap(t -> wrongTag(t, wish.host(), environment).stream())
                .findFirst()
                .flatMap(why -> wrong("tags", why, "tags=web,canary"));
    }

    static Optional<String> wrongTag(String tag, String host, Environment environment) {
        return InventoryNames.wrongGroup(tag, environment)
                .or(() -> tag.equals(host)
                        ? Optional.of("a tag is a group, and Ansible would take the host " + host + " for it")
                        : Optional.empty());
    }

    private Optional<Read> wrongVariables() {
        for (var name : wish.variables().keySet()) {
            var why = VariableNames.refusal(name);
            if (why.isPresent()) {
                return wrong(
                        "variables." + ScheduleTerms.cut(name),
                        "\"" + ScheduleTerms.cut(name) + "\" " + why.get(),
                        name.startsWith("ansible_")
                                ? "address=, port=, user= and key= say how it is reached; the rest belongs in"
                                        + " group_vars"
                                : "");
            }
        }
        return wish.variables().toString().length() > LONGEST
                ? wrong("variables", "the variables are longer than " + LONGEST + " characters", "")
                : Optional.empty();
    }
}
