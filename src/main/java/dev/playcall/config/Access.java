package dev.playcall.config;

import dev.playcall.domain.name.Person;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Who may do what, as {@code access:} says it. Names may hold {@code *} and {@code ?}.
 *
 * @param roles those of the file, by name; {@link #BUILT_IN} are there besides
 * @param people identities that are one human each
 */
public record Access(SortedMap<String, Role> roles, List<Binding> bindings, List<Set<Person>> people) {
    /** What a role may hold. */
    public static final List<String> PERMISSIONS = List.of(
            "view",
            "start",
            "adhoc",
            "adhoc.shell",
            "cancel",
            "approve",
            "lock",
            "unlock",
            "override",
            "hosts",
            "secrets",
            "tokens",
            "people",
            "audit",
            "sync",
            "venv",
            "agent.ingest",
            "admin");

    /** The roles that are always there, with their permissions. */
    public static final Map<String, Set<String>> BUILT_IN = Map.of(
            "viewer", Set.of("view"),
            "operator", Set.of("view", "start", "cancel", "lock"),
            "approver", Set.of("view", "approve"),
            "admin", Set.copyOf(PERMISSIONS));

    /** Nobody has said anything about access. */
    public static final Access NONE = new Access(new TreeMap<>(), List.of(), List.of());

    public Access {
        roles = Collections.unmodifiableSortedMap(new TreeMap<>(roles));
        bindings = List.copyOf(bindings);
        people = people.stream().map(Set::copyOf).toList();
    }

    /** The groups of this platform on which rights hang. */
    public Set<String> groups(String platform) {
        return bindings.stream()
                .flatMap(b -> b.groups().stream())
                .filter(g -> g.startsWith(platform + ":"))
                .collect(Collectors.toSet());
    }

    /** Every role there is. */
    public Set<String> roleNames() {
        var names = new TreeSet<>(BUILT_IN.keySet());
        names.addAll(roles.keySet());
        return names;
    }

    /** How many minutes earlier than they did somebody asked, as far as the queue goes; 0 for roles that do not say. */
    public int priority(String role) {
        var own = roles.get(role);
        return own == null ? 0 : own.priority();
    }

    /**
     * A role of the file. Its reach also limits what it includes.
     *
     * @param priority so many minutes earlier than they did its holders asked, as far as the queue goes
     */
    public record Role(Set<String> permissions, Set<String> includes, Reach reach, int priority) {
        public Role {
            permissions = Collections.unmodifiableSet(new TreeSet<>(permissions));
            includes = Collections.unmodifiableSet(new TreeSet<>(includes));
        }
    }

    /**
     * Who has which roles.
     *
     * @param people {@code slack:U0123}; with those in {@code groups}, who has them; when both are empty, whoever speaks
     *     in the channels of its reach
     * @param groups Slack user groups and Discord roles
     */
    public record Binding(List<String> roles, List<String> people, List<String> groups, Reach reach) {
        public Binding {
            roles = List.copyOf(roles);
            people = List.copyOf(people);
            groups = List.copyOf(groups);
        }
    }

    /** Where something holds; an empty list is no limit. */
    public record Reach(
            List<String> operations, List<String> environments, List<String> playbooks, List<String> channels) {
        public static final Reach ALL = new Reach(List.of(), List.of(), List.of(), List.of());

        public Reach {
            operations = List.copyOf(operations);
            environments = List.copyOf(environments);
            playbooks = List.copyOf(playbooks);
            channels = List.copyOf(channels);
        }
    }
}
