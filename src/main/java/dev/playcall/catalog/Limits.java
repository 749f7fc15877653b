package dev.playcall.catalog;

import dev.playcall.domain.Nearest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Resolves a limit to names of the inventory: hosts, groups, {@code all}, {@code *} and {@code ?} in them, {@code !} to
 * leave some out, with commas between. Ansible's own patterns can read files and are not passed on.
 */
public sealed interface Limits {
    int LONGEST = 200_000;

    /** The hosts in the order of the inventory. */
    record Hosts(List<String> hosts) implements Limits {
        public Hosts {
            hosts = List.copyOf(hosts);
        }
    }

    record Wrong(String message, Optional<String> nearest) implements Limits {}

    static Limits resolve(Environment environment, String text) {
        if (text.length() > LONGEST) {
            return new Wrong(
                    "the limit has " + text.length() + " characters, at most " + LONGEST + " are taken",
                    Optional.empty());
        }
        Set<String> chosen = new LinkedHashSet<>();
        Set<String> left = new LinkedHashSet<>();
        boolean anyChosen = false;
        for (var part : text.split("[,\\s]+", -1)) {
            if (part.isEmpty()) {
                continue;
            }
            boolean not = part.startsWith("!");
            var found = members(environment, not ? part.substring(1) : part);
            if (found.isEmpty()) {
                return unknown(environment, part);
            }
            (not ? left : chosen).addAll(found);
            anyChosen |= !not;
        }
        boolean everything = !anyChosen;
        var hosts = environment.hosts().stream()
                .filter(h -> (everything || chosen.contains(h)) && !left.contains(h))
                .toList();
        return hosts.isEmpty()
                ? new Wrong("\"" + shown(text) + "\" leaves no host of " + environment.name(), Optional.empty())
                : new Hosts(hosts);
    }

    private static Set<String> members(Environment environment, String name) {
        if (name.equals("all")) {
            return new LinkedHashSet<>(environment.hosts());
        }
        var found = new LinkedHashSet<String>();
        if (!Pattern.matches("[A-Za-z0-9_.:*?-]+", name) || name.startsWith("-")) {
            return found;
        }
        boolean glob = name.contains("*") || name.contains("?");
        var pattern = Pattern.compile(
                name.replace(".", "\\.").replaceAll("\\*+", ".*").replace("?", "."));
        for (var host : environment.hosts()) {
            if (glob ? pattern.matcher(host).matches() : host.equals(name)) {
                found.add(host);
            }
        }
        environment.groups().forEach((group, members) -> {
            if (glob ? pattern.matcher(group).matches() : group.equals(name)) {
                found.addAll(members);
            }
        });
        return found;
    }

    private static Wrong unknown(Environment environment, String part) {
        var known = new java.util.ArrayList<>(environment.hosts());
        known.addAll(environment.groups().keySet());
        var there = environment.groups().isEmpty()
                ? ""
                : "; groups are " + String.join(", ", environment.groups().keySet());
        return new Wrong(
                "\"" + shown(part) + "\" is no host or group of " + environment.name() + there,
                Nearest.of(part, known));
    }

    private static String shown(String text) {
        var clean = text.replaceAll("\\p{Cc}", "�");
        return clean.length() > 60 ? clean.substring(0, 60) + "…" : clean;
    }
}
