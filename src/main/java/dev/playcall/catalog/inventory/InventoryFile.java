package dev.playcall.catalog.inventory;

import dev.playcall.catalog.file.FilePermissionCheck;
import dev.playcall.catalog.layout.EnvironmentSource;
import dev.playcall.catalog.layout.InventoryLayout;
import dev.playcall.config.yaml.ConfigException;
import dev.playcall.config.yaml.Problem;
import dev.playcall.config.yaml.Yaml;
import dev.playcall.config.yaml.YamlFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Which file of an environment is its inventory, and how Ansible reads it. */
public final class InventoryFile {
    private static final List<String> YAML_ENDINGS = List.of(".yml", ".yaml", ".json");

    private InventoryFile() {}

    /** The inventory of this folder; {@code hosts.yml} where there is none. */
    public static Path of(Path folder) {
        return InventoryLayout.there(folder).stream().findFirst().orElse(folder.resolve("hosts.yml"));
    }

    /** Ansible takes a file without an ending for YAML when it can be read as such. */
    private static boolean isYaml(Path file, String text) {
        var name = FilePermissionCheck.name(file);
        if (name.contains(".")) {
            return YAML_ENDINGS.stream().anyMatch(name::endsWith);
        }
        try {
            return YamlFile.parse(text, file).root().orElse(null) instanceof Yaml.Mapping;
        } catch (ConfigException e) {
            return false;
        }
    }

    static boolean isYaml(Path file) {
        var name = FilePermissionCheck.name(file);
        return name.contains(".")
                ? YAML_ENDINGS.stream().anyMatch(name::endsWith)
                : Files.isRegularFile(file) && isYaml(file, textOf(file));
    }

    private static String textOf(Path file) {
        try {
            return YamlFile.text(file, file);
        } catch (ConfigException e) {
            return ""; // whoever reads its hosts says what is wrong with it
        }
    }

    /** The one plugin of Ansible that may read it. A guess of the wrong one would be another inventory. */
    public static String plugin(Path file) {
        return isYaml(file) ? "yaml" : "ini";
    }

    /** The plugins that may read these files, in Ansible's own order. */
    public static String plugins(List<Path> files) {
        return files.stream()
                .map(InventoryFile::plugin)
                .distinct()
                .sorted(Comparator.reverseOrder())
                .collect(Collectors.joining(","));
    }

    /**
     * The hosts of all files together.
     *
     * @param more hosts that stand in no file; one that stands in a file is the file's
     * @throws ConfigException when one cannot be read at all
     */
    static HostsFile.Inventory read(
            EnvironmentSource source, UnaryOperator<Path> shown, List<RegisteredHost> more, List<Problem> problems) {
        var tree = new GroupTree();
        var hosts = new LinkedHashSet<String>();
        if (source.fetching().isPresent()) {
            ListedInventory.read(source.folder(), tree, hosts, problems);
        } else {
            read(source.inventories(), shown, tree, hosts, problems);
        }
        source.group().ifPresent(g -> keepGroup(source, g, tree, hosts, problems));
        HostsFile.register(more, hosts, tree);
        return new HostsFile.Inventory(List.copyOf(hosts), problems.isEmpty() ? tree.members(hosts) : Map.of());
    }

    /** What is not in the group belongs to another environment of these files. */
    private static void keepGroup(
            EnvironmentSource source, String group, GroupTree tree, Set<String> hosts, List<Problem> problems) {
        if (!tree.has(group) && !hosts.isEmpty()) {
            problems.add(new Problem(
                    "environments." + source.name(), "group: there is no group " + group + " in its inventory"));
        }
        hosts.retainAll(tree.hosts(group));
        tree.keepHosts(hosts);
    }

    private static void read(
            List<Path> files, UnaryOperator<Path> shown, GroupTree tree, Set<String> hosts, List<Problem> problems) {
        for (var file : files) {
            var name = shown.apply(file);
            if (isYaml(file)) {
                new HostsFile(problems, tree, hosts)
                        .read(YamlFile.read(file, name).root());
            } else {
                new IniHosts(name.toString(), problems, tree, hosts).read(YamlFile.text(file, name));
            }
        }
    }

    /** Whether this file has a group of this name. */
    public static boolean hasGroup(Path file, String group) {
        var tree = new GroupTree();
        try {
            read(List.of(file), f -> f, tree, new LinkedHashSet<>(), new ArrayList<>());
        } catch (ConfigException e) {
            return false;
        }
        return tree.has(group);
    }

    /** A text that is to be changed. */
    public static InventoryEdit edit(Path file, String text) throws HostsEdit.RefusedException {
        return isYaml(file, text) ? HostsEdit.of(text) : IniEdit.of(text, FilePermissionCheck.name(file));
    }
}
