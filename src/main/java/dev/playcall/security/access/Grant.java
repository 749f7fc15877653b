package dev.playcall.security.access;

import dev.playcall.config.Access;
import dev.playcall.config.Access.Reach;
import dev.playcall.domain.name.Person;
import dev.playcall.security.access.Grants.Delegate;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Permissions that somebody has somewhere.
 *
 * @param role what people call it
 * @param people who has it, with those in {@code groups}; when both are empty, whoever speaks in the channels it reaches
 * @param reaches where it holds: what every one of them covers
 */
public record Grant(
        String role, Set<Permission> permissions, List<String> people, List<String> groups, List<Reach> reaches) {
    public Grant {
        permissions = permissions.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(permissions));
        people = List.copyOf(people);
        groups = List.copyOf(groups);
        reaches = List.copyOf(reaches);
        if (people.isEmpty()
                && groups.isEmpty()
                && reaches.stream().allMatch(r -> r.channels().isEmpty())) {
            throw new IllegalArgumentException("role " + role + " would be everybody's");
        }
    }

    /** These permissions everywhere for one person. */
    public static Grant of(Person person, String role, Set<Permission> permissions) {
        return new Grant(role, permissions, List.of(person.value()), List.of(), List.of());
    }

    /** A built-in role everywhere for one person; empty when there is no such role. */
    public static Optional<Grant> of(Person person, String role) {
        return Optional.ofNullable(Access.BUILT_IN.get(role)).map(words -> of(person, role, permissions(words)));
    }

    static Set<Permission> permissions(Set<String> words) {
        return words.stream().map(Permission::of).flatMap(Optional::stream).collect(Collectors.toSet());
    }

    /** The same for what acts for its holder, as far as it was made for it. */
    Grant delegatedTo(Person person, Delegate delegate) {
        var both = permissions.stream().filter(delegate.permissions()::contains).collect(Collectors.toSet());
        return new Grant(role, both, List.of(person.value()), List.of(), reaches);
    }

    /** Whether this person has it, here. */
    boolean isOf(Principal who) {
        boolean named = (people.isEmpty() && groups.isEmpty())
                || NamePatterns.anyMatches(people, who.person().value())
                || groups.stream().anyMatch(g -> who.groups().stream().anyMatch(new NamePatterns(g)::matches));
        return named && reaches.stream().allMatch(r -> covers(r.channels(), who.channel()));
    }

    /** Whether it holds for this action there. */
    boolean covers(Permission what, Target on) {
        return permissions.contains(what.in(on.operation())) && reaches.stream().allMatch(r -> covers(r, what, on));
    }

    private static boolean covers(Reach reach, Permission what, Target on) {
        boolean run = !what.isAboutRuns()
                || (covers(reach.operations(), on.operation()) && covers(reach.playbooks(), on.playbook()));
        return run
                && covers(reach.environments(), on.environment())
                && (on.channel().isEmpty() || covers(reach.channels(), on.channel()));
    }

    private static boolean covers(List<String> patterns, String name) {
        return patterns.isEmpty() || NamePatterns.anyMatches(patterns, name);
    }

    /** Through what this person has it. */
    public String because(Principal who) {
        if (NamePatterns.anyMatches(people, who.person().value())) {
            return "role " + role + " of " + who.person();
        }
        return groups.stream()
                .filter(g -> who.groups().stream().anyMatch(new NamePatterns(g)::matches))
                .findFirst()
                .map(g -> "role " + role + " of group " + g)
                .orElseGet(() -> "role " + role + " of everybody in " + who.channel());
    }

    /** Who has it, in words. */
    Stream<String> holders() {
        var named = Stream.concat(
                people.stream().map(Grant::holder), groups.stream().map(g -> "group " + g));
        return people.isEmpty() && groups.isEmpty()
                ? limits(Reach::channels).stream().map(c -> "everybody in " + c)
                : named;
    }

    private static String holder(String person) {
        if (person.equals("*")) {
            return "everybody";
        }
        return person.endsWith(":*") ? "everybody on " + person.substring(0, person.length() - 2) : person;
    }

    /** What it is limited to, in words; empty where it is not. */
    public List<String> limits(Function<Reach, List<String>> which) {
        return reaches.stream().map(which).flatMap(List::stream).distinct().toList();
    }
}
