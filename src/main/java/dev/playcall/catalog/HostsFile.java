package dev.playcall.catalog;

import dev.playcall.config.Problem;
import dev.playcall.config.Yaml;
import dev.playcall.config.Yaml.Mapping;
import dev.playcall.config.Yaml.Scalar;
import dev.playcall.domain.EnvironmentName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which hosts and groups an inventory in Ansible's YAML form has. Variables are Ansible's affair and passed over. The file
 * is read as data: an inventory that is a program is never run.
 */
final class HostsFile {
    private final List<Problem> problems;
    private final Map<String, Set<String>> direct = new LinkedHashMap<>();
    private final Map<String, Set<String>> children = new LinkedHashMap<>();

    HostsFile(List<Problem> problems) {
        this.problems = problems;
    }

    Environment read(EnvironmentName name, Path folder, Path file, Optional<Yaml> yaml) {
        yaml.ifPresent(root -> {
            if (root instanceof Mapping groups) {
                groups.entries().forEach(this::group);
            } else {
                wrong(root, "an inventory is a mapping of groups (all: hosts: …)");
            }
        });
        var all = new LinkedHashSet<String>();
        direct.values().forEach(all::addAll);
        var groups = new TreeMap<String, List<String>>();
        for (var group : direct.keySet()) {
            if (!group.equals("all")) {
                var members = new LinkedHashSet<String>();
                collect(group, members, new LinkedHashSet<>());
                groups.put(group, all.stream().filter(members::contains).toList());
            }
        }
        return new Environment(name, folder, file, List.copyOf(all), groups);
    }

    private void collect(String group, Set<String> members, Set<String> seen) {
        if (seen.add(group)) {
            members.addAll(direct.getOrDefault(group, Set.of()));
            children.getOrDefault(group, Set.of()).forEach(child -> collect(child, members, seen));
        }
    }

    private void group(String name, Yaml yaml) {
        var hosts = direct.computeIfAbsent(name, _ -> new LinkedHashSet<>());
        var below = children.computeIfAbsent(name, _ -> new LinkedHashSet<>());
        if (isNull(yaml)) {
            return;
        }
        if (!(yaml instanceof Mapping group)) {
            wrong(yaml, "the group " + name + " has to be a mapping with hosts, children or vars");
            return;
        }
        group.entries().forEach((key, value) -> {
            switch (key) {
                case "hosts" -> hosts(name, value, hosts);
                case "children" -> children(name, value, below);
                case "vars" -> {}
                default ->
                    problems.add(new Problem(
                            group.keyPlaces().getOrDefault(key, group.place()).toString(),
                            "\"" + key + "\" means nothing in a group (hosts, children and vars do)"));
            }
        });
    }

    private void hosts(String group, Yaml yaml, Set<String> hosts) {
        for (var text : names("hosts", group, yaml)) {
            var expanded = HostRange.expand(text);
            if (expanded.isEmpty()) {
                wrong(yaml, "\"" + text + "\" is not a host name or a range of them (web[01:20])");
            } else {
                hosts.addAll(expanded.get());
            }
        }
    }

    private void children(String group, Yaml yaml, Set<String> below) {
        if (yaml instanceof Mapping mapping) {
            below.addAll(mapping.entries().keySet());
            mapping.entries().forEach(this::group);
        } else if (!isNull(yaml)) {
            wrong(yaml, "the children of " + group + " have to be a mapping of groups");
        }
    }

    private List<String> names(String what, String group, Yaml yaml) {
        return switch (yaml) {
            case Mapping mapping -> new ArrayList<>(mapping.entries().keySet());
            case Scalar scalar -> scalar.isNull() ? List.of() : List.of(scalar.text());
            case Yaml.Sequence sequence -> {
                wrong(sequence, "the " + what + " of " + group + " have to be a mapping (a colon after each name)");
                yield List.of();
            }
        };
    }

    private static boolean isNull(Yaml yaml) {
        return yaml instanceof Scalar scalar && scalar.isNull();
    }

    private void wrong(Yaml yaml, String message) {
        problems.add(new Problem(yaml.place().toString(), message));
    }
}
