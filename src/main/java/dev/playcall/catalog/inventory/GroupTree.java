package dev.playcall.catalog.inventory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Groups of hosts that hold other groups. Walked without recursion: a long chain of groups is data, not a call stack. */
final class GroupTree {
    private static final String ALL = "all";
    private static final String UNGROUPED = "ungrouped";

    private final Map<String, Set<String>> direct = new LinkedHashMap<>();
    private final Map<String, Set<String>> children = new LinkedHashMap<>();

    void add(String group) {
        direct.computeIfAbsent(group, _ -> new LinkedHashSet<>());
        children.computeIfAbsent(group, _ -> new LinkedHashSet<>());
    }

    void add(String group, String child) {
        if (children.containsKey(child)) {
            children.getOrDefault(group, Set.of()).add(child);
        }
    }

    void addHosts(String group, Collection<String> hosts) {
        direct.getOrDefault(group, Set.of()).addAll(hosts);
    }

    boolean has(String group) {
        return direct.containsKey(group);
    }

    /** All hosts of a group, those of its children too. */
    Set<String> hosts(String group) {
        var found = new HashSet<>(direct.getOrDefault(group, Set.of()));
        below(group).forEach(g -> found.addAll(direct.getOrDefault(g, Set.of())));
        return found;
    }

    /** Forgets all other hosts, and the groups that had only those. */
    void keepHosts(Collection<String> hosts) {
        var before = direct.keySet().stream().filter(g -> !hosts(g).isEmpty()).toList();
        direct.values().forEach(of -> of.retainAll(hosts));
        before.stream().filter(g -> hosts(g).isEmpty()).forEach(direct::remove);
    }

    /** A group that is below itself, if there is one: what stays when groups without parents are taken away. */
    Optional<String> loop() {
        var parents = new HashMap<String, Integer>();
        children.values().forEach(below -> below.forEach(c -> parents.merge(c, 1, Integer::sum)));
        var free = new ArrayDeque<String>();
        children.keySet().stream().filter(g -> !parents.containsKey(g)).forEach(free::add);
        var left = new LinkedHashSet<>(children.keySet());
        while (!free.isEmpty()) {
            var group = free.remove();
            left.remove(group);
            for (var child : children.getOrDefault(group, Set.of())) {
                if (parents.merge(child, -1, Integer::sum) == 0) {
                    free.add(child);
                }
            }
        }
        return left.stream().filter(g -> below(g).contains(g)).findFirst();
    }

    /** The hosts of each group in their order; {@code all} is left out, {@code ungrouped} is there when it has some. */
    Map<String, List<String>> members(Collection<String> hosts) {
        var order = new HashMap<String, Integer>();
        hosts.forEach(h -> order.put(h, order.size()));
        var members = new TreeMap<String, List<String>>();
        var grouped = new HashSet<String>();
        for (var group : direct.keySet()) {
            if (!group.equals(ALL) && !group.equals(UNGROUPED)) {
                var found = hosts(group);
                grouped.addAll(found);
                var sorted = new ArrayList<>(found);
                sorted.sort(java.util.Comparator.comparingInt(h -> order.getOrDefault(h, 0)));
                members.put(group, sorted);
            }
        }
        var rest = hosts.stream().filter(h -> !grouped.contains(h)).toList();
        if (!rest.isEmpty()) {
            members.put(UNGROUPED, rest);
        }
        return members;
    }

    private Set<String> below(String group) {
        var found = new HashSet<String>();
        var open = new ArrayDeque<>(children.getOrDefault(group, Set.of()));
        while (!open.isEmpty()) {
            var next = open.remove();
            if (found.add(next)) {
                open.addAll(children.getOrDefault(next, Set.of()));
            }
        }
        return found;
    }
}
