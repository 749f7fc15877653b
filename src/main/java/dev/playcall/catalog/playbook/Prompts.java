package dev.playcall.catalog.playbook;

import dev.playcall.config.yaml.ConfigException;
import dev.playcall.config.yaml.Yaml;
import dev.playcall.config.yaml.YamlFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The variables that a playbook asks for with {@code vars_prompt}. Without a terminal Ansible asks nobody: it takes the
 * prompt's {@code default}, and where there is none it goes on with None. It never asks for what is given as an extra variable.
 *
 * @param names of those without a default, in their order; empty when nothing is asked
 * @param files where they were looked for: the playbook and those it imports, absolute; also those that are not there
 */
public record Prompts(List<String> names, Set<Path> files) {
    public Prompts {
        names = List.copyOf(names);
        files = Set.copyOf(files);
    }

    /** Reads them of this playbook and of those it imports. None of a file that is no playbook or cannot be read, of which others say more. */
    static Prompts of(Path playbook) {
        var reading = new Reading(new TreeSet<>(), new HashSet<>());
        reading.read(playbook.toAbsolutePath().normalize());
        return new Prompts(List.copyOf(reading.names()), reading.seen());
    }

    private record Reading(Set<String> names, Set<Path> seen) {
        void read(Path file) {
            if (!seen.add(file)) {
                return;
            }
            Optional<Yaml> root;
            try {
                root = YamlFile.read(file, file).root();
            } catch (ConfigException e) {
                return;
            }
            for (var play : items(root)) {
                items(entry(play, "vars_prompt")).forEach(this::prompt);
                for (var key : List.of("import_playbook", "ansible.builtin.import_playbook")) {
                    entry(play, key)
                            .flatMap(Prompts::text)
                            .filter(name -> !name.contains("{{"))
                            .ifPresent(name -> read(file.resolveSibling(name).normalize()));
                }
            }
        }

        private void prompt(Map<String, Yaml> prompt) {
            if (entry(prompt, "default").flatMap(Prompts::text).isEmpty()) {
                entry(prompt, "name").flatMap(Prompts::text).ifPresent(names::add);
            }
        }
    }

    private static List<Map<String, Yaml>> items(Optional<Yaml> yaml) {
        var found = new ArrayList<Map<String, Yaml>>();
        if (yaml.orElse(null) instanceof Yaml.Sequence sequence) {
            for (var item : sequence.items()) {
                if (item instanceof Yaml.Mapping mapping) {
                    found.add(mapping.entries());
                }
            }
        }
        return found;
    }

    private static Optional<Yaml> entry(Map<String, Yaml> play, String key) {
        return Optional.ofNullable(play.get(key));
    }

    private static Optional<String> text(Yaml yaml) {
        return yaml instanceof Yaml.Scalar scalar && !scalar.isNull() ? Optional.of(scalar.text()) : Optional.empty();
    }
}
