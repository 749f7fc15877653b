package dev.playcall.catalog.inventory;

import dev.playcall.catalog.file.FilePermissionCheck;
import dev.playcall.config.Config;
import dev.playcall.config.yaml.ConfigException;
import dev.playcall.config.yaml.Problem;
import dev.playcall.config.yaml.YamlFile;
import dev.playcall.domain.name.EnvironmentName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the environments: the folders below {@code inventory/} that have an inventory. */
public final class EnvironmentFolders {
    private final Config config;
    private final Path inventory;
    private final HostRegister register;
    private final FilePermissionCheck filePermissionCheck;
    private final List<Problem> problems;

    public EnvironmentFolders(
            Config config, HostRegister register, FilePermissionCheck filePermissionCheck, List<Problem> problems) {
        this.config = config;
        this.register = register;
        this.inventory = config.paths().inventory();
        this.filePermissionCheck = filePermissionCheck;
        this.problems = problems;
    }

    public SortedMap<EnvironmentName, Environment> read() {
        var environments = new TreeMap<EnvironmentName, Environment>();
        for (var folder : filePermissionCheck.list(inventory)) {
            if (Files.isDirectory(folder) || Files.isSymbolicLink(folder)) {
                environment(folder).ifPresent(e -> environments.put(e.name(), e));
            }
        }
        return environments;
    }

    private Optional<Environment> environment(Path folder) {
        var name = FilePermissionCheck.name(folder);
        var file = InventoryFile.of(folder);
        if (!EnvironmentName.isValid(name)) {
            return none(folder, "is not a name for an environment (letters, digits and . _ - only)");
        }
        if (!filePermissionCheck.isInside(folder, inventory)) {
            return Optional.empty();
        }
        if (!Files.isRegularFile(file)) {
            return none(folder, "has no hosts.yml, hosts.ini or hosts, so it is not an environment");
        }
        var second = InventoryFile.second(folder);
        if (second.isPresent()) {
            return none(
                    folder,
                    "has both " + FilePermissionCheck.name(file) + " and " + FilePermissionCheck.name(second.get())
                            + "; keep only one");
        }
        return isTrusted(folder, file)
                ? rules(folder).flatMap(own -> whole(new EnvironmentName(name), folder, file, own))
                : Optional.empty();
    }

    /** The hosts of the file, and those that stand in none. */
    private Optional<Environment> whole(EnvironmentName name, Path folder, Path file, EnvironmentRules own) {
        var registered = register.of(name);
        var written = registered.isEmpty() ? Optional.<HostsFile.Inventory>empty() : hosts(file, List.of());
        var hidden = new TreeMap<>(written.map(w -> new RegisteredConflicts(w, registered).reasons())
                .orElse(Map.of()));
        var more =
                registered.stream().filter(h -> !hidden.containsKey(h.name())).toList();
        hidden.forEach((host, why) -> problems.add(new Problem(
                filePermissionCheck.shown(file).toString(), why + " (host unregister " + name + " " + host + ")")));
        return hosts(file, more)
                .map(found -> new Environment(
                        name, folder, file, found.hosts(), new TreeMap<>(found.groups()), own, more, hidden));
    }

    /** Variables of groups and hosts can name the program that connects, and known_hosts says to whom: the same trust. */
    private boolean isTrusted(Path folder, Path file) {
        boolean trusted = filePermissionCheck.isClosed(folder)
                && filePermissionCheck.isClosed(file)
                && filePermissionCheck.isInside(file, inventory)
                && filePermissionCheck.isData(file);
        for (var name : List.of("group_vars", "host_vars")) {
            var variables = folder.resolve(name);
            if (trusted && Files.exists(variables)) {
                trusted = filePermissionCheck.isInside(variables, inventory)
                        && filePermissionCheck.isClosedWhole(variables);
            }
        }
        var hostKeys = folder.resolve("known_hosts");
        if (trusted && Files.exists(hostKeys)) {
            trusted = filePermissionCheck.isInside(hostKeys, inventory) && filePermissionCheck.isClosed(hostKeys);
        }
        return trusted;
    }

    /** A file with a mistake in it is not offered at all: half an inventory is a deployment to half the servers. */
    private Optional<HostsFile.Inventory> hosts(Path file, List<RegisteredHost> more) {
        var found = new ArrayList<Problem>();
        Optional<HostsFile.Inventory> inventory = Optional.empty();
        try {
            inventory = Optional.of(InventoryFile.read(file, filePermissionCheck.shown(file), more, found));
        } catch (ConfigException e) {
            found.addAll(e.problems());
        }
        problems.addAll(found);
        return found.isEmpty() ? inventory : Optional.empty();
    }

    /** With a mistake in it nobody knows what has to be agreed, so the environment is not offered. */
    private Optional<EnvironmentRules> rules(Path folder) {
        var file = folder.resolve("config.yml");
        if (!Files.exists(file) && !Files.isSymbolicLink(file)) {
            return Optional.of(EnvironmentRules.NONE);
        }
        if (!filePermissionCheck.isInside(file, inventory) || !filePermissionCheck.isClosed(file)) {
            return Optional.empty();
        }
        var found = new ArrayList<Problem>();
        Optional<EnvironmentRules> rules = Optional.empty();
        try {
            rules = Optional.of(EnvironmentRules.read(
                    FilePermissionCheck.name(folder),
                    YamlFile.read(file, filePermissionCheck.shown(file)).root(),
                    config.access(),
                    config.schedule().timezone(),
                    found));
        } catch (ConfigException e) {
            found.addAll(e.problems());
        }
        problems.addAll(found);
        return found.isEmpty() ? rules : Optional.empty();
    }

    private Optional<Environment> none(Path folder, String why) {
        problems.add(new Problem(filePermissionCheck.shown(folder).toString(), why));
        return Optional.empty();
    }
}
