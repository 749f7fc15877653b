package dev.playcall.catalog.inventory;

import dev.playcall.catalog.layout.EnvironmentSource;
import dev.playcall.catalog.layout.FetchedInventory;
import dev.playcall.domain.name.EnvironmentName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One environment: a folder below the inventory, or files that the configuration names or that lie there.
 *
 * @param source where it comes from
 * @param hosts all hosts in the order of the files
 * @param groups hosts of each group, children included; {@code all} is not among them
 * @param rules what its own {@code config.yml} says
 * @param registered those of the hosts that stand in no file
 * @param hidden hosts that are registered and left out, each with the reason: they stand in the file as well, or their name or
 *     tag means something else there
 * @param fetched what came of asking its sources; empty when all of them are data
 */
public record Environment(
        EnvironmentSource source,
        List<String> hosts,
        SortedMap<String, List<String>> groups,
        EnvironmentRules rules,
        List<RegisteredHost> registered,
        SortedMap<String, String> hidden,
        Optional<FetchedInventory> fetched) {
    /** One whose sources are all data. */
    public Environment(
            EnvironmentSource source,
            List<String> hosts,
            SortedMap<String, List<String>> groups,
            EnvironmentRules rules,
            List<RegisteredHost> registered,
            SortedMap<String, String> hidden) {
        this(source, hosts, groups, rules, registered, hidden, Optional.empty());
    }

    /** Where an environment lies. */
    public record Folder(EnvironmentName name, Path path, Path hostsFile) {}

    /**
     * One whose policy has mistakes: nobody knows what has to be approved, so nothing runs in it until they are corrected.
     *
     * @param problems one line for each mistake, each with its place
     */
    public record Broken(Folder folder, List<String> problems) {
        public Broken {
            problems = List.copyOf(problems);
        }

        public EnvironmentName name() {
            return folder.name();
        }

        /** Why nothing runs in it, one line. */
        public String line() {
            return "environment " + name() + " is not used until its policy is corrected: " + problems.getFirst();
        }
    }

    public EnvironmentName name() {
        return source.name();
    }

    /**
     * Where its {@code config.yml}, {@code known_hosts} and {@code status.yml} are; there may be none yet for one that is no
     * folder below the inventory.
     */
    public Path folder() {
        return source.folder();
    }

    /** The files that its hosts are read from, absolute, in the order in which Ansible is given them. */
    public List<Path> inventories() {
        return source.inventories();
    }

    /** Where it lies. */
    public Folder place() {
        return new Folder(name(), folder(), hostsFile());
    }

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

    /**
     * The files that hosts and groups are changed in, by the name that people see, in their order: not those that are executed.
     * The name is that of the file, with its folder where two are called the same.
     */
    public SequencedMap<String, Path> hostsFiles() {
        var files = new LinkedHashMap<String, Path>();
        for (var file : inventories()) {
            var name = String.valueOf(file.getFileName());
            if (!source.isExecuted(file)) {
                files.put(files.containsKey(name) ? file.getName(file.getNameCount() - 2) + "/" + name : name, file);
            }
        }
        return files;
    }

    /** The file that a host is added to when nothing else says which. */
    public Path hostsFile() {
        return inventories().getFirst();
    }

    /** Where {@code group_vars} and {@code host_vars} are: beside the inventory, as Ansible wants it. */
    public Path variables() {
        return Optional.ofNullable(hostsFile().getParent()).orElse(folder());
    }

    /** Whether all of it is one folder, which can be renamed and put away. */
    public boolean isFolder() {
        return variables().equals(folder());
    }

    /** Everything that it is made of, and that is there. */
    public List<Path> files() {
        if (isFolder()) {
            return List.of(folder());
        }
        var beside = inventories().stream()
                .map(Path::getParent)
                .filter(Objects::nonNull)
                .distinct()
                .flatMap(f -> Stream.of("group_vars", "host_vars").map(f::resolve));
        return Stream.of(Stream.of(folder()), inventories().stream(), beside)
                .flatMap(s -> s)
                .filter(Files::exists)
                .toList();
    }

    /** Hosts that should be alike: those of each group, and where there are no groups all of them. */
    public Map<String, List<String>> similarHosts() {
        var named = new TreeMap<>(groups);
        named.keySet().removeAll(RegisteredGroups.made(registered, groups));
        return named.isEmpty() ? Map.of("all", hosts) : named;
    }

    /** The host of this name, when it stands in no file. */
    public Optional<RegisteredHost> registered(String host) {
        return registered.stream().filter(h -> h.name().equals(host)).findFirst();
    }

    public boolean isInFile(String host) {
        return hosts.contains(host) && registered(host).isEmpty();
    }
}
