package dev.playcall.catalog.inventory;

import dev.playcall.config.yaml.Problem;
import dev.playcall.config.yaml.Yaml;
import dev.playcall.config.yaml.Yaml.Mapping;
import dev.playcall.config.yaml.Yaml.Scalar;
import dev.playcall.domain.Truncate;
import dev.playcall.domain.name.Suggestion;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which hosts and groups an inventory in Ansible's YAML form has. Variables are Ansible's affair and passed over. The file
 * is read as data: an inventory that is a program is never run.
 */
final class HostsFile {
    private static final Pattern GROUP = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}");
    private static final List<String> PARTS = List.of("hosts", "children", "vars");

    private final List<Problem> problems;
    private final GroupTree tree;
    private final Set<String> hosts;

    /**
     * @param tree gets the groups of this file, beside those of others
     * @param hosts gets its hosts
     */
    HostsFile(List<Problem> problems, GroupTree tree, Set<String> hosts) {
        this.problems = problems;
        this.tree = tree;
        this.hosts = hosts;
    }

    static boolean isGroup(String name) {
        return GROUP.matcher(name).matches();
    }

    /** Hosts in the order of the file, and the hosts of each group, of its children too. */
    record Inventory(List<String> hosts, Map<String, List<String>> groups) {}

    /** Of this file alone. */
    static Inventory of(Yaml root, List<Problem> problems) {
        var tree = new GroupTree();
        var hosts = new LinkedHashSet<String>();
        new HostsFile(problems, tree, hosts).read(Optional.of(root));
        return new Inventory(List.copyOf(hosts), problems.isEmpty() ? tree.members(hosts) : Map.of());
    }

    void read(Optional<Yaml> yaml) {
        yaml.filter(y -> !isNull(y)).ifPresent(root -> {
            if (root instanceof Mapping groups) {
                groups.entries().forEach((name, group) -> group(name, group, placeOf(groups, name)));
            } else {
                wrong(root, "an inventory is a mapping of groups (all: hosts: …)");
            }
            tree.loop().ifPresent(group -> wrong(root, "the group " + group + " is among its own children"));
        });
    }

    /** What is tagged with a group is also in those that hold it. */
    static void register(List<RegisteredHost> more, Set<String> hosts, GroupTree tree) {
        var added = more.stream().filter(h -> hosts.add(h.name())).toList();
        for (var host : added) {
            host.tags().forEach(tag -> {
                tree.add(tag);
                tree.addHosts(tag, List.of(host.name()));
            });
        }
        RegisteredGroups.add(added, hosts, tree);
    }

    private void group(String name, Yaml yaml, String place) {
        if (!GROUP.matcher(name).matches()) {
            problems.add(
                    new Problem(place, quoted(name) + " is not a name for a group (letters, digits and . _ - only)"));
            return;
        }
        tree.add(name);
        switch (yaml) {
            case Mapping parts -> parts.entries().forEach((key, value) -> part(name, parts, key, value));
            case Scalar scalar when scalar.isNull() -> {}
            case Scalar _, Yaml.Sequence _ ->
                wrong(yaml, "the group " + name + " must be a mapping with hosts, children or vars");
        }
    }

    private void part(String group, Mapping parts, String key, Yaml value) {
        switch (key) {
            case "hosts" -> names("hosts", group, value, (name, _, place) -> host(group, name, place));
            case "children" ->
                names("children", group, value, (name, child, place) -> {
                    if (name.equals("all")) {
                        problems.add(new Problem(place, "all cannot be a child, it holds every group"));
                    } else {
                        group(name, child, place);
                        tree.add(group, name);
                    }
                });
            case "vars" -> names("vars", group, value, (_, _, _) -> {});
            default -> {
                var near = Suggestion.of(key, PARTS)
                        .map(n -> "; did you mean " + n + "?")
                        .orElse("");
                problems.add(new Problem(
                        placeOf(parts, key),
                        quoted(key) + " means nothing in a group (hosts, children and vars do)" + near));
            }
        }
    }

    private interface Named {
        void take(String name, Yaml yaml, String place);
    }

    /** Ansible takes a mapping from names, or one name alone. */
    private void names(String part, String group, Yaml yaml, Named each) {
        switch (yaml) {
            case Mapping mapping ->
                mapping.entries().forEach((name, value) -> each.take(name, value, placeOf(mapping, name)));
            case Scalar scalar when scalar.isNull() -> {}
            case Scalar scalar ->
                each.take(
                        scalar.text(),
                        new Scalar(scalar.place(), "", true, false),
                        scalar.place().toString());
            case Yaml.Sequence sequence ->
                wrong(sequence, "the " + part + " of " + group + " must be a mapping (a colon after each name)");
        }
    }

    private void host(String group, String text, String place) {
        switch (HostRange.expand(text)) {
            case HostRange.Refused(var why) -> problems.add(new Problem(place, quoted(text) + " " + why));
            case HostRange.Names(var names) -> {
                if (hosts.size() + names.size() > HostRange.MOST) {
                    problems.add(new Problem(place, "here are more than " + HostRange.MOST + " hosts"));
                    return;
                }
                hosts.addAll(names);
                tree.addHosts(group, names);
            }
        }
    }

    private static String placeOf(Mapping mapping, String key) {
        return mapping.keyPlaces().getOrDefault(key, mapping.place()).toString();
    }

    private static String quoted(String text) {
        return "\"" + Truncate.of(text, 80) + "\"";
    }

    static boolean isNull(Yaml yaml) {
        return yaml instanceof Scalar scalar && scalar.isNull();
    }

    private void wrong(Yaml yaml, String message) {
        problems.add(new Problem(yaml.place().toString(), message));
    }
}
