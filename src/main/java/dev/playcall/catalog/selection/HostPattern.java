package dev.playcall.catalog.selection;

import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.variable.Sanitized;
import dev.playcall.domain.name.Suggestion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Resolves a limit to names of the inventory: hosts, groups, {@code all}, {@code *} and {@code ?} in them, {@code !} to
 * leave some out, {@code &} to keep only some, with commas or colons between; {@code a&b} for the hosts that are in both, and {@link HostSelectors}. Ansible's own
 * patterns can read files and are
 * not passed on.
 */
public sealed interface HostPattern {
    int LONGEST = 200_000;
    /** Each is held against every name there is. */
    int MOST_GLOBS = 50;

    /** The hosts in the order of the inventory. */
    record Hosts(List<String> hosts) implements HostPattern {
        public Hosts {
            hosts = List.copyOf(hosts);
        }
    }

    /** {@code message} is one line; {@code nearest} what was probably meant. */
    record Invalid(String message, Optional<String> nearest) implements HostPattern {
        /** {@code did you mean --limit status:failed?} */
        public Optional<String> remedy() {
            return nearest.map(n -> "did you mean --limit " + n + "?");
        }
    }

    /** Selectors that may stand in a text for hosts of this environment, such as {@code tag:web}, for somebody who types one. */
    static List<String> selectors(Environment environment) {
        return HostSelectors.offered(environment);
    }

    /** The same where nothing but the inventory is known. */
    static HostPattern resolve(Environment environment, String text) {
        return resolve(environment, text, HostFacts.NONE);
    }

    static HostPattern resolve(Environment environment, String text, HostFacts facts) {
        return new Resolver(environment, facts).resolve(text);
    }

    /** One resolution. */
    final class Resolver {
        private static final Pattern PART = Pattern.compile("[A-Za-z0-9_.:*?][A-Za-z0-9_.:*?-]{0,252}");
        private static final int MOST_SHOWN = 10;

        private final Environment environment;
        private final HashSet<String> known;
        private final HashSet<String> chosen = new HashSet<>();
        private final HashSet<String> left = new HashSet<>();
        /** One set for each part with {@code &}. */
        private final List<Set<String>> within = new ArrayList<>();

        private int globs;

        private final HostSelectors selectors;

        private Resolver(Environment environment, HostFacts facts) {
            this.selectors = new HostSelectors(environment, facts);
            this.environment = environment;
            this.known = new HashSet<>(environment.hosts());
        }

        private HostPattern resolve(String text) {
            if (text.length() > LONGEST) {
                return wrong("the limit has " + text.length() + " characters, at most " + LONGEST + " are taken");
            }
            var parts = Stream.of(text.split("[,\\s]+|:(?=[&!])"))
                    .flatMap(this::names)
                    .filter(p -> !p.isEmpty())
                    .toList();
            // An empty variable in somebody's script must not mean every host.
            if (parts.isEmpty()) {
                return wrong("the limit is empty (leave it out to mean all hosts)");
            }
            for (var part : parts) {
                var problem = take(part);
                if (problem.isPresent()) {
                    return problem.get();
                }
            }
            boolean everything = parts.stream().allMatch(p -> p.startsWith("!") || p.startsWith("&"));
            var hosts = environment.hosts().stream()
                    .filter(h -> (everything || chosen.contains(h)) && !left.contains(h))
                    .filter(h -> within.stream().allMatch(w -> w.contains(h)))
                    .toList();
            return hosts.isEmpty()
                    ? wrong("\"" + shown(text) + "\" leaves no host of " + environment.name())
                    : new Hosts(hosts);
        }

        /** {@code web:db} is two names, unless there is a host of that name, as an IPv6 address is. */
        private Stream<String> names(String part) {
            var name = part.replaceFirst("^[&!]", "");
            boolean isOne = Stream.of(name.split("&!?")).anyMatch(selectors::isSelector)
                    || known.contains(name)
                    || environment.groups().containsKey(name)
                    || name.contains("::");
            return isOne ? Stream.of(part) : Stream.of(part.split(":"));
        }

        /** The hosts that are in all of {@code a&b&!c}. */
        private Optional<Invalid> takeAll(String part) {
            var hosts = new HashSet<>(environment.hosts());
            for (var factor : part.split("&", -1)) {
                boolean not = factor.startsWith("!");
                var found = new HashSet<String>();
                var problem = find(factor, not ? factor.substring(1) : factor, found);
                if (problem.isPresent()) {
                    return problem;
                }
                hosts.removeIf(h -> found.contains(h) == not);
            }
            chosen.addAll(hosts);
            return Optional.empty();
        }

        private Optional<Invalid> take(String part) {
            if (part.indexOf('&', 1) > 0) {
                return takeAll(part);
            }
            boolean not = part.startsWith("!");
            boolean and = part.startsWith("&");
            var name = not || and ? part.substring(1) : part;
            var hosts = and ? new HashSet<String>() : not ? left : chosen;
            if (and) {
                within.add(hosts);
            }
            return find(part, name, hosts);
        }

        private Optional<Invalid> find(String part, String name, Set<String> hosts) {
            if (selectors.isSelector(name)) {
                return switch (selectors.find(name)) {
                    case HostSelectors.Found.Wrong(var message, var nearest) ->
                        Optional.of(new Invalid(
                                Sanitized.of(message, 200),
                                nearest.map(n -> part.substring(0, part.length() - name.length()) + n)));
                    case HostSelectors.Found.Hosts(var found) -> {
                        hosts.addAll(found);
                        yield Optional.empty();
                    }
                };
            }
            if (!PART.matcher(name).matches()) {
                return Optional.of(wrong("\"" + shown(part)
                        + "\" cannot be a limit (names of hosts and groups, * and ? in them, ! before one to leave out,"
                        + " & before one to keep only those of it, comma-separated; " + HostSelectors.WORDS + ")"));
            }
            boolean glob = name.contains("*") || name.contains("?");
            if (glob && ++globs > MOST_GLOBS) {
                return Optional.of(wrong("the limit has more than " + MOST_GLOBS + " names with * or ?"));
            }
            boolean found = glob ? takeMatching(name, hosts) : takeNamed(name, hosts);
            return found ? Optional.empty() : Optional.of(unknown(part, name));
        }

        private boolean takeNamed(String name, Collection<String> hosts) {
            if (name.equals("all")) {
                return hosts.addAll(environment.hosts()) || !environment.hosts().isEmpty();
            }
            var group = environment.groups().get(name);
            if (group != null) {
                hosts.addAll(group);
            }
            if (known.contains(name)) {
                hosts.add(name);
            }
            return group != null || known.contains(name);
        }

        private boolean takeMatching(String glob, Collection<String> hosts) {
            var pattern = new Glob(glob);
            var named = environment.hosts().stream().filter(pattern::matches).toList();
            var groups = environment.groups().keySet().stream()
                    .filter(pattern::matches)
                    .toList();
            hosts.addAll(named);
            groups.forEach(g -> hosts.addAll(environment.groups().getOrDefault(g, List.of())));
            return !named.isEmpty() || !groups.isEmpty();
        }

        private Invalid unknown(String part, String name) {
            var names = new ArrayList<>(environment.hosts());
            names.addAll(environment.groups().keySet());
            var nearest = Suggestion.of(name, names).map(n -> part.substring(0, part.length() - name.length()) + n);
            return new Invalid(
                    "\"" + shown(part) + "\" is no host or group of " + environment.name() + there(), nearest);
        }

        private String there() {
            var groups = environment.groups().keySet();
            var some = String.join(", ", groups.stream().limit(MOST_SHOWN).toList());
            return groups.isEmpty() ? "" : "; groups are " + some + (groups.size() > MOST_SHOWN ? ", …" : "");
        }

        private static Invalid wrong(String message) {
            return new Invalid(message, Optional.empty());
        }

        private static String shown(String text) {
            return Sanitized.of(text, 60);
        }
    }
}
