package dev.playcall.catalog;

import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.inventory.EnvironmentRules;
import dev.playcall.catalog.playbook.OperationCatalog.OperationSpec;
import dev.playcall.catalog.playbook.Playbook;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Operation;
import dev.playcall.domain.name.PlaybookName;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Everything that may be run, as it was when last read. Immutable: a change on disk makes a new snapshot.
 *
 * @param broken environments whose policy has mistakes: shown so that they can be corrected, and not offered
 * @param archived names of environments out of use, sorted
 * @param problems what could not be read, one line each with its place; what is broken is not offered
 * @param playbookFolder where the playbooks lie, with the variables and modules beside them
 * @param modules those that may be run without a playbook
 */
public record Catalog(
        SortedMap<EnvironmentName, Environment> environments,
        SortedMap<EnvironmentName, Environment.Broken> broken,
        List<EnvironmentName> archived,
        SortedMap<PlaybookName, Playbook> playbooks,
        SortedMap<Operation, OperationSpec> operations,
        List<String> problems,
        Optional<Path> playbookFolder,
        List<String> modules) {
    public static final Catalog EMPTY =
            new Catalog(new TreeMap<>(), new TreeMap<>(), List.of(), new TreeMap<>(), new TreeMap<>(), List.of());

    /** One that knows no folder of playbooks and allows no module. */
    public Catalog(
            SortedMap<EnvironmentName, Environment> environments,
            SortedMap<EnvironmentName, Environment.Broken> broken,
            List<EnvironmentName> archived,
            SortedMap<PlaybookName, Playbook> playbooks,
            SortedMap<Operation, OperationSpec> operations,
            List<String> problems) {
        this(environments, broken, archived, playbooks, operations, problems, Optional.empty(), List.of());
    }

    public Catalog {
        environments = copy(environments);
        broken = copy(broken);
        archived = List.copyOf(archived);
        playbooks = copy(playbooks);
        operations = copy(operations);
        problems = List.copyOf(problems);
        modules = List.copyOf(modules);
    }

    /** What the file of an environment says now; empty for one that is not there. */
    public <T> List<T> rules(EnvironmentName name, Function<EnvironmentRules, List<T>> what) {
        return environment(name).map(Environment::rules).map(what).orElse(List.of());
    }

    public Optional<Environment> environment(EnvironmentName name) {
        return Optional.ofNullable(environments.get(name));
    }

    /** The same for what somebody wrote; empty as well when it cannot be the name of one. */
    public Optional<Environment> environment(String name) {
        return Optional.of(name)
                .filter(EnvironmentName::isValid)
                .map(EnvironmentName::new)
                .flatMap(this::environment);
    }

    /** The environment of this name whose policy has mistakes. */
    public Optional<Environment.Broken> broken(String name) {
        return Optional.of(name)
                .filter(EnvironmentName::isValid)
                .flatMap(n -> Optional.ofNullable(broken.get(new EnvironmentName(n))));
    }

    /** Where the environment of this name lies, broken or not. */
    public Optional<Environment.Folder> folder(String name) {
        return environment(name).map(Environment::place).or(() -> broken(name).map(Environment.Broken::folder));
    }

    public Optional<Playbook> playbook(PlaybookName name) {
        return Optional.ofNullable(playbooks.get(name));
    }

    public Optional<OperationSpec> operation(Operation operation) {
        return Optional.ofNullable(operations.get(operation));
    }

    private static <K extends Comparable<K>, V> SortedMap<K, V> copy(Map<K, V> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(Map.copyOf(map)));
    }
}
