package dev.playcall.catalog.playbook;

import dev.playcall.catalog.variable.VariableSpec;
import dev.playcall.domain.name.Operation;
import dev.playcall.domain.name.PlaybookName;
import dev.playcall.domain.rollout.Rollout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One playbook with what its {@code .meta.yml} says of it.
 *
 * @param file absolute
 * @param title what people read, the name when there is no description file
 * @param runOn the host of the inventory that executes it; empty for the gateway's machine
 * @param rollout how it is rolled out over many hosts; empty for the usual way
 * @param nodeSelector labels that the node of its runs has to have
 */
public record Playbook(
        PlaybookName name,
        Path file,
        String title,
        String description,
        Optional<Operation> operation,
        Optional<Duration> timeout,
        Danger danger,
        Inputs inputs,
        PlaybookVenv venv,
        Optional<String> runOn,
        Optional<Rollout> rollout,
        SortedSet<String> nodeSelector) {

    /**
     * What a run has to be given.
     *
     * @param variables those that may be given
     * @param prompts what the playbook asks for itself
     * @param templates by name, values that a start takes together, as they are written; none of a secret
     */
    public record Inputs(
            List<VariableSpec> variables, Prompts prompts, SortedMap<String, Map<String, Object>> templates) {
        public Inputs {
            variables = List.copyOf(variables);
            templates = Collections.unmodifiableSortedMap(new TreeMap<>(templates));
        }

        /** What is described wins over what the playbook says where it asks. */
        static Inputs of(
                List<VariableSpec> described, Prompts prompts, SortedMap<String, Map<String, Object>> templates) {
            var names = described.stream().map(VariableSpec::name).toList();
            var asked = prompts.variables().stream().filter(v -> !names.contains(v.name()));
            return new Inputs(Stream.concat(described.stream(), asked).toList(), prompts, templates);
        }
    }

    /** The only variables that may be given. */
    public List<VariableSpec> variables() {
        return inputs.variables();
    }

    /** By name, values that a start takes together. */
    public SortedMap<String, Map<String, Object>> templates() {
        return inputs.templates();
    }

    /** A value of a template as people write it into a field: a list with commas. */
    public static String written(Object value) {
        return value instanceof List<?> items
                ? items.stream().map(Object::toString).collect(Collectors.joining(","))
                : value.toString();
    }

    /** The variables that the playbook asks for with {@code vars_prompt} and that have no default. */
    public List<String> prompts() {
        return inputs.prompts().names();
    }

    /** How much harm a run can do, as its author sees it. */
    public enum Danger {
        NONE,
        NORMAL,
        HIGH
    }
}
