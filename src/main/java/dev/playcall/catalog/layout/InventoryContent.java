package dev.playcall.catalog.layout;

import dev.playcall.catalog.file.FilePermissionCheck;
import dev.playcall.config.yaml.ConfigException;
import dev.playcall.config.yaml.Yaml;
import dev.playcall.config.yaml.Yaml.Mapping;
import dev.playcall.config.yaml.YamlFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells from what is in a file whether it is an inventory. */
public final class InventoryContent {
    private static final Pattern ENDING = Pattern.compile("\\.(ya?ml|ini|json)$");
    /** Ansible passes these over in a folder that is given as an inventory. */
    private static final List<String> IGNORED = List.of(
            ".pyc", ".pyo", ".swp", ".bak", "~", ".rpm", ".md", ".txt", ".rst", ".orig", ".ini", ".cfg", ".retry");

    private static final Set<String> WITHOUT_NAME = Set.of("hosts", "inventory");
    private static final Set<String> PARTS = Set.of("hosts", "children", "vars");
    private static final Pattern SECTION = Pattern.compile("\\[[A-Za-z0-9_.-]+(:(hosts|children|vars))?]\\s*(#.*)?");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_.\\[\\]:-]+(\\s+[A-Za-z_]\\w*=.*)?");
    private static final Pattern SETTING = Pattern.compile("[A-Za-z_]\\w*\\s*=");
    private static final int DEEPEST = 4;

    private InventoryContent() {}

    /** What a file is. */
    public sealed interface Kind {
        /** Hosts and groups as data. */
        record Hosts() implements Kind {}

        /** An inventory that would be executed; {@code why} says what is to be done. */
        record NotRead(String why) implements Kind {}

        record Other() implements Kind {}
    }

    /** {@code production} for {@code production.ini}; a file that is only called hosts is the one there is. */
    public static String environment(Path file) {
        var stem = ENDING.matcher(FilePermissionCheck.name(file)).replaceFirst("");
        return WITHOUT_NAME.contains(stem) ? "default" : stem;
    }

    public static Kind of(Path file) {
        var name = FilePermissionCheck.name(file);
        if (name.contains(".") && !ENDING.matcher(name).find()) {
            return new Kind.Other();
        }
        try {
            var text = YamlFile.text(file, file);
            if (text.startsWith("#!")) {
                return new Kind.NotRead("is a program, and inventories are read as data; keep its output as a file");
            }
            return name.endsWith(".ini") ? ini(text) : yaml(file, text);
        } catch (ConfigException e) {
            return new Kind.Other();
        }
    }

    private static Kind yaml(Path file, String text) {
        Optional<Yaml> root;
        try {
            root = YamlFile.parse(text, file).root();
        } catch (ConfigException e) {
            return file.toString().contains(".")
                            && ENDING.matcher(file.toString()).find()
                    ? new Kind.Other()
                    : ini(text);
        }
        if (!(root.orElse(null) instanceof Mapping groups)) {
            return ENDING.matcher(file.toString()).find() ? new Kind.Other() : ini(text);
        }
        if (groups.entries().get("plugin") instanceof Yaml.Scalar plugin) {
            return new Kind.NotRead("uses the inventory plugin " + plugin.text()
                    + ", and inventories are read as data; keep the output of ansible-inventory --list --yaml"
                    + " as a file");
        }
        return groups.entries().values().stream().allMatch(InventoryContent::isGroup)
                        && !groups.entries().isEmpty()
                ? new Kind.Hosts()
                : new Kind.Other();
    }

    private static boolean isGroup(Yaml yaml) {
        return switch (yaml) {
            case Mapping group -> PARTS.containsAll(group.entries().keySet());
            case Yaml.Scalar scalar -> scalar.isNull();
            case Yaml.Sequence _ -> false;
        };
    }

    private static Kind ini(String text) {
        boolean grouped = false;
        boolean hosts = false;
        boolean others = false;
        boolean variables = false;
        for (var line : text.lines().map(String::strip).toList()) {
            if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
                continue;
            }
            if (SECTION.matcher(line).matches()) {
                grouped = true;
                variables = line.contains(":vars]");
            } else if (!variables) {
                // A setting, as other programs have them in such files; of Ansible's a variable follows its host.
                others |= SETTING.matcher(line).lookingAt();
                hosts |= HOST.matcher(line).matches();
                others |= !grouped && !HOST.matcher(line).matches();
            }
        }
        return (grouped || hosts) && !others ? new Kind.Hosts() : new Kind.Other();
    }

    /** The files that Ansible reads when it is given this folder, in its order. */
    public static List<Path> in(Path folder) {
        var files = new ArrayList<Path>();
        collect(folder, 0, files);
        return files;
    }

    private static void collect(Path folder, int depth, List<Path> files) {
        for (var entry : InventoryLayout.list(folder)) {
            var name = FilePermissionCheck.name(entry);
            if (name.startsWith(".")
                    || InventoryLayout.VARIABLES.contains(name)
                    || IGNORED.stream().anyMatch(name::endsWith)) {
                continue;
            }
            if (Files.isRegularFile(entry)) {
                files.add(entry);
            } else if (Files.isDirectory(entry) && depth < DEEPEST) {
                collect(entry, depth + 1, files);
            }
        }
    }
}
