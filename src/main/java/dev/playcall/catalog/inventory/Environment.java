package dev.playcall.catalog.inventory;

import dev.playcall.domain.name.EnvironmentName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One environment: a folder below the inventory.
 *
 * @param hostsFile {@code hosts.yml}, {@code hosts.ini} or {@code hosts}, absolute
 * @param hosts all hosts in the order of the file
 * @param groups hosts of each group, children included; {@code all} is not among them
 * @param rules what its own {@code config.yml} says
 * @param registered those of the hosts that stand in no file
 * @param hidden hosts that are registered and left out, each with the reason: they stand in the file as well, or their name or
 *     tag means something else there
 */
public record Environment(
        EnvironmentName name,
        Path folder,
        Path hostsFile,
        List<String> hosts,
        SortedMap<String, List<String>> groups,
        EnvironmentRules rules,
        List<RegisteredHost> registered,
        SortedMap<String, String> hidden) {
    public Environment {
        registered = List.copyOf(registered);
        hidden = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(hidden));
        hosts = List.copyOf(hosts);
        var copy = new TreeMap<String, List<String>>();
        for (Map.Entry<String, List<String>> group : groups.entrySet()) {
            copy.put(group.getKey(), List.copyOf(group.getValue()));
        }
        groups = java.util.Collections.unmodifiableSortedMap(copy);
    }

    /** Hosts that should be alike: those of each group, and where there are no groups all of them. */
    public Map<String, List<String>> similarHosts() {
        return groups.isEmpty() ? Map.of("all", hosts) : groups;
    }

    /** One without a file of its own. */
    public Environment(
            EnvironmentName name,
            Path folder,
            Path hostsFile,
            List<String> hosts,
            SortedMap<String, List<String>> groups) {
        this(name, folder, hostsFile, hosts, groups, EnvironmentRules.NONE, List.of(), new TreeMap<>());
    }

    /** The host of this name, when it stands in no file. */
    public Optional<RegisteredHost> registered(String host) {
        return registered.stream().filter(h -> h.name().equals(host)).findFirst();
    }

    public boolean isInFile(String host) {
        return hosts.contains(host) && registered(host).isEmpty();
    }
}
