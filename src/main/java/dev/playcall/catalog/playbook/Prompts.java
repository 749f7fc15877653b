package dev.playcall.catalog.playbook;

import dev.playcall.catalog.variable.VariableNames;
import dev.playcall.catalog.variable.VariableSpec;
import dev.playcall.catalog.variable.VariableSpec.SecretSource;
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
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The variables that a playbook asks for with {@code vars_prompt}. Without a terminal Ansible asks nobody: it takes the
 * prompt's {@code default}, and where there is none it goes on with None. It never asks for what is given as an extra variable.
 *
 * @param asked in the order of their names; empty when nothing is asked
 * @param files where they were looked for: the playbook and those it imports, absolute; also those that are not there
 */
public record Prompts(List<Prompt> asked, Set<Path> files) {
    /** What Ansible has for false. */
    private static final Set<String> NO = Set.of("no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF", "n");

    public Prompts {
        asked = List.copyOf(asked);
        files = Set.copyOf(files);
    }

    /** Of those without a default. */
    public List<String> names() {
        return asked.stream().filter(p -> !p.hasDefault()).map(Prompt::name).toList();
    }

    /** A run is given them as variables, but for those that no run may be given or that Ansible would hash. */
    List<VariableSpec> variables() {
        return asked.stream()
                .filter(p -> !p.hashed() && VariableNames.refusal(p.name()).isEmpty())
                .map(Prompt::variable)
                .toList();
    }

    /**
     * One question.
     *
     * @param hidden whether its answer is not shown, as of a password
     * @param hashed whether Ansible makes a hash of the answer, which it does of nothing that is given
     */
    record Prompt(String name, String question, boolean hasDefault, boolean hidden, boolean hashed) {
        VariableSpec variable() {
            return new VariableSpec(
                    name,
                    VariableSpec.Type.TEXT,
                    question,
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    !hasDefault,
                    hidden ? Optional.of(SecretSource.ASKED) : Optional.empty());
        }
    }

    /** Reads them of this playbook and of those it imports. None of a file that is no playbook or cannot be read, of which others say more. */
    static Prompts of(Path playbook) {
        var reading = new Reading(new TreeMap<>(), new HashSet<>());
        reading.read(playbook.toAbsolutePath().normalize());
        return new Prompts(List.copyOf(reading.asked().values()), reading.seen());
    }

    private record Reading(SortedMap<String, Prompt> asked, Set<Path> seen) {
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
            words(prompt, "name")
                    .ifPresent(name -> asked.putIfAbsent(
                            name,
                            new Prompt(
                                    name,
                                    words(prompt, "prompt").orElse(""),
                                    words(prompt, "default").isPresent(),
                                    words(prompt, "private")
                                            .filter(NO::contains)
                                            .isEmpty(),
                                    words(prompt, "encrypt").isPresent())));
        }
    }

    private static Optional<String> words(Map<String, Yaml> prompt, String key) {
        return entry(prompt, key).flatMap(Prompts::text);
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
