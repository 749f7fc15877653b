package dev.playcall.catalog.inventory;

import dev.playcall.catalog.inventory.HostsEdit.RefusedException;
import dev.playcall.config.yaml.Yaml;
import dev.playcall.config.yaml.YamlSplice;
import dev.playcall.config.yaml.YamlSplice.CannotSpliceException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds groups to a {@code hosts.yml} and takes them out, or gives them other names. */
final class GroupsEdit {
    private static final String ALL = "all";

    private final String text;
    private final Yaml tree;

    GroupsEdit(String text, Yaml tree) {
        this.text = text;
        this.tree = tree;
    }

    /** Where each group is written, in the order of the file. */
    private Map<String, List<List<String>>> places() {
        var places = new LinkedHashMap<String, List<List<String>>>();
        HostsEdit.walk(
                tree,
                List.of(),
                (name, path, _) ->
                        places.computeIfAbsent(name, _ -> new ArrayList<>()).add(path));
        return places;
    }

    String add(String group) throws RefusedException {
        var places = places();
        if (places.containsKey(group)) {
            throw new RefusedException("there is a group " + group + " already");
        }
        try {
            var path = places.containsKey(ALL) ? List.of(ALL, "children") : List.<String>of();
            return YamlSplice.of(text).put(path, group, "");
        } catch (CannotSpliceException e) {
            throw new RefusedException("hosts.yml: " + e.why());
        }
    }

    String remove(String group) throws RefusedException {
        var mine = written(group);
        var holds = new ArrayList<String>();
        HostsEdit.walk(tree, List.of(), (name, _, parts) -> {
            if (name.equals(group) && parts instanceof Yaml.Mapping m) {
                m.entries().forEach((part, value) -> {
                    if (value instanceof Yaml.Mapping inside
                            && !inside.entries().isEmpty()) {
                        holds.add(part + " (" + value.place() + ")");
                    }
                });
            }
        });
        if (!holds.isEmpty()) {
            throw new RefusedException("the group " + group + " is not empty: it has " + String.join(", ", holds)
                    + "; remove its hosts first");
        }
        var left = text;
        try {
            for (var path : mine.reversed()) {
                left = YamlSplice.of(left).remove(path.subList(0, path.size() - 1), group);
            }
            return left;
        } catch (CannotSpliceException e) {
            throw new RefusedException("hosts.yml: " + e.why());
        }
    }

    String rename(String group, String to) throws RefusedException {
        if (places().containsKey(to)) {
            throw new RefusedException("there is a group " + to + " already");
        }
        var left = text;
        try {
            for (var path : written(group).reversed()) {
                left = YamlSplice.of(left).rename(path.subList(0, path.size() - 1), group, to);
            }
            return left;
        } catch (CannotSpliceException e) {
            throw new RefusedException("hosts.yml: " + e.why());
        }
    }

    private List<List<String>> written(String group) throws RefusedException {
        var mine = places().getOrDefault(group, List.of());
        if (mine.isEmpty() || group.equals(ALL)) {
            throw group.equals(ALL)
                    ? new RefusedException("all contains every group and cannot be removed")
                    : RefusedException.missing("there is no group " + group);
        }
        return mine;
    }
}
