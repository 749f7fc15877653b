package dev.playcall.catalog.layout;

import dev.playcall.catalog.file.FilePermissionCheck;
import dev.playcall.config.Config;
import dev.playcall.config.Config.EnvironmentEntry;
import dev.playcall.config.yaml.Problem;
import dev.playcall.domain.name.EnvironmentName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Finds the environments: those that {@code environments:} names, then the folders below the inventory that have a hosts file,
 * and inventory files that lie there themselves.
 */
public final class InventoryLayout {
    /** The hosts file of a folder, in the order in which it is looked for. */
    static final List<String> NAMES = List.of(
            "hosts.yml",
            "hosts.yaml",
            "hosts.ini",
            "hosts",
            "inventory.yml",
            "inventory.yaml",
            "inventory.ini",
            "inventory");

    /** Folders of variables, where Ansible looks beside an inventory. */
    public static final List<String> VARIABLES = List.of("group_vars", "host_vars");

    private final Config config;
    private final Path inventory;
    private final FilePermissionCheck filePermissionCheck;
    private final List<Problem> problems;
    private final SortedMap<EnvironmentName, EnvironmentSource> found = new TreeMap<>();

    public InventoryLayout(Config config, FilePermissionCheck filePermissionCheck, List<Problem> problems) {
        this.config = config;
        this.inventory = config.paths().inventory();
        this.filePermissionCheck = filePermissionCheck;
        this.problems = problems;
    }

    /** The hosts files that are in this folder. */
    public static List<Path> there(Path folder) {
        return NAMES.stream().map(folder::resolve).filter(Files::isRegularFile).toList();
    }

    /** By name of the environment; what cannot be one is told. */
    public List<EnvironmentSource> sources() {
        config.environments().forEach(this::configured);
        if (config.environments().isEmpty() || Files.isDirectory(inventory)) {
            var entries = filePermissionCheck.list(inventory).stream()
                    .filter(p -> !VARIABLES.contains(FilePermissionCheck.name(p)))
                    .toList();
            // A folder is the environment of its name, also where there is a file of that name.
            entries.stream().filter(InventoryLayout::isFolder).forEach(this::folder);
            entries.stream().filter(Files::isRegularFile).forEach(this::file);
        }
        return List.copyOf(found.values());
    }

    private static boolean isFolder(Path path) {
        return Files.isDirectory(path) || (Files.isSymbolicLink(path) && !Files.isRegularFile(path));
    }

    private void configured(String name, EnvironmentEntry entry) {
        var files = new ArrayList<Path>();
        var before = problems.size();
        Path bound = config.paths().project();
        for (var text : entry.inventory()) {
            var place = place(entry, text);
            if (place.isPresent() && Path.of(text).isAbsolute()) {
                bound = Path.of("/");
            }
            place.ifPresent(p -> files.addAll(files(entry, text, p)));
        }
        if (!EnvironmentName.isValid(name) || name.equals("all")) {
            wrong(entry, "\"" + name + "\" is not a name for an environment (letters, digits and . _ - only)");
        } else if (problems.size() == before && !files.isEmpty()) {
            add(name, entry, files, bound);
        }
    }

    private void add(String name, EnvironmentEntry entry, List<Path> files, Path bound) {
        var executed = new ExecutedSources(entry.fetching(), name, this::fromProject).of(files);
        executed.problems().forEach(why -> wrong(entry, why));
        if (executed.problems().isEmpty()) {
            var folder = config.paths().environmentFolder(name);
            var environment = new EnvironmentName(name);
            found.put(
                    environment,
                    new EnvironmentSource(environment, folder, files, bound, entry.group(), executed.plan()));
        }
    }

    /** As the configuration names it. */
    private Path fromProject(Path path) {
        var project = config.paths().project();
        return path.startsWith(project) ? project.relativize(path) : path;
    }

    private Optional<Path> place(EnvironmentEntry entry, String text) {
        var project = config.paths().project();
        try {
            var place = project.resolve(text).normalize();
            if (!Path.of(text).isAbsolute() && !place.startsWith(project)) {
                wrong(entry, text + " leads out of " + project + "; an inventory outside is named by its whole path");
                return Optional.empty();
            }
            return Optional.of(place);
        } catch (InvalidPathException e) {
            wrong(entry, "\"" + text + "\" is not a path");
            return Optional.empty();
        }
    }

    private List<Path> files(EnvironmentEntry entry, String text, Path place) {
        if (Files.isRegularFile(place)) {
            return List.of(place);
        }
        var files = Files.isDirectory(place) ? InventoryContent.in(place) : List.<Path>of();
        if (files.isEmpty()) {
            wrong(entry, text + (Files.isDirectory(place) ? " has no inventory file in it" : " is not there"));
        }
        return files;
    }

    private void wrong(EnvironmentEntry entry, String why) {
        problems.add(new Problem(entry.place(), "environments: " + why));
    }

    private boolean isConfigured(String name) {
        return config.environments().containsKey(name);
    }

    private void folder(Path folder) {
        var name = FilePermissionCheck.name(folder);
        if (isConfigured(name)) {
            return;
        }
        var hosts = there(folder);
        executedIn(folder);
        if (!EnvironmentName.isValid(name)) {
            none(folder, "is not a name for an environment (letters, digits and . _ - only)");
        } else if (!filePermissionCheck.isInside(folder, inventory)) {
            return;
        } else if (hosts.isEmpty()) {
            none(folder, "has no hosts.yml, hosts.ini, hosts or inventory file, so it is not an environment");
        } else if (hosts.size() > 1) {
            none(
                    folder,
                    "has both " + FilePermissionCheck.name(hosts.get(0)) + " and "
                            + FilePermissionCheck.name(hosts.get(1)) + "; keep only one, or name both under"
                            + " environments: in the configuration");
        } else if (filePermissionCheck.isClosed(folder)) {
            add(name, folder, hosts, inventory);
        }
    }

    /** Without what they would give this is half of the inventory, so it is said. */
    private void executedIn(Path folder) {
        var name = FilePermissionCheck.name(folder);
        for (var file : list(folder)) {
            if (Files.isRegularFile(file) && InventoryContent.of(file) instanceof InventoryContent.Kind.Executed kind) {
                none(file, kind.remedy(name, fromProject(folder).toString()));
            }
        }
    }

    /** A file is an environment when it is an inventory, and not one of another that the configuration names. */
    private void file(Path file) {
        var kind = InventoryContent.of(file);
        var name = InventoryContent.environment(file);
        if (isConfigured(name) || isNamed(file)) {
            return;
        }
        switch (kind) {
            case InventoryContent.Kind.Other _ -> {}
            case InventoryContent.Kind.Executed executed ->
                none(file, executed.remedy(name, fromProject(file).toString()));
            case InventoryContent.Kind.Hosts _ -> {
                if (!EnvironmentName.isValid(name)) {
                    none(file, "is not a name for an environment (letters, digits and . _ - only)");
                } else if (found.containsKey(new EnvironmentName(name))) {
                    none(
                            file,
                            "would be the environment " + name + ", which already exists; give it another name"
                                    + " under environments: in the configuration");
                } else {
                    add(name, config.paths().environmentFolder(name), List.of(file), inventory);
                }
            }
        }
    }

    private boolean isNamed(Path file) {
        return config.environments().values().stream()
                .flatMap(e -> e.inventory().stream())
                .map(text -> config.paths().project().resolve(text).normalize())
                .anyMatch(file::startsWith);
    }

    private void add(String name, Path folder, List<Path> files, Path bound) {
        var environment = new EnvironmentName(name);
        found.put(
                environment,
                new EnvironmentSource(environment, folder, files, bound, Optional.empty(), Optional.empty()));
    }

    private void none(Path place, String why) {
        problems.add(new Problem(filePermissionCheck.shown(place).toString(), why));
    }

    /** Everything that decides which environments there are, for whoever wants to know whether it has changed. */
    public static List<Path> watched(Config config) {
        return WatchedPlaces.of(config);
    }

    /** What is in a folder, sorted; nothing where it cannot be read. */
    static List<Path> list(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
