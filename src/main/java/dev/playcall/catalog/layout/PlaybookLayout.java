package dev.playcall.catalog.layout;

import dev.playcall.catalog.file.FilePermissionCheck;
import dev.playcall.config.yaml.ConfigException;
import dev.playcall.config.yaml.Yaml;
import dev.playcall.config.yaml.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The playbooks below a folder. A file is one when it is a list of plays; what else there is, is not offered.
 *
 * @param playbooks files by name: {@code site} for {@code site.yml} and for {@code playbooks/site.yml}, {@code db.backup} for
 *     {@code db/backup.yml}
 * @param twice files that would have a name that is taken
 */
public record PlaybookLayout(SortedMap<String, Path> playbooks, SortedMap<Path, String> twice) {
    /** Of Galaxy. */
    public static final String REQUIREMENTS = "requirements.yml";

    private static final String META = ".meta.yml";
    private static final Pattern ENDING = Pattern.compile("\\.ya?ml$");
    private static final Set<String> REQUIRED = Set.of(REQUIREMENTS, "requirements.yaml");
    private static final Set<String> PLAYS = Set.of("hosts", "import_playbook", "ansible.builtin.import_playbook");
    /** Ansible has other things there, and programs of other languages have theirs. */
    private static final Set<String> PASSED_OVER = Set.of(
            "roles",
            "collections",
            "ansible_collections",
            "group_vars",
            "host_vars",
            "vars",
            "inventory",
            "inventories",
            "files",
            "templates",
            "tasks",
            "handlers",
            "library",
            "module_utils",
            "molecule",
            "tests",
            "node_modules",
            "venv");

    private static final int DEEPEST = 3;

    public static PlaybookLayout of(Path folder) {
        var layout = new PlaybookLayout(new TreeMap<>(), new TreeMap<>());
        for (var file : files(folder)) {
            if (isPlaybook(file, folder)) {
                layout.put(folder, file);
            }
        }
        return layout;
    }

    /** Where the description of a playbook is. */
    public static Path description(Path playbook) {
        return playbook.resolveSibling(
                ENDING.matcher(FilePermissionCheck.name(playbook)).replaceFirst("") + META);
    }

    /** The file of the playbook of this name, if there is one. */
    public static Optional<Path> file(Path folder, String name) {
        for (var ending : List.of(".yml", ".yaml")) {
            var file = folder.resolve(name + ending);
            if (Files.isRegularFile(file) || Files.isSymbolicLink(file)) {
                return Optional.of(file);
            }
        }
        return Optional.ofNullable(of(folder).playbooks.get(name));
    }

    /** Files and folders that decide which playbooks there are, below those that are in the folder itself. */
    public static List<Path> watched(Path folder) {
        return files(folder).stream()
                .filter(f -> !folder.equals(f.getParent()))
                .flatMap(f -> Stream.of(f, description(f)))
                .toList();
    }

    /** Those near the root come first: they keep the short name. */
    private void put(Path folder, Path file) {
        var whole = ENDING.matcher(folder.relativize(file).toString().replace('/', '.'))
                .replaceFirst("");
        var name = whole.replaceFirst("^playbooks\\.", "");
        if (playbooks.putIfAbsent(name, file) != null
                && (name.equals(whole) || playbooks.putIfAbsent(whole, file) != null)) {
            twice.put(file, whole);
        }
    }

    /** By depth, then by name, {@code .yml} after {@code .yaml}. */
    private static List<Path> files(Path folder) {
        var found = new ArrayList<Path>();
        collect(folder, 0, found);
        found.sort(java.util.Comparator.comparingInt(Path::getNameCount).thenComparing(Path::toString));
        return found;
    }

    private static List<Path> entries(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static void collect(Path folder, int depth, List<Path> found) {
        for (var entry : entries(folder)) {
            var name = FilePermissionCheck.name(entry);
            if (name.startsWith(".") || PASSED_OVER.contains(name)) {
                continue;
            }
            if (Files.isDirectory(entry)) {
                if (depth < DEEPEST && !Files.isSymbolicLink(entry)) {
                    collect(entry, depth + 1, found);
                }
            } else if (ENDING.matcher(name).find() && !name.endsWith(META) && !REQUIRED.contains(name)) {
                found.add(entry);
            }
        }
    }

    /** One in the folder itself that cannot be read or has nothing in it yet is one, too: its people are told what is wrong. */
    private static boolean isPlaybook(Path file, Path folder) {
        boolean near = folder.equals(file.getParent());
        try {
            var root = YamlFile.parse(YamlFile.text(file, file), file).root().orElse(null);
            return switch (root) {
                case null -> near;
                case Yaml.Scalar scalar -> near && scalar.isNull();
                case Yaml.Sequence plays ->
                    plays.items().isEmpty() ? near : plays.items().stream().anyMatch(PlaybookLayout::isPlay);
                case Yaml.Mapping _ -> false;
            };
        } catch (ConfigException e) {
            return near;
        }
    }

    private static boolean isPlay(Yaml item) {
        return item instanceof Yaml.Mapping play
                && play.entries().keySet().stream().anyMatch(PLAYS::contains);
    }
}
