package dev.playcall.catalog.layout;

import dev.playcall.catalog.file.FilePermissionCheck;
import dev.playcall.config.yaml.ConfigException;
import dev.playcall.config.yaml.Yaml;
import dev.playcall.config.yaml.Yaml.Mapping;
import dev.playcall.config.yaml.YamlFile;
import java.io.IOException;
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

        /** An inventory that is executed: by this plugin, or itself when there is none. */
        record Executed(Optional<String> plugin) implements Kind {
            /**
             * What has to be configured for it, in the words after its name.
             *
             * @param environment that it is for
             * @param file as the configuration would name it
             */
            public String remedy(String environment, String file) {
                var what = plugin.map(p -> "uses the inventory plugin " + p).orElse("is an inventory script");
                var key = plugin.map(p -> "plugins: [" + p + "]").orElse("scripts: allow");
                return what + ", which is only executed when the configuration allows it: environments: { "
                        + environment + ": { inventory: [" + file + "], " + key + " } }";
            }
        }

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
                return new Kind.Executed(Optional.empty());
            }
            return name.endsWith(".ini") ? ini(text) : yaml(file, text);
        } catch (ConfigException e) {
            return new Kind.Other();
        }
    }

    /** How a file that the configuration names would be executed, whatever its name ends with; empty for data. */
    static Optional<Kind.Executed> executed(Path file) {
        var kind = of(file);
        if (kind instanceof Kind.Executed executed) {
            return Optional.of(executed);
        }
        boolean program = kind instanceof Kind.Other && Files.isExecutable(file);
        return program || isScript(file) ? Optional.of(new Kind.Executed(Optional.empty())) : Optional.empty();
    }

    private static boolean isScript(Path file) {
        try (var in = Files.newInputStream(file)) {
            return in.read() == '#' && in.read() == '!';
        } catch (IOException e) {
            return false;
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
            return new Kind.Executed(Optional.of(plugin.text()));
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
