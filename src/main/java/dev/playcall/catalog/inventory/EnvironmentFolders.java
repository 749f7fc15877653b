package dev.playcall.catalog.inventory;

import dev.playcall.catalog.file.FilePermissionCheck;
import dev.playcall.catalog.layout.EnvironmentSource;
import dev.playcall.catalog.layout.FetchedInventory;
import dev.playcall.catalog.layout.InventoryContent;
import dev.playcall.catalog.layout.InventoryLayout;
import dev.playcall.config.Config;
import dev.playcall.config.yaml.ConfigException;
import dev.playcall.config.yaml.Problem;
import dev.playcall.config.yaml.YamlFile;
import dev.playcall.domain.name.EnvironmentName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the environments: what {@code environments:} names, and the folders and files below {@code inventory/}. */
public final class EnvironmentFolders {
    private final Config config;
    private final HostRegister register;
    private final FilePermissionCheck filePermissionCheck;
    private final List<Problem> problems;
    private final SortedMap<EnvironmentName, Environment.Broken> broken = new TreeMap<>();

    public EnvironmentFolders(
            Config config, HostRegister register, FilePermissionCheck filePermissionCheck, List<Problem> problems) {
        this.config = config;
        this.register = register;
        this.filePermissionCheck = filePermissionCheck;
        this.problems = problems;
    }

    public SortedMap<EnvironmentName, Environment> read() {
        var environments = new TreeMap<EnvironmentName, Environment>();
        for (var source : new InventoryLayout(config, filePermissionCheck, problems).sources()) {
            environment(source).ifPresent(e -> environments.put(e.name(), e));
        }
        return environments;
    }

    /** Those left out of what was read because of their policy. */
    public SortedMap<EnvironmentName, Environment.Broken> broken() {
        return broken;
    }

    /** Names of those out of use. */
    public List<EnvironmentName> archived() {
        var inventory = config.paths().inventory();
        try {
            return EnvironmentFiles.archived(inventory);
        } catch (IOException e) {
            problems.add(new Problem(
                    filePermissionCheck.shown(inventory).toString(),
                    "archived environments cannot be listed: " + e.getMessage()));
            return List.of();
        }
    }

    private Optional<Environment> environment(EnvironmentSource source) {
        return isTrusted(source) ? rules(source).flatMap(own -> whole(source, own)) : Optional.empty();
    }

    /** The hosts of the files, and those that stand in none. */
    private Optional<Environment> whole(EnvironmentSource source, EnvironmentRules own) {
        var name = source.name();
        var files = source.inventories();
        var registered = register.of(name);
        var written = registered.isEmpty() ? Optional.<HostsFile.Inventory>empty() : hosts(source, List.of());
        var hidden = new TreeMap<>(written.map(w -> new RegisteredConflicts(w, registered).reasons())
                .orElse(Map.of()));
        var more =
                registered.stream().filter(h -> !hidden.containsKey(h.name())).toList();
        hidden.forEach((host, why) -> problems.add(new Problem(
                filePermissionCheck.shown(files.getFirst()).toString(),
                why + " (host unregister " + name + " " + host + ")")));
        var fetched = source.fetching().map(_ -> FetchedInventory.read(source.folder()));
        return hosts(source, more)
                .map(found -> new Environment(
                        source, found.hosts(), new TreeMap<>(found.groups()), own, more, hidden, fetched));
    }

    /** What is executed and not allowed; it is said where the folder is looked at. */
    private static boolean isScript(Path file) {
        return InventoryContent.of(file) instanceof InventoryContent.Kind.Executed(var plugin) && plugin.isEmpty();
    }

    /** Variables of groups and hosts can name the program that connects, and known_hosts says to whom: the same trust. */
    private boolean isTrusted(EnvironmentSource source) {
        var trusted = true;
        for (var file : source.inventories()) {
            trusted = trusted
                    && filePermissionCheck.isClosed(file)
                    && filePermissionCheck.isInside(file, source.bound())
                    && (source.isProgram(file) || (!isScript(file) && filePermissionCheck.isData(file)));
        }
        var folders = source.inventories().stream()
                .map(Path::getParent)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        for (var folder : folders) {
            trusted = trusted && filePermissionCheck.isClosed(folder);
            for (var name : InventoryLayout.VARIABLES) {
                var variables = folder.resolve(name);
                if (trusted && Files.exists(variables)) {
                    trusted = filePermissionCheck.isInside(variables, source.bound())
                            && filePermissionCheck.isClosedWhole(variables);
                }
            }
        }
        return trusted && isOwnFile(source, source.folder().resolve("known_hosts"));
    }

    /** Whether a file of the environment's own folder is not there, or may count. */
    private boolean isOwnFile(EnvironmentSource source, Path file) {
        if (!Files.exists(file) && !Files.isSymbolicLink(file)) {
            return true;
        }
        var bound = file.startsWith(source.bound()) ? source.bound() : source.folder();
        return filePermissionCheck.isInside(file, bound) && filePermissionCheck.isClosed(file);
    }

    /** A file with a mistake in it is not offered at all: half an inventory is a deployment to half the servers. */
    private Optional<HostsFile.Inventory> hosts(EnvironmentSource source, List<RegisteredHost> more) {
        var found = new ArrayList<Problem>();
        Optional<HostsFile.Inventory> inventory = Optional.empty();
        try {
            inventory = Optional.of(InventoryFile.read(source, filePermissionCheck::shown, more, found));
        } catch (ConfigException e) {
            found.addAll(e.problems());
        }
        problems.addAll(found);
        return found.isEmpty() ? inventory : Optional.empty();
    }

    /** With a mistake in it nobody knows what has to be agreed, so the environment is not offered but can be corrected. */
    private Optional<EnvironmentRules> rules(EnvironmentSource source) {
        var file = source.folder().resolve("config.yml");
        if (!Files.exists(file) && !Files.isSymbolicLink(file)) {
            return Optional.of(EnvironmentRules.NONE);
        }
        if (!isOwnFile(source, file)) {
            return Optional.empty();
        }
        var found = new ArrayList<Problem>();
        Optional<EnvironmentRules> rules = Optional.empty();
        try {
            rules = Optional.of(EnvironmentRules.read(
                    source.name().value(),
                    YamlFile.read(file, filePermissionCheck.shown(file)).root(),
                    config.access(),
                    config.schedule().timezone(),
                    found));
        } catch (ConfigException e) {
            found.addAll(e.problems());
        }
        problems.addAll(found);
        if (!found.isEmpty()) {
            var lines = found.stream().map(Problem::toString).distinct().toList();
            var folder = new Environment.Folder(
                    source.name(), source.folder(), source.inventories().getFirst());
            broken.put(source.name(), new Environment.Broken(folder, lines));
        }
        return found.isEmpty() ? rules : Optional.empty();
    }
}
