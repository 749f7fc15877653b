package dev.playcall.config.binding;

import dev.playcall.config.Access;
import dev.playcall.config.Access.Binding;
import dev.playcall.config.Access.Reach;
import dev.playcall.config.Access.Role;
import dev.playcall.config.Section;
import dev.playcall.config.yaml.Yaml;
import dev.playcall.config.yaml.Yaml.Scalar;
import dev.playcall.config.yaml.Yaml.Sequence;
import dev.playcall.domain.Truncate;
import dev.playcall.domain.name.Person;
import dev.playcall.domain.name.Suggestion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads who has which role. A limit that is there and names nothing is a mistake, not "everything". */
public final class AccessBinding {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._*?-]{1,64}");
    private static final Pattern ROLE = Pattern.compile("[a-z0-9][a-z0-9_-]{0,31}");
    private static final Pattern PERSON =
            Pattern.compile("\\*|(slack|discord|console|web|token|schedule):[^\\s/]{1,150}");
    private static final Pattern GROUP = Pattern.compile("slack:S[A-Z0-9*]{1,30}|discord:[0-9]{1,25}");
    private static final Pattern CHANNEL =
            Pattern.compile("slack:[CDG][A-Z0-9]{1,30}|discord:[0-9]{1,25}|console:main|api|web");

    private final Section access;

    /** @param access the section that holds {@code bindings}, and in the configuration {@code roles} and {@code people} */
    public AccessBinding(Section access) {
        this.access = access;
    }

    Access read() {
        var roles = roles();
        var names = new TreeSet<>(roles.keySet());
        names.addAll(Access.BUILT_IN.keySet());
        return new Access(roles, bindings(names, Optional.empty()), people());
    }

    private SortedMap<String, Role> roles() {
        var section = access.section("roles");
        var roles = new TreeMap<String, Role>();
        var names = new TreeSet<>(section.entries().keySet());
        names.addAll(Access.BUILT_IN.keySet());
        section.entries().keySet().forEach(name -> {
            if (Access.BUILT_IN.containsKey(name)) {
                section.wrong(section.place(name), name, "is built in; give yours another name");
            } else if (!ROLE.matcher(name).matches()) {
                section.wrong(section.place(name), name, "a role has lower case letters, digits, - and _");
            }
            var role = role(section.section(name), names);
            roles.put(name, role);
        });
        roles.keySet().stream()
                .filter(name -> includesItself(name, name, roles, new HashSet<>()))
                .forEach(name -> section.wrong(section.place(name), name + ".includes", "this role includes itself"));
        return roles;
    }

    private static Role role(Section s, Set<String> names) {
        var permissions = known(s, "permissions", Access.PERMISSIONS, "permission");
        var includes = known(s, "includes", names, "role");
        if (s.texts("permissions").isEmpty() && s.texts("includes").isEmpty()) {
            s.wrong(
                    s.place("permissions"),
                    "permissions",
                    "a role needs some: " + String.join(", ", Access.PERMISSIONS));
        }
        var role = new Role(permissions, includes, reach(s, Optional.empty()), s.number("priority", 0, -1440, 1440));
        s.end();
        return role;
    }

    private static boolean includesItself(String name, String from, Map<String, Role> roles, Set<String> seen) {
        var role = roles.get(from);
        return role != null
                && role.includes().stream()
                        .anyMatch(i -> i.equals(name) || (seen.add(i) && includesItself(name, i, roles, seen)));
    }

    /** Bindings in the file of an environment: they hold there, whatever else they say. */
    public List<Binding> bindingsHere(String environment, Access whole) {
        return bindings(new TreeSet<>(whole.roleNames()), Optional.of(environment));
    }

    private List<Binding> bindings(Set<String> names, Optional<String> here) {
        var bindings = new ArrayList<Binding>();
        for (var s : access.items("bindings")) {
            var roles = known(s, "role", names, "role");
            if (s.texts("role").isEmpty()) {
                s.wrong(s.place("role"), "role", "is required, as in role: operator");
            }
            var people = matching(s, "people", PERSON, "a person (slack:U0123, discord:42, web:alice, slack:*)");
            var groups =
                    matching(s, "groups", GROUP, "a group (a Slack user group slack:S0123, a Discord role discord:42)");
            var reach = reach(s, here);
            if (people.isEmpty() && groups.isEmpty() && reach.channels().isEmpty()) {
                s.wrong(s.place("role"), "people", "this binding has no members: add people, groups or channels");
            }
            bindings.add(new Binding(List.copyOf(roles), people, groups, reach));
            s.end();
        }
        return bindings;
    }

    /** In the file of an environment its name cannot be said; that would look as if it could hold elsewhere. */
    private static Reach reach(Section s, Optional<String> here) {
        return new Reach(
                matching(s, "operations", NAME, "the name of an operation"),
                here.map(List::of).orElseGet(() -> matching(s, "environments", NAME, "the name of an environment")),
                matching(s, "playbooks", NAME, "the name of a playbook"),
                matching(s, "channels", CHANNEL, "a channel (slack:C0123, discord:987, console:main, api)"));
    }

    /** {@code people: [[slack:U0123, discord:42]]}: each entry is one human. */
    private List<Set<Person>> people() {
        var humans = new ArrayList<Set<Person>>();
        switch (access.raw("people").orElse(null)) {
            case Sequence sequence -> sequence.items().forEach(i -> human(i).ifPresent(humans::add));
            case null -> {}
            case Scalar s when s.isNull() -> {}
            case Yaml other -> access.wrong(other.place().toString(), "people", "must be a list of lists of persons");
        }
        return humans;
    }

    private Optional<Set<Person>> human(Yaml entry) {
        var found = new LinkedHashSet<Person>();
        if (entry instanceof Sequence list) {
            for (var identity : list.items()) {
                if (identity instanceof Scalar s
                        && !s.text().contains("*")
                        && PERSON.matcher(s.text()).matches()) {
                    found.add(new Person(s.text()));
                } else {
                    access.wrong(identity.place().toString(), "people", "must be a person (slack:U0123, discord:42)");
                }
            }
        }
        if (found.size() < 2) {
            access.wrong(entry.place().toString(), "people", "one human has at least two: [slack:U0123, discord:42]");
            return Optional.empty();
        }
        return Optional.of(found);
    }

    private static Set<String> known(Section s, String key, Collection<String> words, String what) {
        var found = new TreeSet<String>();
        for (var word : s.texts(key)) {
            if (words.contains(word)) {
                found.add(word);
            } else {
                var near = Suggestion.of(word, words)
                        .map(n -> "; did you mean " + n + "?")
                        .orElse("");
                s.wrong(
                        s.place(key),
                        key,
                        "there is no " + what + " \"" + shortened(word) + "\", there are " + String.join(", ", words)
                                + near);
            }
        }
        return found;
    }

    private static List<String> matching(Section s, String key, Pattern pattern, String what) {
        boolean there = s.raw(key).isPresent();
        var texts = s.texts(key);
        if (there && texts.isEmpty()) {
            s.wrong(s.place(key), key, "is empty; omit it for no limit");
        }
        texts.stream()
                .filter(t -> !pattern.matcher(t).matches())
                .forEach(t -> s.wrong(s.place(key), key, "\"" + shortened(t) + "\" is not " + what));
        return texts;
    }

    private static String shortened(String text) {
        return Truncate.of(text, 60);
    }
}
