package dev.playcall.venv.analysis;

import dev.playcall.catalog.file.RolesPath;
import dev.playcall.catalog.playbook.FolderHash;
import dev.playcall.config.yaml.CanonicalYaml;
import dev.playcall.config.yaml.ConfigException;
import dev.playcall.config.yaml.Yaml;
import dev.playcall.config.yaml.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads each file that a playbook is made of once, and keeps its canonical form. Not safe for threads. */
final class SourceFiles {
    private static final String VAULT = "$ANSIBLE_VAULT;";

    /** What is read of folders of this machine, such as /usr/share/ansible: a playbook must not show us other files. */
    private static final Pattern ELSEWHERE = Pattern.compile(".*\\.(ya?ml|json|j2)");

    private final SortedMap<String, String> canonical = new TreeMap<>();
    private final Path playbooks;
    private final RolesPath rolesPath;
    private final PluginUses uses;

    SourceFiles(Path playbooks, RolesPath rolesPath, PluginUses uses) {
        this.playbooks = playbooks;
        this.rolesPath = rolesPath;
        this.uses = uses;
    }

    /** By the name that the file has on every machine, such as {@code tasks/x.yml} or {@code roles/web/tasks/main.yml}. */
    SortedMap<String, String> canonical() {
        return canonical;
    }

    /** Whether it was read before; a playbook may include itself. */
    boolean isRead(String name) {
        return canonical.containsKey(name);
    }

    /**
     * A YAML file; empty when nothing is in it, or when it is encrypted as a whole.
     *
     * @throws ConfigException when it is not YAML
     */
    Optional<Yaml> yaml(Path file, String name) {
        if (!isOurs(file)) {
            uses.unknown(name, "it is outside the project, so it is not analyzed");
            text(file, name);
            return Optional.empty();
        }
        var text = YamlFile.text(file, Path.of(name));
        if (text.startsWith(VAULT)) {
            canonical.put(
                    name, "vault " + FolderHash.text(text.replace("\r\n", "\n").stripTrailing()));
            return Optional.empty();
        }
        canonical.put(name, CanonicalYaml.of(text, Path.of(name)));
        return YamlFile.parse(text, Path.of(name)).root();
    }

    /** A file that is not YAML: every character counts but how lines end. Empty for one that is no text. */
    Optional<String> text(Path file, String name) {
        try {
            var text = YamlFile.text(file, Path.of(name)).replace("\r\n", "\n");
            canonical.put(name, "text " + FolderHash.text(text));
            return Optional.of(text).filter(_ -> isOurs(file));
        } catch (ConfigException e) {
            canonical.put(
                    name,
                    "bytes of " + (Files.isRegularFile(file) ? file.toFile().length() : 0));
            return Optional.empty();
        }
    }

    /** Whether what is in it may be named in a finding: the gateway can read more than who writes a playbook. */
    private boolean isOurs(Path file) {
        try {
            var real = file.toRealPath();
            if (below(real, rolesPath.galaxy().stream())) {
                return true;
            }
            boolean inside = below(real, Stream.of(playbooks, rolesPath.project()));
            return inside
                    ? !below(real, apart())
                    : ELSEWHERE.matcher(real.toString()).matches();
        } catch (IOException e) {
            return false;
        }
    }

    private Stream<Path> apart() {
        var own = rolesPath.paths().stream().flatMap(p -> Stream.of(p.data(), p.logs()));
        return Stream.concat(own, Stream.of(rolesPath.project().resolve(".git")));
    }

    private static boolean below(Path real, Stream<Path> folders) {
        return folders.anyMatch(folder -> {
            try {
                return real.startsWith(folder.toRealPath());
            } catch (IOException e) {
                return false;
            }
        });
    }
}
