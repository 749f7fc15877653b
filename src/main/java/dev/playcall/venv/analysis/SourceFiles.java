package dev.playcall.venv.analysis;

import dev.playcall.catalog.playbook.FolderHash;
import dev.playcall.config.yaml.CanonicalYaml;
import dev.playcall.config.yaml.ConfigException;
import dev.playcall.config.yaml.Yaml;
import dev.playcall.config.yaml.YamlFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads each file that a playbook is made of once, and keeps its canonical form. Not safe for threads. */
final class SourceFiles {
    private static final String VAULT = "$ANSIBLE_VAULT;";

    private final SortedMap<String, String> canonical = new TreeMap<>();

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
            return Optional.of(text);
        } catch (ConfigException e) {
            canonical.put(
                    name,
                    "bytes of " + (Files.isRegularFile(file) ? file.toFile().length() : 0));
            return Optional.empty();
        }
    }
}
